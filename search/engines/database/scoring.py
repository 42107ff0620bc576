"""How much a document is worth that holds a part of a search. Pure.

Databases weigh each form of a word by its own rarity, and what means the same as well: whatever
holds one rare form would stand before all that holds the word itself. Here a word is as rare as
all of its forms together, and a part counts once.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .matching import AnyOf, Condition, Phrase

AS_TYPED = 0.4  # of a word’s worth; the rest is its stem’s
ALMOST_ALL = 0.8  # of the documents with a stem have the word as typed: then it says nothing more
IN_TITLE = 0.8
SAME_MEANING = 0.5  # of the worth of a word itself
SAME_MEANING_IN_TITLE = 0.8
UNKNOWN = 0.02  # the share of documents that holds what cannot be counted


@dataclass(frozen=True)
class Worth:
    """What one of these phrases adds to a score.

    ``in_title`` asks for it in the title. With ``documents``, the number of those that hold it,
    it is one token and adds more the more often it is held.
    """

    weight: float
    phrases: AnyOf
    in_title: bool = False
    documents: int = 0


class Frequencies:
    """In how many of all documents each token stands."""

    def __init__(self, documents: Mapping[str, int], all_documents: int):
        self.all_documents = all_documents
        self._documents = documents

    def of(self, token: str) -> int:
        """Return the number of documents with this token."""
        return self._documents.get(token, 0)

    def rarity(self, documents: float) -> float:
        """Return what finding a word is worth that so many documents have, as in Lucene’s BM25."""
        return math.log(1 + (self.all_documents - documents + 0.5) / (documents + 0.5))

    @property
    def usual_rarity(self) -> float:
        """What finding something is worth of which nobody knows how rare it is."""
        return self.rarity(self.all_documents * UNKNOWN)


def worths(conditions: Iterable[Condition], known: Frequencies) -> Iterator[Worth]:
    """Yield what adds to the score of a document."""
    for condition in conditions:
        for any_of in condition.typed:
            yield from _of_word(any_of, known)
        if condition.others:
            rarity = sum(_rarity(any_of, known) for any_of in condition.typed)
            yield Worth(rarity * SAME_MEANING, condition.others)
            yield Worth(rarity * SAME_MEANING_IN_TITLE, condition.others, in_title=True)


def tokens(conditions: Iterable[Condition]) -> list[str]:
    """Return every token of which the frequency matters."""
    words = (any_of for condition in conditions for any_of in condition.typed)
    return [phrase.tokens[0] for any_of in words if _is_word(any_of) for phrase in any_of]


def _of_word(any_of: AnyOf, known: Frequencies) -> Iterator[Worth]:
    rarity = _rarity(any_of, known)
    yield Worth(rarity * IN_TITLE, any_of, in_title=True)
    if not _is_word(any_of):
        yield Worth(rarity, any_of)
        return
    for phrase, share in _shares(any_of, known):
        if documents := known.of(phrase.tokens[0]):
            yield Worth(rarity * share, (phrase,), documents=documents)


def _shares(any_of: AnyOf, known: Frequencies) -> Iterator[tuple[Phrase, float]]:
    """Yield which forms of a word count, and for how much: the word as typed, then its stems."""
    typed, *stems = any_of
    documents = max((known.of(phrase.tokens[0]) for phrase in stems), default=0)
    says_more = known.of(typed.tokens[0]) < ALMOST_ALL * documents
    if says_more or not documents:
        yield typed, AS_TYPED if documents else 1.0
    for phrase in stems:
        yield phrase, 1.0 - AS_TYPED if says_more else 1.0


def _rarity(any_of: AnyOf, known: Frequencies) -> float:
    documents = max(known.of(phrase.tokens[0]) for phrase in any_of) if _is_word(any_of) else 0
    return known.rarity(documents) if documents else known.usual_rarity


def _is_word(any_of: AnyOf) -> bool:
    """Return whether these are the forms of one whole word."""
    return all(len(phrase.tokens) == 1 and not phrase.begins for phrase in any_of)
