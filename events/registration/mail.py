"""What registration writes to people: planned with the change, written when it is sent.

A planned mail holds the id of the change. When its turn comes it is asked whether what it says is
still true (R9): nobody is offered a seat that went to somebody else meanwhile.
"""

import datetime
import uuid
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from events import ical, times
from events.models import EventPage, Registration, RegistrationEvent
from mail import writers
from mail.message import Calendar, Message, compose
from mail.models import Delivery, Lane
from mail.outbox import Planned

from . import links, rules
from .rules import State
from .sections import place_in_line

CONFIRM = "registration_confirm"
LINK = "registration_link"
PROMOTED = "registration_promoted"
OFFER_MISSED = "registration_offer_missed"
CANCELLED = "registration_cancelled"
BY_STATE = {
    State.HELD: CONFIRM,
    State.UNCONFIRMED: CONFIRM,
    State.PENDING: "registration_pending",
    State.CONFIRMED: "registration_confirmed",
    State.WAITING: "registration_waiting",
    State.OFFERED: "registration_offer",
    State.RECORDING: "registration_recording",
    State.DECLINED: "registration_declined",
    State.CANCELLED: CANCELLED,
}
BY_STEP = {
    (State.WAITING, State.CONFIRMED): PROMOTED,
    (State.OFFERED, State.WAITING): OFFER_MISSED,
    (State.OFFERED, State.EXPIRED): OFFER_MISSED,
}
PURPOSES = frozenset({*BY_STATE.values(), *BY_STEP.values(), LINK})
# Nobody asked by mail whether they are there is told that they are not.
SILENT = frozenset({(State.HELD, State.CANCELLED), (State.UNCONFIRMED, State.CANCELLED)})


def about(change: RegistrationEvent, now: datetime.datetime) -> Planned | None:
    """Return the mail that tells somebody of a change; ``None`` where there is nothing to tell."""
    step = (change.before, change.after)
    purpose = BY_STEP.get(step) or BY_STATE.get(change.after)
    if purpose is None or step in SILENT:
        return None
    key = f"{purpose}:{change.pk}"
    return _planned(purpose, change.registration, key, {"change": change.pk}, now)


def link_again(registration: Registration, now: datetime.datetime) -> Planned:
    """Return the mail to somebody who registers a second time."""
    key = f"{LINK}:{registration.pk}:{int(now.timestamp())}"
    return _planned(LINK, registration, key, {"registration": registration.pk}, now)


def calendar_method(before: str, after: str) -> str:
    """Return what the mail about a change does to the reader’s calendar, if anything."""
    if after == State.CONFIRMED:
        return ical.REQUEST
    return ical.CANCEL if (before, after) == (State.CONFIRMED, State.CANCELLED) else ""


def register_writers() -> None:
    """Let the outbox ask this module when the turn of such a mail comes."""
    for purpose in PURPOSES:
        writers.register(purpose, write=write, may_send=may_send)


def may_send(delivery: Delivery, now: datetime.datetime) -> str:
    """Return why a mail is no longer true, or an empty string."""
    change, registration = _subject(delivery)
    if registration is None or registration.contact_id is None:
        return "erased"
    if change is None or change.after in rules.ENDS:
        return ""
    return "" if registration.state == change.after else f"meanwhile {registration.state}"


def write(delivery: Delivery) -> Message:
    """Return the mail in the reader’s language, with the reader’s own link."""
    change, registration = _subject(delivery)
    purpose = delivery.purpose
    if purpose == LINK and registration.state in rules.UNPROVEN:
        purpose = CONFIRM
    with override(registration.language):
        context = _context(registration, change)
    message = letter(purpose, registration, delivery.key, context)
    method = calendar_method(change.before, change.after) if change else ""
    if not method or registration.event.starts_at is None:
        return message
    return replace(message, calendar=calendar_of(registration, method, context["event"]))


def letter(purpose: str, to: Registration, key: str, context: dict) -> Message:
    """Return a mail to somebody in their language; whoever only tries it out has no contact."""
    return compose(
        f"events/{purpose}",
        key=key,
        recipient=to.contact.email if to.contact_id else "",
        language=to.language,
        context=context,
    )


def registration_of(delivery: Delivery) -> Registration | None:
    """Return the registration that a mail names, with the event and the contact."""
    rows = Registration.objects.select_related("event__locale", "contact").defer("event__body")
    return rows.filter(pk=delivery.payload["registration"]).first()


def try_out(event: EventPage, user: User, **given) -> Registration:
    """Return a registration that is never saved, with which an organiser looks at a mail."""
    return Registration(
        public_id=uuid.uuid4(),
        event=event,
        name=user.name or user.email,
        time_zone=user.time_zone or event.time_zone,
        **{"language": user.language, **given},
    )


def address(name: str, registration: Registration, purpose: str = links.MANAGE) -> str:
    """Return the whole address of a page about a registration, in its language."""
    with override(registration.language):
        path = reverse(name, args=[links.make(purpose, registration)])
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"


def _planned(
    purpose: str, to: Registration, key: str, payload: dict[str, int], now: datetime.datetime
) -> Planned:
    return Planned(
        key=key,
        purpose=purpose,
        lane=Lane.TRANSACTIONAL,
        contact=to.contact,
        payload=payload,
        due_at=now,
        not_after=now + rules.CONFIRM_WITHIN if purpose == CONFIRM else None,
    )


def _subject(delivery: Delivery) -> tuple[RegistrationEvent | None, Registration | None]:
    if "registration" in delivery.payload:
        return None, registration_of(delivery)
    rows = RegistrationEvent.objects.select_related(
        "registration__event__locale", "registration__contact"
    )
    change = rows.filter(pk=delivery.payload["change"]).first()
    return (change, change.registration) if change else (None, None)


def _context(registration: Registration, change: RegistrationEvent | None) -> dict:
    event = version_of(registration.event, registration.language)
    offered = registration.offer_until
    reader_zone = times.zone_named(registration.time_zone)
    return {
        "name": registration.name,
        "event": event,
        "times": times.times(event, reader_zone),
        "registration": registration,
        "place": place_in_line(registration),
        "offer_until": times.moment(offered, reader_zone) if offered else "",
        "why": change.why if change and change.by_id not in (None, registration.user_id) else "",
        "was_seated": bool(change and change.before == State.CONFIRMED),
        "is_last": bool(change and change.after == State.EXPIRED),
        "event_url": event.full_url,
        "url": address("registration", registration),
        "confirm_url": address("registration_confirm", registration, links.CONFIRM),
    }


def calendar_of(registration: Registration, method: str, event: EventPage) -> Calendar:
    """Return what puts an event into somebody’s calendar, or takes it out, in their language."""
    attendee = ical.Attendee(
        email=registration.contact.email,
        name=registration.name,
        at_least=registration.ics_sequence_sent or 0,
        note=address("registration", registration) if method == ical.REQUEST else "",
    )
    with override(registration.language):
        return Calendar(method, ical.event_ics(event, method, attendee).decode())


def version_of(event: EventPage, language: str) -> EventPage:
    """Return the page of a meeting that somebody can read best."""
    if event.locale.language_code == language:
        return event
    versions = EventPage.objects.filter(
        translation_key=event.translation_key, locale__language_code=language, live=True
    )
    return versions.select_related("locale").first() or event
