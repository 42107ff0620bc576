"""Decisions about time. No database, no clock, no settings: everything comes in as an argument."""

import calendar
import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

UTC = datetime.UTC
LONGEST = datetime.timedelta(days=31)
DAY = SOON = datetime.timedelta(hours=24)
FIRST_YEAR, LAST_YEAR = 2000, 2100
FEED_BACK = datetime.timedelta(days=60)
FEED_AHEAD_MONTHS = 18


# From the wall clock to an instant --------------------------------------------------------------


@dataclass
class LocalTimeError(ValueError):
    """A local time that the zone skips; ``before`` and ``after`` are the nearest that exist."""

    local: datetime.datetime
    before: datetime.datetime
    after: datetime.datetime


def to_utc(local: datetime.datetime, zone: datetime.tzinfo, fold: int = 0) -> datetime.datetime:
    """Return the instant of a local time in a zone, in UTC.

    ``fold`` says which of the two is meant where the clocks go back (PEP 495). Raises
    ``LocalTimeError`` where the clocks go forward and the time does not exist, which shows in
    that the way there and back does not end where it began.
    """
    there = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if there.astimezone(zone).replace(tzinfo=None) == local:
        return there
    instants = sorted(local.replace(tzinfo=zone, fold=f).astimezone(UTC) for f in (0, 1))
    before, after = (instant.astimezone(zone).replace(tzinfo=None) for instant in instants)
    raise LocalTimeError(local, before, after)


def end_to_utc(
    local: datetime.datetime, zone: datetime.tzinfo, starts_at: datetime.datetime, fold: int = 0
) -> datetime.datetime:
    """Return the instant of an end: where its time happens twice, one that follows the begin."""
    ends_at = to_utc(local, zone, fold)
    return to_utc(local, zone, 1) if ends_at <= starts_at else ends_at


def feed_window(now: datetime.datetime) -> tuple[datetime.datetime, datetime.datetime]:
    """Return from when to when a feed tells of events: it moves at midnight in UTC, not before.

    Calendars elsewhere refuse large files, and nobody plans further ahead.
    """
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    month, later = divmod(today.month - 1 + FEED_AHEAD_MONTHS, 12)
    end = today.replace(year=today.year + month, month=later + 1, day=1)
    return today - FEED_BACK, end + datetime.timedelta(days=today.day - 1)


# What the event is doing now --------------------------------------------------------------------


class Phase(StrEnum):
    """Where an event stands in its life, as readers see it."""

    UNDATED = "undated"
    SAVE_THE_DATE = "save-the-date"
    BEFORE = "before"
    SOON = "soon"
    LIVE = "live"
    HELD = "held"
    RECORDING_COMING = "recording-coming"
    RECORDING_AVAILABLE = "recording-available"
    NO_RECORDING = "no-recording"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """It was held; the page is an archive."""
        return self in AFTERWARDS

    @property
    def is_ahead(self) -> bool:
        """It will be held, or is being held: one can still take part."""
        return self in {Phase.SAVE_THE_DATE, Phase.BEFORE, Phase.SOON, Phase.LIVE}


AFTERWARDS = frozenset(
    {Phase.HELD, Phase.RECORDING_COMING, Phase.RECORDING_AVAILABLE, Phase.NO_RECORDING}
)
BY_RECORDING = {
    "processing": Phase.RECORDING_COMING,
    "available": Phase.RECORDING_AVAILABLE,
    "none": Phase.NO_RECORDING,
}


@dataclass(frozen=True)
class Schedule:
    """What decides the phase of an event: its two instants, its status, its recording."""

    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    status: str = "scheduled"
    recording: str = ""


def phase(event: Schedule, now: datetime.datetime) -> Phase:
    """Return where the event stands. What the organisers said goes before what the clock says.

    An event without an end counts as over once it has begun; a date that was only to be saved
    and has come is an event like any other.
    """
    if event.status in {"cancelled", "postponed"}:
        return Phase(event.status)
    if event.starts_at is None:
        return Phase.UNDATED
    if (event.ends_at or event.starts_at) <= now:
        return BY_RECORDING.get(event.recording, Phase.HELD)
    if event.starts_at <= now:
        return Phase.LIVE
    if event.status == "save-the-date":
        return Phase.SAVE_THE_DATE
    return Phase.SOON if event.starts_at - now <= SOON else Phase.BEFORE


