"""Small documents in the database, and an engine that is asked as the site asks it."""

import datetime
from collections.abc import Callable, Sequence

import pytest
from django.utils import timezone

from search.engines.answers import Answer, Question
from search.engines.database import indexing
from search.engines.database.engine import DatabaseEngine
from search.models import Document, DocumentFacet
from search.words.parsing import parse
from search.words.synonyms import SynonymTable
from tests.search.elastic.library import Thing


def keep(*things: Thing) -> list[Document]:
    """Save the documents of things with their facets, and index them."""
    documents = []
    for thing in things:
        document = thing.document
        document.changed_at = timezone.now()
        document.save()
        DocumentFacet.objects.bulk_create(
            DocumentFacet(document=document, facet=facet, value=value)
            for facet, values in facets_of(thing).items()
            for value in values
        )
        documents.append(document)
    indexing.write(documents)
    return documents


def facets_of(thing: Thing) -> dict[str, Sequence[str]]:
    own = {
        "type": (thing.entity, thing.kind),
        "language": (thing.language,) if thing.language else (),
        "year": (thing.date[:4],) if thing.date else (),
        "reader": thing.readers,
    }
    return own | thing.facets


def titles(answer: Answer) -> list[str]:
    return [hit.title for hit in answer.hits]


@pytest.fixture
def ask(db) -> Callable[..., Answer]:
    """Return a function that asks the database for what somebody has typed."""

    def search(text: str = "", synonyms: SynonymTable | None = None, **question) -> Answer:
        return DatabaseEngine().find(Question(wanted=parse(text, synonyms), **question))

    return search


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2026, 11, 22))
