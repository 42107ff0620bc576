"""The mail by which a message reaches one person: the organisers’ words, in a frame of ours.

The words stand as they were written; greeting them, the facts of the event and the way to one’s
own registration are in the reader’s language and on the reader’s clock.
"""

import datetime
from dataclasses import replace

from django.conf import settings
from django.utils.translation import override

from accounts.models import User
from events import times
from events.models import AttendeeMessage, EventAccess, EventPage, Registration
from events.registration import mail as registration_mail
from mail import writers
from mail.message import Message
from mail.models import Delivery
from working_groups.listed import listed_group

from . import rules
from .audience import condition

PURPOSE = "attendee_message"
TEST = "attendee_message_test"


def register_writers() -> None:
    """Let the outbox ask this module when the turn of such a mail comes."""
    writers.register(PURPOSE, write=write, may_send=may_send)


def may_send(delivery: Delivery, now: datetime.datetime) -> str:
    """Return why somebody does not get a message after all, or an empty string (R9)."""
    message, registration = _subject(delivery)
    if message is None or registration is None or registration.contact_id is None:
        return "erased"
    if message.cancelled_at:
        return "cancelled"
    rows = Registration.objects.filter(condition(message.audience), pk=registration.pk)
    if not rows.exists():
        return f"meanwhile {registration.state}"
    # The way in may have been set up, or moved to this address, after the message was written.
    is_leak = gives_away(registration.event, f"{message.subject}\n{message.text}")
    return "gives the link to join away" if is_leak else ""


def write(delivery: Delivery) -> Message:
    """Return the mail to one person."""
    message, registration = _subject(delivery)
    return written(message, registration, delivery.key)


def written(said, to: Registration, key: str) -> Message:
    """Return what somebody gets of a message; ``said`` has a subject and a text."""
    with override(to.language):
        event = registration_mail.version_of(to.event, to.language)
        shown = times.times(event, times.zone_named(to.time_zone))
        url = registration_mail.address("registration", to) if to.pk else event.full_url or ""
        values = {"name": to.name, "event": event.title, "time": _in_one_line(shown), "link": url}
        context = {
            "subject": rules.filled(said.subject, values),
            "text": rules.filled(said.text, values),
            "event": event,
            "times": shown,
            "event_url": event.full_url,
            "url": url,
        }
    mail = registration_mail.letter(PURPOSE, to, key, context)
    return replace(mail, reply_to=reply_to(to.event))


def sample(event: EventPage, said, to: User, key: str) -> Message:
    """Return a message as the organiser would get it, to look at or to try out."""
    person = registration_mail.try_out(event, to)
    return replace(written(said, person, key), recipient=to.email, purpose=TEST)


def gives_away(event: EventPage, text: str) -> bool:
    """Say whether a text names the way into the event, which no mail does."""
    access = EventAccess.objects.filter(event=event).first()
    return access is not None and rules.gives_away(text, access.join_url, access.passcode)


def reply_to(event: EventPage) -> str:
    """Return where answers go: to the group that holds the event; else to nobody in particular."""
    group = listed_group(event.group_id)
    return group.contact_email if group else ""


def sender() -> str:
    """Return from whom such mails come."""
    return settings.DEFAULT_FROM_EMAIL


def _subject(delivery: Delivery) -> tuple[AttendeeMessage | None, Registration | None]:
    message = AttendeeMessage.objects.filter(pk=delivery.payload["message"]).first()
    return message, registration_mail.registration_of(delivery)


def _in_one_line(shown: list[times.Time]) -> str:
    """Return the time on the reader’s own clock, which comes last."""
    if not shown:
        return ""
    own = next((line for line in shown if line.role == "viewer"), shown[0])
    return f"{own.date}, {own.time}, {own.zone_label}"