# One stretch of time on several clocks -----------------------------------------------------------


@dataclass(frozen=True)
class Stretch:
    """From when to when, on the wall clock of one zone. ``ends`` may be unknown."""

    starts: datetime.datetime
    ends: datetime.datetime | None

    @property
    def last_day(self) -> datetime.date:
        """The last day it touches; what ends at midnight does not touch the next day."""
        if self.ends is None or self.ends <= self.starts:
            return self.starts.date()
        return (self.ends.replace(tzinfo=None) - datetime.timedelta(microseconds=1)).date()

    @property
    def days(self) -> list[datetime.date]:
        """Every day it touches."""
        first = self.starts.date()
        count = max((self.last_day - first).days, 0) + 1
        return [first + datetime.timedelta(days=day) for day in range(count)]

    @property
    def is_long(self) -> bool:
        """It fills more than a day, so that clock times alone would mislead.

        Counted in UTC: Python takes two times of one zone apart as if no clock ever changed.
        """
        if self.ends is None:
            return False
        return self.ends.astimezone(UTC) - self.starts.astimezone(UTC) > DAY

    @property
    def wall_clock(self) -> tuple[datetime.datetime, datetime.datetime | None]:
        """What a clock on the wall shows: two zones that agree on it need one line."""
        ends = self.ends.replace(tzinfo=None, fold=0) if self.ends else None
        return self.starts.replace(tzinfo=None, fold=0), ends


def on_the_clock(
    starts_at: datetime.datetime, ends_at: datetime.datetime | None, zone: datetime.tzinfo
) -> Stretch:
    """Return the stretch as the clocks of a zone show it."""
    return Stretch(starts_at.astimezone(zone), ends_at.astimezone(zone) if ends_at else None)


@dataclass(frozen=True)
class Reading:
    """A stretch on one clock, and everything that this clock stands for."""

    stretch: Stretch
    names: tuple[str, ...]


def readings(
    starts_at: datetime.datetime,
    ends_at: datetime.datetime | None,
    clocks: Iterable[tuple[str, datetime.tzinfo]],
) -> list[Reading]:
    """Return the stretch on each of the named clocks; those that show the same share one line."""
    merged: dict[tuple, Reading] = {}
    for name, zone in clocks:
        stretch = on_the_clock(starts_at, ends_at, zone)
        known = merged.get(stretch.wall_clock, Reading(stretch, ()))
        merged[stretch.wall_clock] = Reading(known.stretch, (*known.names, name))
    return list(merged.values())


def offset_words(offset: datetime.timedelta) -> str:
    """Return the distance from UTC as people write it: ``UTC``, ``UTC+3``, ``UTC−4:30``."""
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02d}' if rest else ''}"


# Months ------------------------------------------------------------------------------------------


def parse_month(text: str) -> datetime.date | None:
    """Return the first day of ``2026-11``; ``None`` for anything that is no month of our time."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    return datetime.date(int(found[1]), int(found[2]), 1)


def month_after(first: datetime.date, months: int = 1) -> datetime.date:
    """Return the first day of the month so many months later, or earlier."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return datetime.date(year, month + 1, 1)


def weeks(first: datetime.date, first_weekday: int) -> list[list[datetime.date]]:
    """Return the weeks of a month as a wall calendar shows them; Monday is 0."""
    return calendar.Calendar(first_weekday).monthdatescalendar(first.year, first.month)


def lanes(week: Sequence[datetime.date], bars: Sequence[Sequence[datetime.date]]) -> list[int]:
    """Return for each bar the line on which it runs through the week without a collision.

    Bars come in order of their first day; each takes the highest free line.
    """
    taken: list[set[datetime.date]] = []
    chosen = []
    for bar in bars:
        days = set(bar) & set(week)
        lane = next((i for i, used in enumerate(taken) if not used & days), len(taken))
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= days
        chosen.append(lane)
    return chosen
