"""A better spelling of words that nothing holds, from the words of public titles and summaries."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.kept import Kept
from search.words.folding import fold
from search.words.known import known_synonyms
from search.words.parsing import parse
from search.words.respelling import respelled
from search.words.wanted import Wanted

from . import reading
from .dialects import dialect
from .matching import any_form

SHORTEST = 4  # letters of a word that may be misspelt
TWO_ERRORS_FROM = 7  # letters; a shorter word has one error at most
CANDIDATES = 20


@dataclass(frozen=True)
class Spelling:
    """A word as it is written, in so many documents."""

    written: str
    documents: int


def better(wanted: Wanted, readers: frozenset[str]) -> Wanted | None:
    """Return the search in a better spelling, if some of its words occur nowhere.

    What means the same as a word in its better spelling is looked for too.
    """
    answered = reading.answered([any_form(word) for word in wanted.words], readers)
    spelt = [
        word if known else _nearest(word)
        for word, known in zip(wanted.words, answered, strict=True)
    ]
    text = respelled(wanted, spelt)
    return parse(text, known_synonyms()) if text else None


def _nearest(word: str) -> str:
    """Return the word most like this one; of several the most frequent. It may be itself."""
    folded = fold(word)
    if len(folded) < SHORTEST or not folded.isalpha():
        return word
    known = vocabulary()
    near = process.extract(
        folded,
        known.keys(),
        scorer=OSA.distance,
        score_cutoff=2 if len(folded) >= TWO_ERRORS_FROM else 1,
        limit=CANDIDATES,
    )
    if not near:
        return word
    found, _errors, _place = min(
        near,
        key=lambda found: (found[1], found[0][0] != folded[0], -known[found[0]].documents),
    )
    return known[found].written


def _by_folded_word(written: Mapping[str, int]) -> dict[str, Spelling]:
    """Return each folded word with its most frequent spelling."""
    known: dict[str, Spelling] = {}
    for word, documents in written.items():
        folded = fold(word)
        if folded not in known or documents > known[folded].documents:
            known[folded] = Spelling(word, documents)
    return known


vocabulary = Kept(lambda: dialect().vocabulary(), _by_folded_word)
