"""Sends what has changed in the projection to the cluster, in the order of the changes.

What is sent is the row as it is, so sending it twice or late does no harm. A row counts as sent
only if nobody has changed it meanwhile.
"""

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from elasticsearch import Elasticsearch

from search.engines.elastic.client import index
from search.models import Document

from .bulk import Outcome, Trouble, Write, portions, send, write_of
from .retries import MOST_ATTEMPTS, next_try

logger = logging.getLogger(__name__)

AT_ONCE = 200  # rows that are in memory together
KEPT_AFTER_CONFIRMATION = datetime.timedelta(days=1)


@dataclass
class Sent:
    """How many documents the cluster took and how many it refused for good reason."""

    done: int = 0
    refused: int = 0


def send_waiting(client: Elasticsearch, now: datetime.datetime) -> Sent:
    """Send all that waits; raise ``Trouble`` when the cluster does not take it now."""
    sent = Sent()
    while rows := list(_due(now)[:AT_ONCE]):
        outcome = send_rows(client, index(), rows, now, alias=True)
        sent.done += len(outcome.done)
        sent.refused += len(outcome.refused)
    return sent


def send_rows(
    client: Elasticsearch, to: str, rows: Sequence[Document], now: datetime.datetime, *, alias: bool
) -> Outcome:
    """Send these rows, in the order of their versions, and note in them what came of it."""
    together = Outcome()
    for portion in portions(write_of(row) for row in rows):
        outcome = send(client, to, portion, alias=alias)
        settle(portion, outcome, now)
        together.done += outcome.done
        together.refused |= outcome.refused
        if outcome.trouble:
            raise Trouble(outcome.trouble)
    return together


def settle(portion: Sequence[Write], outcome: Outcome, now: datetime.datetime) -> None:
    """Note which rows the cluster has and which it refused, unless they have changed since.

    Who changes a row draws a version above all that were there before, also above these.
    """
    unchanged = Document.objects.filter(version__lte=max(write.version for write in portion))
    taken = unchanged.filter(uid__in=outcome.done)
    taken.filter(deleted_at__isnull=False).update(deleted_at=now)  # its day begins
    taken.update(indexed_version=F("version"), attempts=0, retry_at=None, error="")
    for row in unchanged.filter(uid__in=outcome.refused).only("uid", "attempts", "version"):
        logger.error("The cluster refused %s: %s", row.uid, outcome.refused[row.uid])
        unchanged.filter(pk=row.pk).update(
            indexed_version=0,
            attempts=row.attempts + 1,
            retry_at=next_try(row.attempts + 1, now),
            error=outcome.refused[row.uid],
        )


def waiting() -> QuerySet[Document]:
    """Return the rows that the cluster does not have yet, but for those it never will."""
    return Document.objects.filter(version__gt=F("indexed_version"), attempts__lt=MOST_ATTEMPTS)


def given_up() -> QuerySet[Document]:
    """Return the rows that the cluster has refused too often."""
    return Document.objects.filter(version__gt=F("indexed_version"), attempts__gte=MOST_ATTEMPTS)


def remove_tombstones(now: datetime.datetime, *, has_cluster: bool) -> int:
    """Remove the rows of what has gone, once no engine needs them; return how many.

    A cluster forgets a deletion after a minute, and would take an older write again. A day is
    longer than any such write is on its way.
    """
    tombstones = Document.objects.filter(deleted_at__isnull=False)
    if has_cluster:
        tombstones = tombstones.filter(
            version__lte=F("indexed_version"), deleted_at__lt=now - KEPT_AFTER_CONFIRMATION
        )
    if not tombstones.exists():
        return 0  # without a transaction: on SQLite it would keep everybody else from writing
    return tombstones.delete()[1].get(Document._meta.label, 0)


def _due(now: datetime.datetime) -> QuerySet[Document]:
    is_due = Q(retry_at__isnull=True) | Q(retry_at__lte=now)
    return waiting().filter(is_due).prefetch_related("facets").order_by("version", "pk")
