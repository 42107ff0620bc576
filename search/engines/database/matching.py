"""What a document must hold to answer, in terms that both databases understand. Pure.

The tokens are folded words and marked stems (``texts``): letters, digits and the sign of stems. So
they can be written into the notation of any database as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.words.folding import LANGUAGES, stem, stems, words
from search.words.stop_words import EVERY
from search.words.wanted import Part, Wanted, Words

from .texts import STEM

MOST_PHRASES = 60  # for one part: no list of synonyms makes a search expensive
BEGINNING_FROM = 4  # letters of a word that finds longer words, where no whole word is found


@dataclass(frozen=True)
class Phrase:
    """Tokens in a row; with ``begins``, the last one is the beginning of a word."""

    tokens: Words
    begins: bool = False


AnyOf = tuple[Phrase, ...]


@dataclass(frozen=True)
class Condition:
    """Answered by all of ``typed``, each in any of its forms, or by one of the ``others``."""

    typed: tuple[AnyOf, ...]
    others: AnyOf = ()


@dataclass(frozen=True)
class Query:
    """What must be held: every one of ``fixed``, ``least`` of the ``loose``, none ``excluded``."""

    loose: tuple[Condition, ...]
    fixed: tuple[Condition, ...] = ()
    excluded: AnyOf = ()
    least: int = 0

    def __bool__(self) -> bool:
        return bool(self.loose or self.fixed)

    def needing(self, least: int) -> "Query":
        """Return the query for which so many of the loose conditions are enough."""
        return replace(self, least=least, loose=self.loose if least else ())

    def apart(self) -> "Query":
        """Return the query whose terms of several words are as many words."""
        return replace(self, loose=tuple(_apart(self.loose)))

    def as_beginnings(self) -> "Query":
        """Return the query for which a typed word may be the beginning of a longer one."""
        return replace(self, loose=tuple(_as_beginnings(condition) for condition in self.loose))


def query(wanted: Wanted) -> Query:
    """Return what a document must hold to answer all that is wanted."""
    conditions = (_condition(part) for part in _required(wanted.parts))
    loose = tuple(condition for condition in conditions if condition.typed)
    return Query(
        loose=loose,
        fixed=tuple(Condition((phrase,)) for phrase in map(_quoted, wanted.phrases) if phrase),
        excluded=tuple(phrase for words in wanted.excluded for phrase in _left_out(words)),
        least=len(loose),
    )


def _required(parts: Sequence[Part]) -> Sequence[Part]:
    """Return the parts that say something; the others only if there is nothing else."""
    telling = [part for part in parts if part.alternatives or not _is_light(part.words)]
    return telling or parts


def _is_light(phrase: Words) -> bool:
    return all(word in EVERY for word in _folded(phrase))


def _condition(part: Part) -> Condition:
    folded = _folded(part.words)
    others = [phrase for words in part.alternatives for phrase in _in_a_row(_folded(words))]
    if len(folded) > 1:
        others.insert(0, Phrase(("".join(folded),)))
    return Condition(tuple(_word(word) for word in folded), _limited(others))


def any_form(word: str) -> AnyOf:
    """Return what a document must hold to hold a word as typed, in any of its forms."""
    return tuple(phrase for folded in _folded((word,)) for phrase in _word(folded))


def _word(word: str) -> AnyOf:
    return (Phrase((word,)), *(Phrase((STEM + form,)) for form in stems(word)))


def _in_a_row(folded: Words) -> Iterator[Phrase]:
    """Yield the words in a row as they are stemmed in each language."""
    for language in LANGUAGES:
        if folded:
            yield Phrase(tuple(STEM + stem(word, language) for word in folded))


def _quoted(phrase: Words) -> AnyOf:
    folded = _folded(phrase)
    return (Phrase(folded),) if folded else ()


def _left_out(phrase: Words) -> AnyOf:
    folded = _folded(phrase)
    return _word(folded[0]) if len(folded) == 1 else _quoted(phrase)


def _apart(conditions: Iterable[Condition]) -> Iterator[Condition]:
    for condition in conditions:
        first, *more = condition.typed
        yield Condition((first,), condition.others)
        yield from (Condition((any_of,)) for any_of in more)


def _as_beginnings(condition: Condition) -> Condition:
    typed = tuple(
        (*any_of, Phrase(any_of[0].tokens, begins=True))
        if len(any_of[0].tokens[0]) >= BEGINNING_FROM
        else any_of
        for any_of in condition.typed
    )
    return replace(condition, typed=typed)


def _folded(phrase: Words) -> Words:
    return tuple(words(" ".join(phrase)))


def _limited(phrases: Iterable[Phrase]) -> AnyOf:
    return tuple(dict.fromkeys(phrases))[:MOST_PHRASES]
