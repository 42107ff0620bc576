"""Sending, stopping and counting messages to attendees."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet

from accounts.models import User
from events.models import AttendeeMessage, EventPage, EventSeats, Registration
from mail import outbox
from mail.bulk import Letter, Mailing, pages, plan_bulk
from mail.models import Delivery, Lane
from mail.tally import Tally
from working_groups.access import is_secretariat

from . import mail as letters
from . import rules
from .audience import recipients

PAGE = 1_000
IN_ONE_RUN = 50


@dataclass(frozen=True)
class Draft:
    """What an organiser wrote; ``key`` is that of the form: sent twice, it counts once."""

    subject: str
    text: str
    audience: tuple[str, ...]
    key: uuid.UUID


class TooMany(Exception):
    """So many messages were written about this event today that another one needs a reason."""


class GivesAway(Exception):
    """The text names the way into the event."""


@transaction.atomic
def send(
    event: EventPage, draft: Draft, by: User, due_at: datetime.datetime, now: datetime.datetime
) -> AttendeeMessage:
    """Send a message now, or when ``due_at`` has come; the same form sent twice counts once.

    ``event`` holds the registrations. Raises ``TooMany`` for co-chairs and hosts who wrote enough
    for a day, and ``GivesAway`` for a text with the link to join.
    """
    # Of two who write at once, each counts what the other one wrote.
    EventSeats.objects.select_for_update().filter(event=event).first()
    if known := AttendeeMessage.objects.filter(key=draft.key, event=event).first():
        return known
    if letters.gives_away(event, f"{draft.subject}\n{draft.text}"):
        raise GivesAway
    written = AttendeeMessage.objects.filter(event=event).values_list("written_at", flat=True)
    if not is_secretariat(by) and not rules.has_room_today(list(written), now):
        raise TooMany
    # The same form sent anew about another event, after going back to it in the browser.
    is_taken = AttendeeMessage.objects.filter(key=draft.key).exists()
    message = AttendeeMessage.objects.create(
        event=event,
        key=uuid.uuid4() if is_taken else draft.key,
        subject=draft.subject,
        text=draft.text,
        audience=list(draft.audience),
        by=by,
        written_at=now,
        due_at=max(due_at, now),
    )
    if message.due_at <= now:
        plan(message, now)
    return message


def send_test(event: EventPage, draft: Draft, to: User) -> None:
    """Send somebody the message as they would get it, and nobody else."""
    key = f"{letters.TEST}:{uuid.uuid4()}"
    outbox.send(letters.sample(event, draft, to, key))


def plan_due(now: datetime.datetime) -> int:
    """Plan the mails of the messages whose time has come; return of how many messages."""
    due = AttendeeMessage.objects.filter(
        planned_at=None, cancelled_at=None, due_at__lte=now
    ).order_by("due_at", "pk")
    return sum(plan(message, now) for message in due[:IN_ONE_RUN])


@transaction.atomic
def plan(message: AttendeeMessage, now: datetime.datetime) -> bool:
    """Plan a mail to each recipient, exactly once; ``False`` if it was planned or cancelled.

    Who takes part is asked now, page by page; the mails are written when they are sent.
    """
    open_still = AttendeeMessage.objects.filter(pk=message.pk, planned_at=None, cancelled_at=None)
    if not open_still.update(planned_at=now):
        return False
    message.planned_at = now
    mailing = Mailing(letters.PURPOSE, Lane.REMINDER, not_after=message.due_at + rules.KEEPS)
    found = recipients(message.event_id, message.audience)
    message.recipients = sum(
        plan_bulk([_letter(message, *row, now) for row in page], mailing)
        for page in pages(found, "contact", size=PAGE)
    )
    message.save(update_fields=["recipients"])
    return True


def cancel(message: AttendeeMessage, by: User, now: datetime.datetime) -> bool:
    """Stop a message as far as it has not left; ``False`` if all of it has, or it was stopped."""
    if not may_stop(message, tallies([message])[message.pk]):
        return False
    stopped = AttendeeMessage.objects.filter(pk=message.pk, cancelled_at=None)
    return bool(stopped.update(cancelled_at=now, cancelled_by=by))


def may_stop(message: AttendeeMessage, tally: Tally) -> bool:
    """Say whether any of a message could still be held back."""
    return not message.cancelled_at and (message.planned_at is None or tally.left > 0)


def settle(now: datetime.datetime) -> int:
    """Write down what became of the messages that are not on their way any more.

    The mails themselves are forgotten after some months; the numbers stay.
    """
    waiting = AttendeeMessage.objects.filter(planned_at__isnull=False, settled_at=None)
    messages = list(waiting.order_by("planned_at")[:IN_ONE_RUN])
    found, number = tallies(messages), 0
    for message in messages:
        tally = found[message.pk]
        if not tally.left:
            message.sent, message.skipped = tally.sent, tally.skipped
            message.failed, message.settled_at = tally.failed, now
            message.save(update_fields=["sent", "skipped", "failed", "settled_at"])
            number += 1
    return number


def tallies(messages: Iterable[AttendeeMessage]) -> dict[int, Tally]:
    """Return what became of messages so far, in one query for those not settled."""
    found = {each.pk: each for each in messages}
    told = {
        pk: Tally(each.sent, each.skipped, each.failed)
        for pk, each in found.items()
        if each.settled_at
    }
    open_still = [each for pk, each in found.items() if pk not in told]
    return told | _counted(open_still) if open_still else told


def _counted(messages: list[AttendeeMessage]) -> dict[int, Tally]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = mails_of(messages).order_by()
    for pk, state, number in rows.values_list("payload__message", "state").annotate(Count("pk")):
        counts[pk][state] = number
    return {message.pk: Tally.of(counts[message.pk]) for message in messages}


def mails_of(messages: list[AttendeeMessage]) -> QuerySet[Delivery]:
    """Return the mails of messages, found by the people of their events."""
    people = Registration.objects.filter(event__in={each.event_id for each in messages})
    return Delivery.objects.filter(
        purpose=letters.PURPOSE,
        contact__in=people.values("contact"),
        payload__message__in=[each.pk for each in messages],
    )


def _letter(
    message: AttendeeMessage, registration: int, contact: int, now: datetime.datetime
) -> Letter:
    return Letter(
        key=f"{letters.PURPOSE}:{message.pk}:{registration}",
        contact_id=contact,
        payload={"message": message.pk, "registration": registration},
        due_at=now,
    )
