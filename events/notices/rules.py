"""Who hears of which change. No database, no clock, no settings: everything comes in."""

import datetime
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from events.registration.rules import ACTIVE, UNPROVEN, State

# Whoever has not proved an address yet learns how things stand with the confirmation.
AUDIENCE = ACTIVE - UNPROVEN
CANCELLED, POSTPONED, SCHEDULED = "cancelled", "postponed", "scheduled"
RECORDING_WITHIN = datetime.timedelta(days=183)
# Whoever asked for the recording and for nothing else waits longer for it.
RECORDING_ASKED_WITHIN = datetime.timedelta(days=2 * 365)


class Facts(Protocol):
    """When, where and whether a meeting is held, as it stood under one sequence."""

    sequence: int
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    time_zone: str
    status: str
    mode: str
    venue: str
    said_at: datetime.datetime
    is_told: bool


class Part(StrEnum):
    """What of a meeting can change."""

    STATUS = "status"
    WHEN = "when"
    ZONE = "zone"
    PLACE = "place"


class Headline(StrEnum):
    """What a notice says first."""

    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    BACK = "back"
    MOVED = "moved"
    ELSEWHERE = "elsewhere"
    CHANGED = "changed"


Parts = frozenset[Part]
NOTHING: Parts = frozenset()


def differences(before: Facts, now: Facts) -> Parts:
    """Return what differs between two states of a meeting."""
    pairs = {
        Part.STATUS: (before.status, now.status),
        Part.WHEN: ((before.starts_at, before.ends_at), (now.starts_at, now.ends_at)),
        Part.ZONE: (before.time_zone, now.time_zone),
        Part.PLACE: ((before.mode, before.venue), (now.mode, now.venue)),
    }
    return frozenset(part for part, (then, today) in pairs.items() if then != today)


def to_tell(history: Sequence[Facts], since: int, state: str, now: datetime.datetime) -> Parts:
    """Return what somebody hears now who was last told the facts of the sequence ``since``.

    ``history`` is in order and ends with how things stand. Once there is something to tell,
    everything is told that differs from what they know, also what was changed quietly before: a
    mail that repeats the facts and hides one of them would mislead. What is as it was, what was
    changed quietly and nothing else, and what only concerns a meeting that is off or over anyway
    gives no mail.
    """
    known, last = facts_of(history, since), history[-1]
    if _is_over(known, now) and _is_over(last, now):
        return NOTHING
    if known.status == last.status == CANCELLED:
        return NOTHING
    found = differences(known, last)
    if state == State.RECORDING:
        found &= {Part.STATUS}
    said_aloud = frozenset[Part]().union(
        *(
            differences(before, after)
            for before, after in pairwise(history)
            if after.is_told and after.sequence > since
        )
    )
    return found if found & said_aloud else NOTHING


def facts_of(history: Sequence[Facts], sequence: int) -> Facts:
    """Return how things stood under a sequence; the first facts for an older one."""
    return next((facts for facts in reversed(history) if facts.sequence <= sequence), history[0])


def known_since(history: Sequence[Facts], registered_at: datetime.datetime) -> int:
    """Return the sequence of what the meeting said when somebody registered."""
    known = [facts.sequence for facts in history if facts.said_at < registered_at]
    return max(known, default=history[0].sequence)


def headline(before: Facts, now: Facts, parts: Parts) -> Headline:
    """Return what matters most of these changes."""
    if Part.STATUS in parts:
        if now.status in {CANCELLED, POSTPONED}:
            return Headline(now.status)
        if now.status == SCHEDULED and before.status in {CANCELLED, POSTPONED}:
            return Headline.BACK
    if Part.WHEN in parts:
        return Headline.MOVED
    return Headline.ELSEWHERE if parts == {Part.PLACE} else Headline.CHANGED


def _is_over(facts: Facts, now: datetime.datetime) -> bool:
    over_at = facts.ends_at or facts.starts_at
    return over_at is not None and over_at <= now
