"""Building documents in tests, without the outbox around it."""

import datetime
from collections.abc import Iterable

from search.models import Document
from search.projection.building import build

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


def built(uid: str, *, version: int = 1) -> Document | None:
    """Build one document and return it; ``None`` when there is nothing to find."""
    build([uid], version, NOW)
    return Document.objects.filter(uid=uid, deleted_at=None).first()


def uids_of(*pages) -> list[str]:
    """Return the uids of these pages."""
    return [f"page:{page.pk}" for page in pages]


def facets(document: Document, *names: str) -> dict[str, set[str]]:
    """Return the values of these facets of a document."""
    rows = document.facets.filter(facet__in=names).values_list("facet", "value")
    return {name: {value for facet, value in rows if facet == name} for name in names}


def found_in(uids: Iterable[str]) -> set[str]:
    """Return which of these have a document that says something."""
    return set(Document.objects.filter(uid__in=uids, deleted_at=None).values_list("uid", flat=True))
