"""What registrants are written of a change: decided and written when the mail leaves (R9)."""

import datetime
from dataclasses import dataclass, replace

from django.utils.translation import override

from events import ical, times
from events.models import EventPage, MeetingFacts, Registration
from events.registration.mail import address, calendar_of, letter, registration_of, version_of
from events.registration.rules import State
from mail import writers
from mail.message import Message
from mail.models import Delivery

from . import keys, recordings, rules, words
from .actions import is_superseded
from .readers import unreachable

TAKEN_BACK = "taken back"


def register_writers() -> None:
    """Let the outbox ask this package when the turn of such a mail comes."""
    writers.register(keys.CHANGE, write=write, may_send=may_send)
    writers.register(keys.RECORDING, write=recordings.write, may_send=recordings.may_send)


@dataclass(frozen=True)
class Change:
    """What somebody knows of a meeting, and how it stands now."""

    registration: Registration
    before: MeetingFacts
    now: MeetingFacts
    parts: rules.Parts


def may_send(delivery: Delivery, now: datetime.datetime) -> str:
    """Return why a notice is no longer true or wanted, or an empty string."""
    registration = registration_of(delivery)
    if reason := unreachable(registration):
        return reason
    if is_superseded(delivery.payload["meeting"], delivery.payload["sequence"]):
        return keys.SUPERSEDED
    if not registration.event.live:
        return keys.WITHDRAWN
    return "" if _change(delivery, registration, now).parts else TAKEN_BACK


def write(delivery: Delivery) -> Message:
    """Return the notice in the reader’s language and on the reader’s clock."""
    registration = registration_of(delivery)
    change = _change(delivery, registration, delivery.due_at)
    event = version_of(registration.event, registration.language)
    with override(registration.language):
        context = _context(change, event)
    message = letter(keys.CHANGE, registration, delivery.key, context)
    if not context["has_calendar"]:
        return message
    method = ical.CANCEL if event.status == rules.CANCELLED else ical.REQUEST
    return replace(message, calendar=calendar_of(registration, method, event))


def _change(delivery: Delivery, registration: Registration, now: datetime.datetime) -> Change:
    """Compare what somebody was told with what holds now, which may be newer than the plan."""
    history = list(MeetingFacts.objects.filter(meeting=delivery.payload["meeting"]))
    since = delivery.payload["since"]
    return Change(
        registration=registration,
        before=rules.facts_of(history, since),
        now=history[-1],
        parts=rules.to_tell(history, since, registration.state, now),
    )


def _context(change: Change, event: EventPage) -> dict:
    registration = change.registration
    reader_zone = times.zone_named(registration.time_zone)
    is_seated = registration.state == State.CONFIRMED
    return {
        "name": registration.name,
        "event": event,
        "headline": rules.headline(change.before, change.now, change.parts).value,
        "why": event.status_note,
        "rows": words.rows(change.before, change.now, change.parts, reader_zone),
        "times": times.times(event, reader_zone),
        "has_calendar": is_seated and event.starts_at is not None,
        "is_seated": is_seated,
        "wants_recording": registration.state == State.RECORDING,
        "is_waiting": registration.state in {State.WAITING, State.PENDING, State.OFFERED},
        "event_url": event.full_url,
        "url": address("registration", registration),
    }
