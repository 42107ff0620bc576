"""When a reminder is due, to whom it goes, and until when it is of use. Pure."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from events.registration.rules import Occasion, State

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
DAY_MINUTES = 24 * 60
MOST_DAYS = 60
MOST_MINUTES = MOST_DAYS * DAY_MINUTES
MOST_RULES = 12
# What is planned so long ahead still leaves when the planner stands still for a while.
HORIZON = datetime.timedelta(minutes=90)
# What was missed longer ago than this is not even written down any more.
LOOK_BACK = 14 * DAY
# A registration that was begun before a reminder was due may commit a little after.
SETTLE = datetime.timedelta(minutes=5)


class Basis(StrEnum):
    """What a reminder is reckoned from."""

    START = "start"
    END = "end"
    MOMENT = "moment"


class Audience(StrEnum):
    """Which of those registered a reminder is for."""

    SEATED = "seated"
    WAITING = "waiting"
    RECORDING = "recording"
    EVERYBODY = "everybody"


_STATES = {
    Audience.SEATED: frozenset({State.CONFIRMED}),
    Audience.WAITING: frozenset({State.WAITING, State.OFFERED}),
    Audience.RECORDING: frozenset({State.RECORDING}),
}


def states_of(audience: str) -> frozenset[State]:
    """Return the states of the registrations that belong to an audience."""
    everybody = frozenset[State]().union(*_STATES.values())
    return _STATES.get(Audience(audience), everybody)


@dataclass(frozen=True)
class Timing:
    """How far from its anchor a reminder is due.

    ``minutes`` is time that passes, whatever the clocks do; ``days`` with ``at_time`` is the wall
    clock of the event (R12); a ``MOMENT`` is an anchor of its own.
    """

    basis: str
    minutes: int | None = None
    days: int | None = None
    at_time: datetime.time | None = None
    moment: datetime.datetime | None = None

    def anchor(self, occasion: Occasion) -> datetime.datetime | None:
        """Return the begin, the end or the moment; ``None`` for an event without a date.

        It stands in the key of each mail: a reminder for another begin is another reminder (R10).
        """
        if self.basis == Basis.MOMENT:
            return self.moment
        return occasion.starts_at if self.basis == Basis.START else occasion.over_at

    def due_at(self, anchor: datetime.datetime, zone: datetime.tzinfo) -> datetime.datetime:
        """Return when the reminder is due, in UTC.

        An hour that the clocks of that day skip becomes the one right after; of one that they show
        twice it is the first.
        """
        if self.basis == Basis.MOMENT:
            return anchor
        way = -1 if self.basis == Basis.START else 1
        if self.days is None:
            return anchor + way * datetime.timedelta(minutes=self.minutes or 0)
        day = anchor.astimezone(zone).date() + way * datetime.timedelta(days=self.days)
        there = datetime.datetime.combine(day, self.at_time or datetime.time(), tzinfo=zone)
        return there.astimezone(datetime.UTC)

    @property
    def grace(self) -> datetime.timedelta:
        """How late it may leave (R11)."""
        is_short = self.minutes is not None and self.minutes < DAY_MINUTES
        return HOUR if self.basis == Basis.START and is_short else 12 * HOUR

    def not_after(
        self, due_at: datetime.datetime, starts_at: datetime.datetime | None
    ) -> datetime.datetime:
        """Return until when it may leave: nobody is reminded of what has begun."""
        latest = due_at + self.grace
        return min(latest, starts_at) if starts_at and due_at < starts_at else latest


class Fault(StrEnum):
    """Why a reminder cannot be due at such a time."""

    PAST = "past"
    TOO_LATE = "too late"


def fault_of(
    timing: Timing, occasion: Occasion, zone: datetime.tzinfo, now: datetime.datetime
) -> Fault | None:
    """Return why a reminder would never leave for the date that an event has now, or ``None``."""
    anchor = timing.anchor(occasion)
    if anchor is None:
        return None
    due_at = timing.due_at(anchor, zone)
    if timing.basis == Basis.START and due_at >= anchor:
        return Fault.TOO_LATE
    return Fault.PAST if due_at < now else None


def obstacle(occasion: Occasion) -> str:
    """Return why nobody is written to about an event, or an empty string (R9)."""
    if occasion.status in {"cancelled", "postponed"}:
        return occasion.status
    return "" if occasion.is_live else "unpublished"
