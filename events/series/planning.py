"""What a series will make, before anything is made."""

import datetime
from dataclasses import dataclass, field

from accounts.preferences import zone
from events import rules, times
from events.clashes import audience, clashing
from events.models import EventPage, Occurrence, Series

from .rules import occurrences


@dataclass(frozen=True)
class Hours:
    """When a meeting begins and ends on the wall clock of a zone."""

    start: datetime.time
    end: datetime.time | None
    time_zone: str
    fold: int = 0

    def last_day(self, day: datetime.date) -> datetime.date:
        """The day on which a meeting that begins on ``day`` ends."""
        over_midnight = self.end is not None and self.end <= self.start
        return day + datetime.timedelta(days=1) if over_midnight else day

    def instants(self, day: datetime.date) -> tuple[datetime.datetime, datetime.datetime | None]:
        """Return begin and end in UTC; raises ``LocalTimeError`` where the clocks skip one."""
        there = zone(self.time_zone) or rules.UTC
        begins = datetime.datetime.combine(day, self.start)
        starts_at = rules.to_utc(begins, there, self.fold)
        if self.end is None:
            return starts_at, None
        ends = datetime.datetime.combine(self.last_day(day), self.end)
        return starts_at, rules.end_to_utc(ends, there, starts_at, self.fold)


@dataclass(frozen=True)
class Planned:
    """One day of a series: what stands there, what is in the way, who else meets then."""

    day: datetime.date
    problem: str = ""
    lines: list[times.Time] = field(default_factory=list)
    clashes: list[EventPage] = field(default_factory=list)
    occurrence: Occurrence | None = None

    @property
    def is_new(self) -> bool:
        """A draft will be made for it."""
        return self.occurrence is None and not self.problem


def hours(of: Series | EventPage) -> Hours:
    """Return the hours of a series, or of a meeting that shall come again."""
    return Hours(of.start_time, of.end_time, of.time_zone, of.fold)


def days(series: Series) -> list[datetime.date]:
    """Return the days that the rule of a series names, less those left out."""
    left_out = {datetime.date.fromisoformat(day) for day in series.left_out}
    return occurrences(series.rule, series.first_on, series.until, left_out)


def plan(series: Series) -> list[Planned]:
    """Return the days of a series, each with what to know before drafts are made."""
    made = {each.planned_on: each for each in series.occurrences.select_related("event")}
    below = series.parent.specific
    who = audience(below, below.pk)
    return [_planned(series, day, made.get(day), who) for day in days(series)]


def _planned(series: Series, day: datetime.date, made: Occurrence | None, who) -> Planned:
    try:
        starts_at, ends_at = hours(series).instants(day)
    except rules.LocalTimeError as error:
        return Planned(day, times.gap_words(error, series.time_zone), occurrence=made)
    draft = EventPage(starts_at=starts_at, ends_at=ends_at, time_zone=series.time_zone)
    return Planned(
        day,
        lines=times.times(draft, None),
        clashes=[] if made else clashing(starts_at, ends_at, who),
        occurrence=made,
    )
