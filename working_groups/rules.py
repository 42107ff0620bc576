"""Decisions about groups and workplans. No database, no clock: everything comes in as an argument."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

MOST_CO_CHAIRS = 4

Term = tuple[datetime.date, datetime.date | None]


class Leadership(StrEnum):
    """How far a group’s search for co-chairs has come."""

    SEEKING = "seeking"
    SEEKING_MORE = "seeking-more"
    COMPLETE = "complete"


def leadership(co_chairs: int) -> Leadership:
    """Return the state for this many co-chairs in office; two or more share the work well.

    Source: LPSA’s overview of its working groups, which are led by two to four co-chairs.
    """
    if co_chairs == 0:
        return Leadership.SEEKING
    return Leadership.SEEKING_MORE if co_chairs == 1 else Leadership.COMPLETE


def most_at_once(terms: Iterable[Term]) -> int:
    """Return how many of the terms overlap on the fullest day; both ends are included."""
    terms = list(terms)
    return max(
        (
            sum(since <= day and (until is None or day <= until) for since, until in terms)
            for day, _ in terms
        ),
        default=0,
    )


def workplan_year(year: int) -> str:
    """Return the label of the year from July of ``year`` to June: ``2026–27``."""
    return f"{year}–{(year + 1) % 100:02d}"


def year_bounds(year: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a workplan year."""
    return datetime.date(year, 7, 1), datetime.date(year + 1, 6, 30)


def quarter_of(day: datetime.date) -> int:
    """Return the calendar quarter of a day, 1 to 4."""
    return (day.month - 1) // 3 + 1


def over_allocation(lines: Sequence[tuple[Decimal, bool]], allocation: Decimal | None) -> Decimal:
    """Return by how much ``(amount, from_allocation)`` lines exceed the allocation, at least 0.

    Without an allocation nothing can exceed it.
    """
    if allocation is None:
        return Decimal(0)
    planned = sum((amount for amount, from_allocation in lines if from_allocation), Decimal(0))
    return max(planned - allocation, Decimal(0))
