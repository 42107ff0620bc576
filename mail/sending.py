"""Sending what is due: answers first, then reminders, and updates when nothing else waits."""

import datetime
import enum
import logging
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from . import claims, contacts, rules, writers
from .message import Calendar, Message
from .models import Contact, Delivery, Lane
from .transport import Fault, Transport, Unreachable, fault_of

logger = logging.getLogger(__name__)

ACCOUNT = "account"  # the purpose of mails that Django, allauth and Wagtail write
# Links that set a password must not lie in the database once they have been sent.
ERASED_AFTER_SENDING = frozenset({ACCOUNT})


class Outcome(enum.StrEnum):
    """What became of a mail in one attempt."""

    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    NOT_OURS = "not ours"  # this process was so slow that another one has it now
    SERVER_DOWN = "server down"


STOPS_THE_BATCH = {Fault.NOT_ITS_OWN, Fault.PERHAPS_SENT}
Tally = Counter[Outcome]


def send_batch(now: datetime.datetime, *, most: int = rules.BATCH) -> Tally:
    """Send a few mails that are due, all of the most urgent lane; return what became of them.

    A batch of updates is short, so a reminder that falls due meanwhile waits for a few only.
    """
    claims.recover(now)
    for lane in (Lane.TRANSACTIONAL, Lane.REMINDER, Lane.BULK):
        rows = Delivery.objects.filter(lane=lane)
        if taken := claims.claim(rows, min(most, rules.batch_size(lane)), now):
            return _send_all(taken, now)
    return Tally()


def send_these(ids: Sequence[UUID], now: datetime.datetime) -> Tally:
    """Send these mails as far as they are due and nobody has them in hand."""
    return _send_all(claims.claim(Delivery.objects.filter(pk__in=ids), len(ids), now), now)


def reason_to_skip(delivery: Delivery, now: datetime.datetime) -> str:
    """Return why a mail must not be sent after all, or an empty string (R9).

    Plans are made hours and days ahead; what counts is what holds at this moment.
    """
    if rules.is_missed(delivery.not_after, now):
        return "missed"
    if delivery.lane != Lane.TRANSACTIONAL and (reason := _unwelcome(delivery.contact)):
        return reason
    writer = writers.writer_of(delivery.purpose)
    return writer.may_send(delivery, now) if writer else ""


def message_of(delivery: Delivery) -> Message:
    """Return the mail: as it was planned, or written now by the writer of its purpose."""
    writer = writers.writer_of(delivery.purpose)
    if writer and not delivery.body:
        return writer.write(delivery)
    if not delivery.body and not delivery.subject:
        raise LookupError(f"Nobody writes mails for “{delivery.purpose}”.")
    calendar = delivery.payload.get("calendar")
    return Message(
        key=delivery.key,
        purpose=delivery.purpose,
        recipient=delivery.recipient,
        subject=delivery.subject,
        body=delivery.body,
        html=delivery.html,
        sender=delivery.sender,
        reply_to=delivery.reply_to,
        unsubscribe=delivery.payload.get("unsubscribe", ""),
        calendar=Calendar(**calendar) if calendar else None,
    )


def _unwelcome(contact: Contact | None) -> str:
    if contact is None:
        return "erased"
    if contact.state != Contact.State.OK:
        return str(contact.state)
    return "suppressed" if contacts.is_suppressed(contact.address) else ""


def _send_all(taken: Sequence[Delivery], now: datetime.datetime) -> Tally:
    """Try each mail once. A fault of one is nobody else’s; a silent server ends the batch."""
    tally = Tally()
    with Transport() as transport:
        for place, delivery in enumerate(taken, start=1):
            outcome = _send_one(delivery, transport, now)
            tally[outcome] += 1
            if outcome == Outcome.SERVER_DOWN:
                claims.release(taken[place:])
                break
    return tally


def _send_one(delivery: Delivery, transport: Transport, now: datetime.datetime) -> Outcome:
    try:
        if reason := reason_to_skip(delivery, now):
            claims.note_skipped(delivery, reason)
            return Outcome.SKIPPED
        message = message_of(delivery)
        transport.open()
    except Unreachable as error:
        return _server_is_down(delivery, error)
    except Exception as error:
        logger.exception("Mail %s could not be written.", delivery.pk)
        claims.note_failed(delivery, error, now)
        return Outcome.FAILED
    if not claims.begin(delivery, now):
        return Outcome.NOT_OURS
    try:
        transport.send(delivery, message)
    except Exception as error:  # noqa: BLE001 - whatever a mail server throws is a failed attempt
        return _note_fault(delivery, error, now)
    erase = delivery.purpose in ERASED_AFTER_SENDING
    claims.note_sent(delivery, now, subject=message.subject, erase=erase)
    return Outcome.SENT


def _note_fault(delivery: Delivery, error: Exception, now: datetime.datetime) -> Outcome:
    fault = fault_of(error)
    if fault is Fault.NOT_ITS_OWN:
        return _server_is_down(delivery, error)
    logger.warning("Mail %s could not be sent: %s", delivery.pk, error)
    if fault is Fault.PERHAPS_SENT and delivery.lane == Lane.BULK:
        claims.note_unknown(delivery, error)
    else:
        claims.note_failed(delivery, error, now, for_good=fault is Fault.FOR_GOOD)
    return Outcome.SERVER_DOWN if fault in STOPS_THE_BATCH else Outcome.FAILED


def _server_is_down(delivery: Delivery, error: Exception) -> Outcome:
    logger.warning("The mail server cannot be reached: %s", error)
    claims.release([delivery], error)
    return Outcome.SERVER_DOWN
