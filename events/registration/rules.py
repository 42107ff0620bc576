"""Who gets a seat, and when. No database, no clock, no settings: everything comes in."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

HOLD = datetime.timedelta(minutes=60)
HELD_AT_MOST_PERCENT = 20
CONFIRM_WITHIN = datetime.timedelta(hours=48)
LAST_DAY, LAST_HOURS = datetime.timedelta(hours=24), datetime.timedelta(hours=2)
MOST_OFFERS = 2
MANAGED_FOR = datetime.timedelta(days=30)


class State(StrEnum):
    """Where somebody stands between asking for a seat and having, or not having, one."""

    HELD = "held"  # a guest’s seat until the address is confirmed
    UNCONFIRMED = "unconfirmed"  # a guest without a seat until then
    PENDING = "pending"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    RECORDING = "recording"  # wants the recording and no seat
    WALK_IN = "walk-in"  # came without having registered
    EXPIRED = "expired"
    DECLINED = "declined"
    CANCELLED = "cancelled"


UNPROVEN = frozenset({State.HELD, State.UNCONFIRMED})
TIMED = UNPROVEN | {State.OFFERED}
SEATED = frozenset({State.HELD, State.CONFIRMED, State.OFFERED})
ACTIVE = SEATED | {State.UNCONFIRMED, State.PENDING, State.WAITING, State.RECORDING}
ENDS = frozenset({State.EXPIRED, State.DECLINED, State.CANCELLED})
# Who can have been there: nobody else is marked as present or absent.
COUNTED = frozenset({State.CONFIRMED, State.WALK_IN})
_PLACES = frozenset({State.PENDING, State.CONFIRMED, State.WAITING, State.RECORDING})
STEPS: dict[State, frozenset[State]] = {
    State.HELD: _PLACES | ENDS,
    State.UNCONFIRMED: _PLACES | ENDS,
    State.PENDING: frozenset({State.CONFIRMED, State.WAITING}) | ENDS,
    State.WAITING: frozenset({State.OFFERED, State.CONFIRMED}) | ENDS,
    State.OFFERED: frozenset({State.CONFIRMED, State.WAITING}) | ENDS,
    State.CONFIRMED: frozenset({State.CANCELLED}),
    State.RECORDING: frozenset({State.CANCELLED}),
    State.EXPIRED: _PLACES,  # a guest who confirms late, but within the life of the link
    State.DECLINED: frozenset(),
    State.CANCELLED: frozenset(),
    State.WALK_IN: frozenset(),
}


def may_step(before: str, after: str) -> bool:
    """Say whether a registration can go from one state to the other."""
    return State(after) in STEPS[State(before)]


# Seats -------------------------------------------------------------------------------------------


def free_seats(capacity: int | None, held: int, waiting: int) -> int:
    """Return how many more seats can be given away; as many as wait where there is no limit.

    Seats above the capacity belong to those who sat there before it was lowered.
    """
    return waiting if capacity is None else max(capacity - held, 0)


def has_room(capacity: int | None, held: int, waiting: int) -> bool:
    """Say whether a newcomer gets a seat: nobody passes those who wait (R3)."""
    return waiting == 0 and (capacity is None or held < capacity)


def overbooked(capacity: int | None, held: int) -> int:
    """Return by how many seats an event is over its capacity: nobody is thrown out."""
    return 0 if capacity is None else max(held - capacity, 0)


def may_hold(capacity: int | None, holds: int) -> bool:
    """Say whether one more seat may be held for an address that nobody has confirmed (R21)."""
    return capacity is None or (holds + 1) * 100 <= capacity * HELD_AT_MOST_PERCENT


def offer_until(
    now: datetime.datetime, starts_at: datetime.datetime | None, minutes: int
) -> datetime.datetime | None:
    """Return until when a freed seat is offered; ``None`` where it is given without asking (R4).

    Inside the last day there are two hours to answer, and inside the last two hours none.
    """
    usual = now + datetime.timedelta(minutes=minutes)
    if starts_at is None or starts_at - now > LAST_DAY:
        return usual
    if starts_at - now > LAST_HOURS:
        return min(usual, now + LAST_HOURS)
    return None


def after_missed_offer(offers: int) -> State:
    """Return what becomes of somebody who did not answer: the end of the line, once."""
    return State.WAITING if offers < MOST_OFFERS else State.EXPIRED


# The door ----------------------------------------------------------------------------------------


class Audience(StrEnum):
    """Who can register."""

    EVERYBODY = "everybody"
    MEMBERS = "members"
    GROUP = "group"


class Refusal(StrEnum):
    """Why somebody cannot register now."""

    OFF = "off"
    OVER = "over"
    NOT_YET = "not-yet"
    CLOSED = "closed"
    MEMBERS_ONLY = "members-only"
    MEMBERS_FIRST = "members-first"
    GROUP_ONLY = "group-only"


class Refused(Exception):
    """Somebody cannot register; ``reason`` says why and ``at`` from or until when, if ever."""

    def __init__(self, reason: Refusal, at: datetime.datetime | None = None):
        super().__init__(reason.value)
        self.reason = reason
        self.at = at


@dataclass(frozen=True)
class Occasion:
    """What registration needs to know of an event."""

    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    status: str = "scheduled"
    is_live: bool = True

    @property
    def over_at(self) -> datetime.datetime | None:
        """When it is over; an event without an end is over once it begins."""
        return self.ends_at or self.starts_at

    def is_ahead(self, now: datetime.datetime) -> bool:
        """It will be held, or is being held."""
        if self.status in {"cancelled", "postponed"} or not self.is_live:
            return False
        return self.over_at is None or now < self.over_at


@dataclass(frozen=True)
class Terms:
    """When registration is open, and for whom."""

    opens_at: datetime.datetime | None = None
    closes_at: datetime.datetime | None = None
    audience: str = Audience.EVERYBODY
    members_first_until: datetime.datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What somebody is to the Alliance and to the group that holds the event."""

    is_member: bool = False
    is_in_group: bool = False


