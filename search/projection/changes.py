"""The outbox: what has changed, written down with the change and worked off soon after.

A change is a row that commits or vanishes with what it tells of. Whoever works it off looks at the
database as it is by then, so it does not matter in which order changes are taken, nor how often.
One works at a time, and draws from the count of changes a number greater than all before: the
version of what it builds. Nothing here talks to the cluster.

See docs/decisions/0012-the-search-index-follows-an-outbox.md.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from search.models import Change

from . import building
from .reach import EVERYTHING, reach
from .retries import MOST_ATTEMPTS, next_try

logger = logging.getLogger(__name__)

FEW = 20  # documents that are built right after the commit, while somebody waits for the page
AT_ONCE = 100  # documents built in one transaction
LOOKED_BACK = 100  # what this transaction plans to do after its commit, searched for marks
LOCK = 0x5EA2C4  # any number that nobody else locks in this database


def mark(*what: str) -> None:
    """Write down that something has changed, in the transaction that changes it.

    ``what`` is described in ``search.projection.reach``. After the commit the documents are built,
    if they are few, and else by the worker. Errors there are logged: a save never fails for them.
    """
    earlier = _marks_of_this_transaction()
    known = frozenset().union(*(marks.what for marks in earlier))
    new = [item for item in dict.fromkeys(what) if item not in known]
    if new:
        first = announce(*new)
        transaction.on_commit(_Marks(frozenset(new), None if earlier else first))


def announce(*what: str) -> int | None:
    """Write down for the worker what has to be built; return the number of the first change."""
    written = Change.objects.bulk_create(Change(what=item) for item in what)
    return written[0].pk if written else None


def catch_up(limit: int | None = None, now: datetime | None = None) -> int:
    """Work off what has changed; return how many documents were looked at.

    With a limit it stops soon after so many. It waits for whoever else is at it.
    """
    now = now or timezone.now()
    done = 0
    while limit is None or done < limit:
        taken = _take(AT_ONCE, now)
        if taken is None:
            break
        done += taken
    return done


def waiting(now: datetime) -> QuerySet[Change]:
    """Return the changes that can be worked off now, in their order."""
    is_due = Q(retry_at__isnull=True) | Q(retry_at__lte=now)
    return not_given_up().filter(is_due).order_by("pk")


def not_given_up() -> QuerySet[Change]:
    """Return the changes that are still to be worked off, now or later."""
    return Change.objects.filter(attempts__lt=MOST_ATTEMPTS)


def given_up() -> QuerySet[Change]:
    """Return the documents that could not be built however often it was tried."""
    return Change.objects.filter(attempts__gte=MOST_ATTEMPTS).order_by("pk")


def build(uids: Sequence[str], now: datetime) -> None:
    """Build these documents from the content as it is, changed or not, in one transaction."""
    with transaction.atomic():
        _lock(wait=True)
        _build_and_settle(uids, now)


def last_version() -> int:
    """Return a number above the versions of all documents built so far, and below all to come.

    The count goes on for those who roll back as well, so it never gives a number twice.
    """
    with transaction.atomic():
        _lock(wait=True)
        return _draw()


class _Marks:
    """What was marked, kept where it vanishes with a rollback: among what follows the commit.

    The first ones of a transaction know the number of its first change, and build.
    """

    def __init__(self, what: frozenset[str], since: int | None) -> None:
        self.what = what
        self.since = since

    def __call__(self) -> None:
        if self.since is not None:
            _after_commit(self.since)


def _marks_of_this_transaction() -> list[_Marks]:
    """Return what was marked lately in the transaction that is running and not rolled back."""
    planned = connection.run_on_commit[-LOOKED_BACK:]
    return [marks for _savepoints, marks, _robust in planned if isinstance(marks, _Marks)]


def _forget_marks() -> None:
    """Let what is marked from now on be written again: the rows there are have been taken."""
    for marks in _marks_of_this_transaction():
        marks.what = frozenset()


def _after_commit(since: int) -> None:
    """Build the documents of a transaction if they are few, and what follows from them.

    What waited before it stays for the worker, and so does what reaches far.
    """
    left, now = FEW, timezone.now()
    try:
        while left > 0 and (taken := _take(left, now, since=since)):
            left -= taken
    except Exception:
        logger.exception("Documents were not built after a commit; the worker will do it.")


def _take(most: int, now: datetime, *, since: int | None = None) -> int | None:
    """Work off the next changes, up to so many documents; return how many, or nothing to do.

    ``since`` is for those who must not be kept waiting, neither by what waited before that number
    nor by somebody else who works off changes nor by one that reaches far.
    """
    queue = waiting(now) if since is None else waiting(now).filter(pk__gte=since)
    if not queue.exists():
        return None
    with transaction.atomic():
        if not _lock(wait=since is None):
            return None
        changes, uids = _next(queue, most)
        if not changes:
            first = queue.first()
            return None if first is None or since is not None else _unfold(first)
        _build_and_settle(uids, now)
        Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
        _forget_marks()
        return len(uids)


def _next(queue: QuerySet[Change], most: int) -> tuple[list[Change], list[str]]:
    """Return the next changes that together reach no more than so many documents, and those."""
    taken: list[Change] = []
    uids: dict[str, None] = {}
    for change in queue[:most]:
        together = uids | dict.fromkeys(reach(change.what))
        if len(together) > most:
            break
        taken.append(change)
        uids = together
    return taken, list(uids)


def _unfold(change: Change) -> int:
    """Put one change for each document that it reaches in the place of one that reaches far."""
    if change.what == EVERYTHING:
        Change.objects.filter(attempts=0).delete()  # whatever it is, it is among everything
    Change.objects.bulk_create((Change(what=uid) for uid in reach(change.what)), batch_size=1000)
    Change.objects.filter(pk=change.pk).delete()
    _forget_marks()
    return 0


def _build_and_settle(uids: Sequence[str], now: datetime) -> None:
    """Build documents; those that cannot be built stay as changes of their own, with the error."""
    failed = _build(uids, _draw(), now)
    before = Change.objects.filter(what__in=uids, attempts__gt=0)
    attempts = dict(before.values_list("what", "attempts"))
    if attempts:
        before.delete()
    for uid, error in failed.items():
        again = Change(what=uid, error=error)
        again.attempts = attempts.get(again.what, 0) + 1
        again.retry_at = next_try(again.attempts, now)
        again.save()


def _build(uids: Sequence[str], version: int, now: datetime) -> dict[str, str]:
    """Build documents and return those that cannot be built, each with its error.

    They are found by halving: one bad page must not keep the others out of the search.
    """
    try:
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            building.build(uids, version, now)
    except OperationalError:
        raise  # the database is in trouble, not a document
    except Exception as error:  # whatever a page type’s own code does wrong
        if len(uids) == 1:
            logger.exception("%s cannot be built for the search.", uids[0])
            return {uids[0]: f"{type(error).__name__}: {error}"[:1000]}
        half = len(uids) // 2
        return _build(uids[:half], version, now) | _build(uids[half:], version, now)
    return {}


def _draw() -> int:
    """Return a number greater than that of every change and every version so far."""
    change = Change.objects.create(what="")
    number = change.pk
    change.delete()
    return number


def _lock(*, wait: bool) -> bool:
    """Keep everybody else from building documents until this transaction ends; say if it went.

    SQLite has let nobody else write since the transaction began.
    """
    if connection.vendor != "postgresql":
        return True
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}(%s)", [LOCK])
        return cursor.fetchone()[0] is not False
