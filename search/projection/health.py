"""How the search is doing, for the secretariat and for whoever watches the servers."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Min, Q
from elasticsearch import ApiError, TransportError

from search.engines.elastic.client import client
from search.models import Change, Document, FileText, Upkeep

from . import changes, indices, sending


@dataclass(frozen=True)
class Health:
    """Numbers about the search at one moment.

    ``index`` is what the cluster answers from; empty where there is none or it is silent.
    ``waiting`` are changes to be built and documents to be sent, ``oldest`` the age of the oldest
    change, ``given_up`` the documents that failed too often.
    """

    engine: str
    index: str
    is_reachable: bool
    documents: int
    waiting_changes: int
    waiting_documents: int
    oldest: datetime.timedelta
    given_up: tuple[str, ...]
    last_rebuild: Upkeep | None
    last_check: Upkeep | None
    files_waiting: int
    files_failed: int

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        is_checked = self.last_check is None or not self.last_check.differences
        checked = is_checked or (self.last_check is not None and self.last_check.repaired)
        return self.is_reachable and checked and not self.given_up


def health(now: datetime.datetime) -> Health:
    """Return how the search is doing; a silent cluster costs as long as a search in it."""
    has_cluster = bool(settings.ELASTICSEARCH_URL)
    index = _index() if has_cluster else ""
    files = FileText.objects.aggregate(
        waiting=Count("pk", filter=Q(state=FileText.State.WAITING)),
        failed=Count("pk", filter=Q(state=FileText.State.FAILED)),
    )
    waiting = Change.objects.exclude(pk__in=changes.given_up().values("pk"))
    oldest = waiting.aggregate(at=Min("marked_at"))["at"]
    return Health(
        engine="elasticsearch" if has_cluster else "database",
        index=index or "",
        is_reachable=index is not None,
        documents=Document.objects.filter(deleted_at__isnull=True).count(),
        waiting_changes=waiting.count(),
        waiting_documents=sending.waiting().count() if has_cluster else 0,
        oldest=now - oldest if oldest else datetime.timedelta(0),
        given_up=_given_up(),
        last_rebuild=_last(Upkeep.Kind.REBUILD),
        last_check=_last(Upkeep.Kind.CHECK),
        files_waiting=files["waiting"],
        files_failed=files["failed"],
    )


def _index() -> str | None:
    """Return the index in use, nothing where there is none, and ``None`` when it is silent."""
    try:
        return ", ".join(indices.in_use(client()))
    except (ApiError, TransportError):
        return None


def _given_up() -> tuple[str, ...]:
    """Return the documents that failed too often, each with its error."""
    rows = [
        *changes.given_up().values_list("what", "error")[:20],
        *sending.given_up().order_by("pk").values_list("uid", "error")[:20],
    ]
    return tuple(f"{uid}: {error}" for uid, error in rows)


def _last(kind: str) -> Upkeep | None:
    return Upkeep.objects.filter(kind=kind, ended_at__isnull=False).first()
