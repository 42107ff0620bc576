"""Decisions about groups and workplans: no database, no clock, everything is an argument."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from people.rules import includes

MOST_CO_CHAIRS = 4
FIRST_MONTH = 7  # a workplan year runs from July to June

# Core members write through their co-chairs; these two offices carry the right to edit.
EDITING_TITLES = frozenset({"co-chair", "coordinator"})

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
        (sum(includes(since, until, day) for since, until in terms) for day, _ in terms),
        default=0,
    )


def workplan_year(year: int) -> str:
    """Return the label of the year from July of ``year`` to June: ``2026–27``."""
    return f"{year}–{(year + 1) % 100:02d}"


def year_bounds(year: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a workplan year."""
    first, after = (datetime.date(each, FIRST_MONTH, 1) for each in (year, year + 1))
    return first, after - datetime.timedelta(days=1)


def workplan_year_of(day: datetime.date) -> int:
    """Return the workplan year in which a day lies, by the year in which it began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def over_allocation(lines: Sequence[tuple[Decimal, bool]], allocation: Decimal | None) -> Decimal:
    """Return by how much ``(amount, from_allocation)`` lines exceed the allocation, at least 0.

    Without an allocation nothing can exceed it.
    """
    if allocation is None:
        return Decimal(0)
    planned = sum((amount for amount, from_allocation in lines if from_allocation), Decimal(0))
    return max(planned - allocation, Decimal(0))


def sits_on_advisory_board(*, holds_seat: bool, is_co_chair: bool) -> bool:
    """Return whether somebody is a member of the Advisory Board today.

    Source: LPSA’s overview of its working groups: “All Working Group Co-Chairs are automatically
    a member of LPSA’s Advisory Board”. ``advisory.advisory_board`` says the same to the database.
    """
    return holds_seat or is_co_chair


class YearState(StrEnum):
    """Where today stands in relation to a workplan year."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


def year_state(year: int, today: datetime.date) -> YearState:
    """Return whether a workplan year lies ahead, is running or is over."""
    first, last = year_bounds(year)
    if today < first:
        return YearState.COMING
    return YearState.RUNNING if today <= last else YearState.OVER


class Progress(StrEnum):
    """How far a part of a workplan has come, measured against the time that has passed."""

    NOT_STARTED = "not-started"
    ON_TRACK = "on-track"
    LATE = "late"
    DONE = "done"
    MISSED = "missed"


def progress(planned: int, done: int, year: int, today: datetime.date) -> Progress:
    """Return how a number that was planned for a workplan year stands today.

    By the middle of the year half of what was planned should be there, rounded down.
    """
    first, last = year_bounds(year)
    if done >= planned:
        return Progress.DONE
    if today > last:
        return Progress.MISSED
    days_gone = max((today - first).days, 0)
    expected = planned * days_gone // ((last - first).days + 1)
    if done < expected:
        return Progress.LATE
    return Progress.ON_TRACK if done else Progress.NOT_STARTED


class MeetingState(StrEnum):
    """What became of a meeting that a workplan names."""

    HELD = "held"
    ANNOUNCED = "announced"
    PLANNED = "planned"
    DATE_OPEN = "date-open"
    LATE = "late"
    NOT_HELD = "not-held"


def quarter_bounds(year: int, quarter: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of a calendar quarter within the workplan year ``year``."""
    calendar_year = year if quarter >= 3 else year + 1
    first = datetime.date(calendar_year, quarter * 3 - 2, 1)
    after = datetime.date(calendar_year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return first, after - datetime.timedelta(days=1)


def quarter_label(year: int, quarter: int) -> str:
    """Return the name of a quarter of a workplan year: ``Q1 2027``."""
    return f"Q{quarter} {quarter_bounds(year, quarter)[0].year}"


@dataclass(frozen=True)
class PlannedDate:
    """A meeting that a workplan names: its quarter and, where there is one, its date."""

    quarter: int
    on: datetime.date | None = None


def match_meetings(
    planned: Sequence[PlannedDate], days: Sequence[datetime.date], year: int
) -> list[datetime.date | None]:
    """Return for each planned meeting the day of the real one that fulfils it, if any.

    A real meeting counts for its quarter and only once. Where a quarter has several, the one
    nearest to the tentative date is taken.
    """
    free = sorted(days)
    matched: list[datetime.date | None] = []
    for meeting in planned:
        first, last = quarter_bounds(year, meeting.quarter)
        wanted = meeting.on or first
        in_quarter = [day for day in free if first <= day <= last]
        nearest = min(in_quarter, key=lambda day, to=wanted: abs(day - to), default=None)
        if nearest:
            free.remove(nearest)
        matched.append(nearest)
    return matched


def meeting_state(
    planned: PlannedDate, real: datetime.date | None, year: int, today: datetime.date
) -> MeetingState:
    """Return what became of a planned meeting; ``real`` is the day from ``match_meetings``."""
    if real:
        return MeetingState.HELD if real <= today else MeetingState.ANNOUNCED
    if today > quarter_bounds(year, planned.quarter)[1]:
        return MeetingState.NOT_HELD
    if planned.on is None:
        return MeetingState.DATE_OPEN
    return MeetingState.LATE if planned.on < today else MeetingState.PLANNED
