"""Keeps what the database searches in step with the documents, in their own transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from search.engines.answers import FACETS
from search.models import Document, DocumentFacet, Entry

from .dialects import dialect
from .texts import name, texts

KEPT = (*FACETS, "sector")
AT_A_TIME = 200
WRITTEN = ("entity", "language", "date", "is_public", "name", "facets")


@transaction.atomic
def write(documents: Sequence[Document]) -> None:
    """Index these documents as they are, after their facets were saved; tombstones go."""
    remove(document.pk for document in documents if document.deleted_at)
    living = [document for document in documents if not document.deleted_at]
    facets = _facets(living)
    Entry.objects.bulk_create(
        [_entry(document, facets[document.pk]) for document in living],
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=WRITTEN,
    )
    dialect().write({document.pk: texts(document) for document in living})


def remove(ids: Iterable[int]) -> None:
    """Take documents out of the index; their words go with their entries."""
    Entry.objects.filter(pk__in=list(ids)).delete()


def reindex() -> int:
    """Index every document anew and return how many there are."""
    ids = list(Document.objects.filter(deleted_at=None).order_by("pk").values_list("pk", flat=True))
    Entry.objects.exclude(document__deleted_at=None).delete()
    for start in range(0, len(ids), AT_A_TIME):
        write(Document.objects.filter(pk__in=ids[start : start + AT_A_TIME]))
    return len(ids)


def _entry(document: Document, facets: Sequence[str]) -> Entry:
    return Entry(
        document=document,
        entity=document.entity,
        language=document.language,
        date=document.date,
        is_public=document.is_public,
        name=name(document),
        facets="\n".join(facets),
    )


def _facets(documents: Iterable[Document]) -> dict[int, list[str]]:
    """Return the facets of documents, by id, as an entry keeps them."""
    facets = defaultdict(list)
    rows = DocumentFacet.objects.filter(
        document__in=[document.pk for document in documents], facet__in=KEPT
    )
    for row in rows.order_by("facet", "value"):
        facets[row.document_id].append(f"{row.facet}={row.value}")
    return facets
