"""The one way out: a mail is first a row, written with the change that causes it, and then sent.

The row commits or vanishes together with the change. Sending begins after the commit, and
whatever goes wrong there is written into the row and tried again by ``send_queued_mail``; it
never reaches the request.
"""

import datetime
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from . import rules
from .message import Message
from .models import Contact, Delivery, DeliveryState, Lane

logger = logging.getLogger(__name__)

ACCOUNT = "account"  # the purpose of mails that Django, allauth and Wagtail write
ERASED_AFTER_SENDING = frozenset({ACCOUNT})


def send(message: Message) -> bool:
    """Plan a mail and send it after the commit; ``False`` if this key was planned before."""
    delivery, is_new = Delivery.objects.get_or_create(
        key=message.key,
        defaults={
            "purpose": message.purpose,
            "recipient": message.recipient,
            "subject": message.subject,
            "body": message.body,
            "html": message.html,
            "sender": message.sender or settings.DEFAULT_FROM_EMAIL,
            "reply_to": message.reply_to,
        },
    )
    if is_new:
        send_after_commit([delivery.pk])
    return is_new


@dataclass(frozen=True)
class Planned:
    """A mail that is written when its time has come, from the ids in ``payload``."""

    key: str
    purpose: str
    lane: Lane
    contact: Contact
    payload: Mapping[str, object]
    due_at: datetime.datetime
    not_after: datetime.datetime | None = None


def plan(planned: Planned) -> bool:
    """Plan a mail; ``False`` if this key was planned before."""
    return plan_many([planned]) == 1


def plan_many(planned: Iterable[Planned]) -> int:
    """Plan mails and return how many are new: a key that was planned before is left alone (R7)."""
    rows = [
        Delivery(
            key=mail.key,
            purpose=mail.purpose,
            lane=mail.lane,
            contact=mail.contact,
            recipient=mail.contact.email,
            payload=dict(mail.payload),
            due_at=mail.due_at,
            not_after=mail.not_after,
        )
        for mail in planned
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    # What another process planned in the same moment under the same key has another id.
    ids = [row.pk for row in rows]
    return sum(
        Delivery.objects.filter(pk__in=ids[start : start + 500]).count()
        for start in range(0, len(ids), 500)
    )


def send_after_commit(ids: Iterable[UUID]) -> None:
    """Try to send these rows once the current transaction has committed."""
    transaction.on_commit(partial(_try_all, list(ids)), robust=True)


def _try_all(ids: list[UUID]) -> None:
    for delivery_id in ids:
        attempt(delivery_id, timezone.now())


def attempt(delivery_id: UUID, now: datetime.datetime) -> bool:
    """Claim a queued row, try to send it and write down what happened; say whether it left."""
    claimed = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.QUEUED).update(
        state=DeliveryState.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    delivery = Delivery.objects.get(pk=delivery_id)
    try:
        transport(delivery)
    except Exception as error:  # noqa: BLE001 - whatever a mail server throws is a failed attempt
        logger.warning("Mail %s could not be sent: %s", delivery.pk, error)
        _note_failure(delivery, error)
        return False
    _note_sent(delivery)
    return True


def transport(delivery: Delivery) -> None:
    """Hand one row to the mail server."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    mail = EmailMultiAlternatives(
        subject=delivery.subject,
        body=delivery.body,
        from_email=delivery.sender or settings.DEFAULT_FROM_EMAIL,
        to=[delivery.recipient],
        reply_to=[delivery.reply_to] if delivery.reply_to else None,
        headers={"Message-ID": f"<{delivery.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(settings.MAIL_TRANSPORT),
    )
    if delivery.html:
        mail.attach_alternative(delivery.html, "text/html")
    mail.send()


def _note_failure(delivery: Delivery, error: Exception) -> None:
    delivery.state = (
        DeliveryState.FAILED if rules.is_exhausted(delivery.attempts) else DeliveryState.QUEUED
    )
    delivery.error = f"{type(error).__name__}: {error}"[:1000]
    delivery.save(update_fields=["state", "error"])


def _note_sent(delivery: Delivery) -> None:
    delivery.state = DeliveryState.SENT
    delivery.sent_at = timezone.now()
    delivery.error = ""
    if delivery.purpose in ERASED_AFTER_SENDING:
        # Links that set a password must not lie in the database once they have been sent.
        delivery.body = delivery.html = ""
    delivery.save(update_fields=["state", "sent_at", "error", "body", "html"])


def send_queued(now: datetime.datetime, *, limit: int = 500) -> tuple[int, int]:
    """Try everything that is due; return how many left and how many did not.

    Rows that a crashed process claimed and never sent are taken up again. A mail may then go out
    twice, which is better than never.
    """
    Delivery.objects.filter(
        state=DeliveryState.SENDING, claimed_at__lt=now - rules.LOST_AFTER
    ).update(state=DeliveryState.QUEUED)
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED).order_by("created_at")
    rows = waiting.values_list("pk", "attempts", "claimed_at")
    due = [pk for pk, attempts, tried_at in rows if rules.is_due(attempts, tried_at, now)]
    results = [attempt(delivery_id, now) for delivery_id in due[:limit]]
    return results.count(True), results.count(False)


def requeue_failed() -> int:
    """Give every mail that was given up a fresh set of attempts; return how many."""
    return Delivery.objects.filter(state=DeliveryState.FAILED).update(
        state=DeliveryState.QUEUED, attempts=0, claimed_at=None
    )
