"""Registering for all coming meetings of a series at once."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from events.models import EventSeats, FormVersion, Registration, Series
from events.registration import actions, doors, rules
from events.registration.lock import Busy
from events.registration.people import Who
from events.registration.questions import questions_of
from events.registration.rules import State

from .public import meetings


@dataclass(frozen=True)
class Outlook:
    """What registering for all would do: at which meetings, and how many are left out and why."""

    seats: list[EventSeats] = field(default_factory=list)
    registered: int = 0
    asking: int = 0
    closed: int = 0


def outlook(series: Series, who: Who, now: datetime.datetime) -> Outlook:
    """Return for which coming meetings a member could register with one click.

    Left out are those for which they are registered, that are not open to them now, and whose
    form has a question that has to be answered.
    """
    ahead = meetings(series).upcoming(now).taking_place().values("translation_key")
    rows = EventSeats.objects.filter(meeting__in=ahead).select_related("event__group")
    every = list(rows.defer("event__body").order_by("event"))
    ids = [seats.event_id for seats in every]
    mine = set(
        Registration.objects.filter(
            event__in=ids, contact=who.contact, state__in=rules.ACTIVE
        ).values_list("event", flat=True)
    )
    asking = _with_required_questions(ids)
    sorted_out = Counter()
    free = []
    for seats in every:
        if seats.event_id in mine:
            sorted_out["registered"] += 1
        elif doors.refusal_of(seats.event, seats, who, now):
            sorted_out["closed"] += 1
        elif seats.event_id in asking:
            sorted_out["asking"] += 1
        else:
            free.append(seats)
    return Outlook(free, **sorted_out)


def register_for_all(series: Series, who: Who, now: datetime.datetime) -> Counter[str]:
    """Register a member for every coming meeting where one click is enough; count the states.

    Each meeting is a transaction of its own, as when they register for it alone: one that is full
    or closed meanwhile takes no other with it, and once more changes nothing. ``busy`` counts
    those whose seats could not be had.
    """
    done: Counter[str] = Counter()
    for seats in outlook(series, who, now).seats:
        try:
            outcome = actions.register(seats.event_id, who, actions.Asked(), now)
        except rules.Refused:
            done["refused"] += 1
        except Busy:
            done["busy"] += 1
        else:
            done[State(outcome.state).value] += 1
    return done


def _with_required_questions(ids: list[int]) -> set[int]:
    newest = {
        version.event_id: version
        for version in FormVersion.objects.filter(event__in=ids).order_by("number")
    }
    return {
        event_id
        for event_id, version in newest.items()
        if any(question.required for question in questions_of(version))
    }