def closed_because(occasion: Occasion, terms: Terms, now: datetime.datetime) -> Refused | None:
    """Return why nobody can register now, or ``None``."""
    if occasion.status in {"cancelled", "postponed"} or not occasion.is_live:
        return Refused(Refusal.OFF)
    if not occasion.is_ahead(now):
        return Refused(Refusal.OVER)
    if terms.opens_at and now < terms.opens_at:
        return Refused(Refusal.NOT_YET, terms.opens_at)
    if terms.closes_at and now >= terms.closes_at:
        return Refused(Refusal.CLOSED, terms.closes_at)
    return None


def refused_because(terms: Terms, who: Standing, now: datetime.datetime) -> Refused | None:
    """Return why this person cannot register though others can, or ``None``."""
    if terms.audience == Audience.GROUP and not who.is_in_group:
        return Refused(Refusal.GROUP_ONLY)
    if who.is_member:
        return None
    if terms.audience == Audience.MEMBERS:
        return Refused(Refusal.MEMBERS_ONLY)
    if terms.members_first_until and now < terms.members_first_until:
        return Refused(Refusal.MEMBERS_FIRST, terms.members_first_until)
    return None


# Afterwards --------------------------------------------------------------------------------------


def may_join(occasion: Occasion, minutes_before: int, now: datetime.datetime) -> bool:
    """Say whether the link to join is shown now: shortly before an event and until its end."""
    if occasion.starts_at is None or not occasion.is_ahead(now):
        return False
    return now >= occasion.starts_at - datetime.timedelta(minutes=minutes_before)


def is_managed(occasion: Occasion, now: datetime.datetime) -> bool:
    """Say whether the links of registrations still open: until 30 days after the event (R19)."""
    return occasion.over_at is None or now <= occasion.over_at + MANAGED_FOR


def sequence_to_send(of_event: int, last_sent: int | None) -> int:
    """Return the SEQUENCE of the next calendar mail to one person: it never falls (R15).

    Whoever cancels and comes back got a higher number than the event’s own with the cancellation.
    """
    return of_event if last_sent is None else max(of_event, last_sent + 1)
