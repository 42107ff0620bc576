"""Compares the projection with the content, and the cluster with the projection, and mends both."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import OperationalError
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError, helpers

from search.engines.elastic.client import index
from search.models import Document, Upkeep

from . import changes, indices, rebuilding, sending, sources
from .bulk import Write, portions, send, trouble
from .describing import describe

logger = logging.getLogger(__name__)

AT_ONCE = 200
SCANNED_AT_ONCE = 2000


@dataclass
class Differences:
    """The uids of what is missing, says something old, or should not be there."""

    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)

    def __add__(self, other: "Differences") -> "Differences":
        return Differences(
            self.missing + other.missing, self.stale + other.stale, self.extra + other.extra
        )

    def __str__(self) -> str:
        counts = (len(self.missing), len(self.stale), len(self.extra))
        return "{} missing, {} stale, {} extra".format(*counts)

    @property
    def uids(self) -> list[str]:
        """All of them."""
        return [*self.missing, *self.stale, *self.extra]


def check(client: Elasticsearch | None, *, repair: bool) -> dict[str, Differences]:
    """Compare, mend if asked, note it in the diary, and return what differed by place.

    The places are ``projection`` and, with a cluster, ``cluster``. Raises ``Trouble`` when the
    cluster does not answer.
    """
    diary = Upkeep(kind=Upkeep.Kind.CHECK, began_at=timezone.now(), repaired=repair)
    changes.catch_up()
    found = {"projection": of_projection()}
    if repair:
        _mend_projection(found["projection"])
    if client:
        found["cluster"] = of_cluster(client, repair=repair)
    diary.documents = Document.objects.filter(deleted_at__isnull=True).count()
    for differences in found.values():
        diary.missing += len(differences.missing)
        diary.stale += len(differences.stale)
        diary.extra += len(differences.extra)
    diary.ended_at = timezone.now()
    diary.save()
    return found


# The projection --------------------------------------------------------------------------------


def of_projection() -> Differences:
    """Compare every document with what building it today would say.

    What differs is looked at once more after the outbox: an editor may have been faster.
    """
    suspect = [
        uid for uids in sources.chunks(sources.all_uids(), AT_ONCE) for uid in _compare(uids).uids
    ]
    if suspect:
        changes.catch_up()
    return sum(map(_compare, sources.chunks(suspect, AT_ONCE)), Differences())


def _compare(uids: list[str]) -> Differences:
    """Return what differs of these; what cannot be built counts as stale and stops no other."""
    try:
        return _compared(uids)
    except OperationalError:
        raise
    except Exception:
        if len(uids) == 1:
            logger.exception("%s cannot be built for the search.", uids[0])
            return Differences(stale=uids)
    half = len(uids) // 2
    return _compare(uids[:half]) + _compare(uids[half:])


def _compared(uids: list[str]) -> Differences:
    things = {uid: thing for uid, thing in sources.found(uids).items() if thing}
    should = {uid: said.digest for uid, said in describe(things).items()}
    kept = Document.objects.filter(uid__in=uids, deleted_at__isnull=True)
    return _differences(should, dict(kept.values_list("uid", "digest")))


def _differences(should: Mapping[str, object], there: Mapping[str, object]) -> Differences:
    return Differences(
        missing=sorted(should.keys() - there.keys()),
        stale=sorted(uid for uid in should.keys() & there.keys() if should[uid] != there[uid]),
        extra=sorted(there.keys() - should.keys()),
    )


def _mend_projection(differences: Differences) -> None:
    for uids in sources.chunks(differences.uids, AT_ONCE):
        changes.build(uids, timezone.now())
    changes.catch_up()


# The cluster -----------------------------------------------------------------------------------


def of_cluster(client: Elasticsearch, *, repair: bool) -> Differences:
    """Compare the versions of all documents in the cluster with those of the projection.

    What still waits to be sent does not count. Without a proper index everything is missing.
    """
    try:
        if not indices.is_ready(client):
            return _without_index(client, repair=repair)
        client.indices.refresh(index=index())
        differences, is_ahead = _scan(client)
        if repair and is_ahead:
            rebuilding.rebuild(client, _silently)
        elif repair and differences:
            _mend_cluster(client, differences)
    except (ApiError, TransportError) as error:
        raise trouble(error) from error
    return differences


def _scan(client: Elasticsearch) -> tuple[Differences, bool]:
    """Return the differences, and whether the cluster knows versions that do not exist yet here.

    That is so after a database was restored from a copy: the cluster would take no write again.
    """
    differences, seen, is_ahead = Differences(), set(), False
    for there in _in_portions(_versions(client)):
        rows = Document.objects.filter(uid__in=there)
        kept = rows.filter(deleted_at__isnull=True)
        should = dict(kept.values_list("uid", "version"))
        waiting = sending.waiting().filter(uid__in=there)
        on_the_way = set(waiting.values_list("uid", flat=True))
        differing = _differences(should, there)
        differences.stale += [uid for uid in differing.stale if uid not in on_the_way]
        differences.extra += [uid for uid in differing.extra if uid not in on_the_way]
        is_ahead = is_ahead or any(there[uid] > should[uid] for uid in differing.stale)
        seen.update(there)
    settled = Document.objects.filter(deleted_at__isnull=True).exclude(
        pk__in=sending.waiting().values("pk")
    )
    uids = settled.order_by("pk").values_list("uid", flat=True)
    differences.missing = [uid for uid in uids.iterator(chunk_size=2000) if uid not in seen]
    return differences, is_ahead


def _versions(client: Elasticsearch) -> Iterator[tuple[str, int]]:
    hits = helpers.scan(
        client, index=index(), query={"_source": False, "version": True}, size=SCANNED_AT_ONCE
    )
    yield from ((hit["_id"], hit["_version"]) for hit in hits)


def _in_portions(versions: Iterable[tuple[str, int]]) -> Iterator[dict[str, int]]:
    for portion in sources.chunks(versions, SCANNED_AT_ONCE):
        yield dict(portion)


def _mend_cluster(client: Elasticsearch, differences: Differences) -> None:
    """Send again what is missing or stale, and delete what should not be there."""
    for uids in sources.chunks([*differences.missing, *differences.stale], AT_ONCE):
        Document.objects.filter(uid__in=uids).update(indexed_version=0, attempts=0, retry_at=None)
    version = changes.last_version()
    for portion in portions(Write(uid, version) for uid in differences.extra):
        send(client, index(), portion, alias=True)
    sending.send_waiting(client, timezone.now())


def _without_index(client: Elasticsearch, *, repair: bool) -> Differences:
    uids = Document.objects.filter(deleted_at__isnull=True).values_list("uid", flat=True)
    differences = Differences(missing=list(uids))
    if repair:
        rebuilding.rebuild(client, _silently)
    return differences


def _silently(_line: str) -> None:
    """Say nothing: the counts are told at the end."""
