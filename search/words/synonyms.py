"""Words that mean the same: finds terms in what was typed and says what else would answer. Pure.

Terms are compared as the engines compare words: without accents and capitals, and by their stems
in the language of the term. Acronyms are an exception: they count only in capitals, as they are
written, or as the whole query. “IT” is not “it”.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import NamedTuple

from .folding import LANGUAGES, fold, stem
from .tokens import Token, tokens, words
from .wanted import Words

MOST_ALTERNATIVES = 8
LONGEST_ENDING = 3  # “local” and “localization” have one stem, but are not one word
AS_WRITTEN = ""  # in place of a language: words that are only folded, not cut to their stems


@dataclass(frozen=True)
class Concept:
    """Terms that mean the same, by language; the best term of each language first.

    ``acronyms`` are looked for like terms. ``ambiguous`` ones are everyday words too, such as
    “LED” or “PER”: they are understood, but never looked for in place of the concept.
    """

    terms: Mapping[str, tuple[str, ...]]
    acronyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()

    @property
    def answers(self) -> Iterator[Words]:
        """What to look for: one term of each language, the acronyms, then the other terms."""
        first = (terms[0] for terms in self.terms.values() if terms)
        others = chain.from_iterable(zip_longest(*(terms[1:] for terms in self.terms.values())))
        for term in chain(first, self.acronyms, others):
            if term and (found := words(term)):
                yield found


@dataclass(frozen=True)
class Match:
    """A term that was found in what was typed: how many words it has, what means the same."""

    length: int
    alternatives: tuple[Words, ...]


class _Term(NamedTuple):
    """A term or an acronym as it is written, and the place of its concept."""

    written: Words
    concept: int


class SynonymTable:
    """Every concept, to be looked up by its words."""

    def __init__(self, concepts: Iterable[Concept] = ()):
        self._concepts = tuple(concepts)
        self._terms: dict[tuple[str, Words], list[_Term]] = defaultdict(list)
        self._acronyms: dict[Words, list[_Term]] = defaultdict(list)
        self._longest: dict[tuple[str, str], int] = defaultdict(int)
        for number, concept in enumerate(self._concepts):
            self._add_terms(number, concept)
            self._add_acronyms(number, concept)

    def longest(self, run: Sequence[Token], start: int, *, is_whole: bool) -> Match | None:
        """Return the longest term that begins at this token; it never ends inside a compound.

        ``is_whole`` says that the run is all that was typed.
        """
        spellings = _spellings(_folded(token.typed for token in run[start:]))
        most = max(self._longest.get((name, found[0]), 0) for name, found in spellings.items())
        for length in range(min(most, len(run) - start), 0, -1):
            stop = start + length
            if stop < len(run) and run[stop].joined:
                continue
            means = self._capitals(run[start:stop], is_whole=is_whole and length == len(run))
            means += self._meant(spellings, length)
            if means:
                concepts = (self._concepts[number] for number in dict.fromkeys(means))
                return Match(length, _alternatives(run[start:stop], concepts))
        return None

    def _add_terms(self, number: int, concept: Concept) -> None:
        for language, terms in concept.terms.items():
            for term in terms:
                written = _folded(words(term))
                for name, key in ((AS_WRITTEN, written), (language, _stems(written, language))):
                    self._add(name, key)
                    self._terms[name, key].append(_Term(written, number))

    def _add_acronyms(self, number: int, concept: Concept) -> None:
        for acronym in (*concept.acronyms, *concept.ambiguous):
            written = tuple(token.typed for token in tokens(acronym))
            self._add(AS_WRITTEN, _folded(written))
            self._acronyms[_folded(written)].append(_Term(written, number))

    def _add(self, name: str, found: Words) -> None:
        """Remember how long terms with this first word can be."""
        if found:
            self._longest[name, found[0]] = max(self._longest[name, found[0]], len(found))

    def _meant(self, spellings: Mapping[str, Words], length: int) -> list[int]:
        """Return the concepts with this term; by stems only where it is not found as written."""
        typed = spellings[AS_WRITTEN][:length]
        for group in ((AS_WRITTEN,), LANGUAGES):
            known = (self._terms.get((name, spellings[name][:length]), ()) for name in group)
            terms = chain.from_iterable(known)
            if found := [term.concept for term in terms if _are_close(typed, term.written)]:
                return found
        return []

    def _capitals(self, typed: Sequence[Token], *, is_whole: bool) -> list[int]:
        """Return the concepts with this acronym, if it was typed as one."""
        known = self._acronyms.get(_folded(token.typed for token in typed), ())
        return [term.concept for term in known if is_whole or _is_as_written(typed, term.written)]


def _is_as_written(typed: Sequence[Token], written: Words) -> bool:
    """Return whether an acronym was typed in capitals, or as it is written: “LoGICA”."""
    pairs = zip(typed, written, strict=True)
    return all(token.typed.isupper() or token.typed == word for token, word in pairs)


def _are_close(typed: Words, written: Words) -> bool:
    """Return whether words with the same stems differ by their endings only."""
    pairs = zip(typed, written, strict=True)
    return all(abs(len(word) - len(other)) <= LONGEST_ENDING for word, other in pairs)


def _alternatives(typed: Sequence[Token], concepts: Iterable[Concept]) -> tuple[Words, ...]:
    """Return what else answers, each once, without what the words as typed find anyway."""
    own = _spellings(_folded(token.typed for token in typed))
    found: dict[Words, Words] = {}
    for answer in chain.from_iterable(concept.answers for concept in concepts):
        folded = _folded(answer)
        if not _holds(folded, own):
            found.setdefault(folded, answer)
    return tuple(found.values())[:MOST_ALTERNATIVES]


def _holds(answer: Words, own: Mapping[str, Words]) -> bool:
    """Return whether the words as typed stand in the answer, in any of their forms."""
    spellings = _spellings(answer)
    return any(_stands_in(spellings[name], typed) for name, typed in own.items())


def _stands_in(longer: Words, shorter: Words) -> bool:
    size = len(shorter)
    return any(longer[place : place + size] == shorter for place in range(len(longer) - size + 1))


def _spellings(folded: Words) -> dict[str, Words]:
    """Return the words as they are, and their stems by language."""
    return {AS_WRITTEN: folded, **{name: _stems(folded, name) for name in LANGUAGES}}


def _stems(folded: Words, language: str) -> Words:
    return tuple(stem(word, language) for word in folded)


def _folded(typed: Iterable[str]) -> Words:
    return tuple(fold(word).strip() for word in typed)
