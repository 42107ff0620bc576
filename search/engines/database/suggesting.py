"""Titles for somebody who is still typing."""

from collections.abc import Callable
from heapq import nsmallest

from search.engines.answers import Suggestion
from search.models import Document
from search.words.folding import words

from . import reading
from .ranking import NAMED
from .rows import Row

MOST_WORDS = 16
VERSIONS = 8  # of one thing may stand before the next


def suggestions(text: str, readers: frozenset[str], language: str, size: int) -> list[Suggestion]:
    """Return titles in which each word typed begins a word, one version of each thing."""
    begun = tuple(words(text)[:MOST_WORDS])
    if not begun:
        return []
    rows = reading.begun(begun, readers)
    best = nsmallest(size * VERSIONS, rows, _order(" ".join(begun), language))
    documents = Document.objects.in_bulk([row.id for row in best])
    things = {}
    for row in best:
        if document := documents.get(row.id):
            things.setdefault(document.family or document.uid, document)
    return [_suggestion(document) for document in list(things.values())[:size]]


def _order(name: str, language: str) -> Callable[[Row], tuple]:
    """Return the key by which titles that begin so come first, then names, then what is new."""

    def key(row: Row) -> tuple:
        own = row.language in {language, ""}
        return (
            not row.name.startswith(name),
            not own,
            row.entity not in NAMED,
            -row.day,
            row.id,
        )

    return key


def _suggestion(document: Document) -> Suggestion:
    return Suggestion(
        uid=document.uid,
        title=document.title,
        url=document.url,
        entity=document.entity,
        language=document.language,
        in_every_language=document.in_every_language,
    )
