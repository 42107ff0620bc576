"""What is like a document: filed under the same terms, with the same rare words in its title."""

import math
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest

from search.engines.answers import Hit
from search.models import Document, Entry
from search.words.folding import stem
from search.words.stop_words import EVERY

from . import reading, showing
from .matching import any_form
from .rows import Row

WORD = "word"  # of the title
WEIGHTS = {WORD: 2.0, "theme": 3.0, "country": 2.0, "region": 1.0, "group": 1.0, "sector": 1.0}
FOUND_BY = frozenset({"theme", "country", "group"})  # a region alone is too wide
OWN_LANGUAGE = 4.0
NOT_WORKS = frozenset({"person", "country", "page"})
SHORTEST_WORD = 3
MOST_WORDS = 16
VERSIONS = 8  # of one thing may stand before the next


def related(uid: str, readers: frozenset[str], language: str, size: int) -> list[Hit]:
    """Return what is most like a document, best first, one version of each thing."""
    entry = Entry.objects.select_related("document").filter(document__uid=uid).first()
    if not entry:
        return []
    rows = [row for row in _candidates(entry, readers) if row.entity not in NOT_WORKS]
    return _one_of_each(_best(rows, entry, language, size * VERSIONS), entry, size)


def _candidates(entry: Entry, readers: frozenset[str]) -> list[Row]:
    """Return everything with a term or a word of the title in common."""
    lines = (line.partition("=") for line in entry.facets.split("\n"))
    values = [(facet, value) for facet, _sign, value in lines if facet in FOUND_BY]
    title = [phrase for word in _telling_words(entry.name) for phrase in any_form(word)]
    return reading.alike(values, tuple(title), readers)


def _best(rows: Sequence[Row], entry: Entry, language: str, number: int) -> list[Row]:
    """Return the rows that share most with a document; what few have counts for more."""
    own = _traits(entry)
    shared = {row.id: own & _traits(row) for row in rows}
    documents = Counter(trait for traits in shared.values() for trait in traits)
    weights = {
        trait: WEIGHTS[trait.partition("=")[0]] * _rarity(count, len(rows))
        for trait, count in documents.items()
    }

    def score(row: Row) -> float:
        alike = sum(weights[trait] for trait in shared[row.id])
        return alike + (OWN_LANGUAGE if row.language == language else 0)

    best = nlargest(number, rows, lambda row: (score(row), row.day, row.id))
    return [row._replace(score=score(row)) for row in best]


def _rarity(count: int, all_of_them: int) -> float:
    """Return 1 for what one of them has, and less the more have it."""
    return math.log(1 + all_of_them / count) / math.log(1 + all_of_them)


def _traits(of: Entry | Row) -> frozenset[str]:
    """Return the terms and the stems of the words of the title, as ``theme=water``."""
    terms = (line for line in of.facets.split("\n") if line.partition("=")[0] in WEIGHTS)
    stems = (stem(word, of.language) for word in _telling_words(of.name))
    return frozenset((*terms, *(f"{WORD}={stem}" for stem in stems)))


def _telling_words(name: str) -> list[str]:
    words = (word for word in name.split() if len(word) >= SHORTEST_WORD and word not in EVERY)
    return list(words)[:MOST_WORDS]


def _one_of_each(rows: Sequence[Row], entry: Entry, size: int) -> list[Hit]:
    """Return the first of each thing, without the document’s own versions; one query."""
    columns = Document.objects.only(*showing.COLUMNS, "family")
    documents = columns.in_bulk([row.id for row in rows])
    first: dict[str, Hit] = {}
    for row in rows:
        if document := documents.get(row.id):
            first.setdefault(document.family or document.uid, showing.plain(row, document))
    first.pop(entry.document.family or entry.document.uid, None)
    return list(first.values())[:size]
