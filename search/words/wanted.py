"""What somebody looks for, in words: the common language of the search page and the engines."""

from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One word or term of a search and what means the same.

    ``words`` are lower-case words as typed, more than one where they name one concept. Each of
    ``alternatives`` is a word or phrase, in any language, that answers as well.
    """

    words: Words
    alternatives: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """The words of a search: what may answer, what must stand so, what must not occur.

    ``text`` is what was typed, cleaned. ``parts`` are the loose words in their order; those of
    ``phrases`` are not among them.
    """

    text: str = ""
    parts: tuple[Part, ...] = ()
    phrases: tuple[Words, ...] = ()
    excluded: tuple[Words, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is looked for; mere exclusions narrow but look for nothing."""
        return bool(self.parts or self.phrases)

    @property
    def words(self) -> Words:
        """Every word that is looked for as typed, each once."""
        loose = (word for part in self.parts for word in part.words)
        quoted = (word for phrase in self.phrases for word in phrase)
        return tuple(dict.fromkeys((*loose, *quoted)))
