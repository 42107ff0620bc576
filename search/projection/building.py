"""Builds the rows of documents from the site as it is now.

A row that says already what it would say is left alone. What has gone stays as a tombstone, a row
that says nothing, until every engine knows.

Two builders of the same document wait for each other: each reads the site after it has the row, so
whoever comes last writes what is newest.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from search.engines.database import indexing
from search.models import Change, Document, DocumentFacet

from .describing import Description, Facet, describe
from .file_texts import ask_for
from .sources import FOLLOWS, chunks, found

AT_A_TIME = 200
NOTHING: Mapping = {
    "family": "",
    "title": "",
    "also_called": "",
    "summary": "",
    "body": {},
    "labels": "",
    "files": [],
    "url": "",
    "date": None,
    "readers": [],
    "is_public": False,
}
TOMBSTONE = Description(NOTHING, frozenset())
WRITTEN = (
    *NOTHING,
    *("entity", "kind", "language", "in_every_language"),
    *("digest", "version", "changed_at", "deleted_at", "attempts", "retry_at", "error"),
)
SHOWN_ELSEWHERE = ("title", "also_called", "url", "readers")


FacetRows = Mapping[Facet, int]


@dataclass(frozen=True)
class Rebuilt:
    """A row with what it says now, its facets before (with their ids) and now.

    ``shows_elsewhere`` says whether other documents may show what has changed.
    """

    row: Document
    before: FacetRows
    after: frozenset[Facet]
    shows_elsewhere: bool


def build(uids: Iterable[str], version: int, now: datetime.datetime) -> int:
    """Bring the documents of these things up to date and return how many have changed.

    These get this version, or the next after their own if that is not lower. What depends on them
    is marked as changed, for the next turn. Files come last: pages say which files they offer.
    """
    in_order = sorted(set(uids), key=lambda uid: (uid.startswith("file:"), uid))
    return sum(_build(chunk, version, now) for chunk in chunks(in_order, AT_A_TIME))


@transaction.atomic
def _build(uids: list[str], version: int, now: datetime.datetime) -> int:
    rows = _locked(uids, now)
    things = {uid: thing for uid, thing in found(uids).items() if thing}
    ask_for({pk for thing in things.values() for pk in thing.findable.files})
    said = describe(things)
    different = [row for row in rows if _differs(row, said.get(row.uid))]
    facets = _facet_rows(different)
    rebuilt = [
        _rebuilt(row, said.get(row.uid, TOMBSTONE), facets[row.pk], version, now)
        for row in different
    ]
    _write(rebuilt)
    if never_found := [row.pk for row in rows if not row.version]:
        Document.objects.filter(pk__in=never_found).delete()
    Change.objects.bulk_create(Change(what=what) for what in _to_build_next(uids, rebuilt))
    return len(rebuilt)


def _locked(uids: Sequence[str], now: datetime.datetime) -> list[Document]:
    """Return the rows of these uids, which nobody else writes until the transaction ends.

    What has no row gets one that says nothing: only a row can be locked.
    """
    documents = Document.objects.filter(uid__in=uids)
    missing = sorted(set(uids).difference(documents.values_list("uid", flat=True)))
    Document.objects.bulk_create(
        [Document(uid=uid, deleted_at=now, changed_at=now) for uid in missing],
        ignore_conflicts=True,
    )
    return list(documents.select_for_update().order_by("pk"))


def _facet_rows(rows: Sequence[Document]) -> Mapping[int, FacetRows]:
    facets: dict[int, dict[Facet, int]] = {row.pk: {} for row in rows}
    for row in DocumentFacet.objects.filter(document__in=rows):
        facets[row.document_id][row.facet, row.value] = row.pk
    return facets


def _differs(row: Document, said: Description | None) -> bool:
    if said is None:
        return row.deleted_at is None
    return row.deleted_at is not None or row.digest != said.digest


def _rebuilt(
    row: Document, said: Description, before: FacetRows, version: int, now: datetime.datetime
) -> Rebuilt:
    shown = [getattr(row, name) for name in SHOWN_ELSEWHERE]
    for name, value in said.fields.items():
        setattr(row, name, value)
    row.digest = "" if said is TOMBSTONE else said.digest
    row.deleted_at = now if said is TOMBSTONE else None
    row.version = max(version, row.version + 1)
    row.changed_at = now
    row.attempts, row.retry_at, row.error = 0, None, ""
    shows_elsewhere = shown != [getattr(row, name) for name in SHOWN_ELSEWHERE]
    return Rebuilt(row, before, said.facets, shows_elsewhere)


def _write(rebuilt: Sequence[Rebuilt]) -> None:
    rows = [each.row for each in rebuilt]
    Document.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["uid"], update_fields=WRITTEN
    )
    ended = [pk for each in rebuilt for facet, pk in each.before.items() if facet not in each.after]
    DocumentFacet.objects.filter(pk__in=ended).delete()
    DocumentFacet.objects.bulk_create(
        DocumentFacet(document=each.row, facet=facet, value=value)
        for each in rebuilt
        for facet, value in sorted(each.after.difference(each.before))
    )
    indexing.write(rows)


def _to_build_next(uids: Sequence[str], rebuilt: Sequence[Rebuilt]) -> list[str]:
    """Return what follows from these changes, as the outbox names it.

    The files that a page offers or did, and the countries about which it is, stand and fall with
    it; and others show what something is called and where it stands.
    """
    pages = [each for each in rebuilt if each.row.uid.startswith("page:")]
    from_pages = {uid for page in pages for uid in _below(page)}
    built = {uid for uid in uids if uid.startswith("country:")}
    shown = [each.row.uid for each in rebuilt if each.shows_elsewhere]
    followed = DocumentFacet.objects.filter(facet=FOLLOWS, value__in=shown).order_by("value")
    followed = followed.values_list("value", flat=True).distinct()
    return [*sorted(from_pages - built), *(f"facet:{FOLLOWS}:{uid}" for uid in followed)]


def _below(page: Rebuilt) -> Iterator[str]:
    """Yield the files that are found because of this page, or were, and the countries.

    Files take their terms from it; of a country it only matters whether there is such a page.
    """
    is_refiled = page.after.symmetric_difference(page.before)
    for facet, value in page.after.union(page.before):
        if facet == FOLLOWS and value.startswith("file:"):
            yield value
        elif facet == "country" and is_refiled:
            yield f"country:{value}"
