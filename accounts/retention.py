"""How long things about people are kept, and forgetting what is older.

Every app says for its own tables which rows go when, and why so long; the nightly command
``tidy_members`` does it. What it would do and what it does come from the same querysets.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model, QuerySet

BATCH = 500

Due = Callable[[datetime.datetime], QuerySet]
Forget = Callable[[list, datetime.datetime], None]


def delete(rows: list[Model], now: datetime.datetime) -> None:
    """Forget rows by deleting them, in one transaction."""
    with transaction.atomic():
        type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]).delete()


@dataclass(frozen=True)
class Kept:
    """Rows of one kind that are kept for so many days: ``due`` returns those older than a moment.

    ``forget`` takes some of them; it deletes unless there is more to do.
    """

    name: str
    days: int
    due: Due
    forget: Forget = delete


@dataclass(frozen=True)
class Outcome:
    """How many rows of a kind go, or would go."""

    name: str
    days: int
    number: int


_kept: dict[str, Kept] = {}


def register(*kinds: Kept) -> None:
    """Let these be forgotten when their time is over."""
    _kept.update({kept.name: kept for kept in kinds})


def policy() -> Iterable[Kept]:
    """Return everything that is kept for a time, by name."""
    return [_kept[name] for name in sorted(_kept)]


def purge(now: datetime.datetime, *, dry_run: bool = False) -> list[Outcome]:
    """Forget what is too old, in batches, and return how much; a dry run only counts."""
    return [Outcome(kept.name, kept.days, _purge(kept, now, dry_run)) for kept in policy()]


def _purge(kept: Kept, now: datetime.datetime, dry_run: bool) -> int:
    due = kept.due(now - datetime.timedelta(days=kept.days))
    if dry_run:
        return due.count()
    number = 0
    while rows := list(due.order_by("pk")[:BATCH]):
        kept.forget(rows, now)
        number += len(rows)
    return number
