"""The one way out: a mail is first a row, written with the change that causes it, and then sent.

The row commits or vanishes together with the change. Sending begins after the commit, and
whatever goes wrong there is written into the row and tried again by the mailer; it never
reaches the request.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import sending
from .message import Message
from .models import Contact, Delivery, Lane


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
            "payload": _beside_the_text(message),
        },
    )
    if is_new:
        send_after_commit([delivery.pk])
    return is_new


def _beside_the_text(message: Message) -> dict:
    """Return what a mail carries that has no column of its own."""
    calendar = asdict(message.calendar) if message.calendar else None
    carried = {"unsubscribe": message.unsubscribe, "calendar": calendar}
    return {name: value for name, value in carried.items() if value}


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
    # What another process planned in the same moment under the same key has another id.
    ids = put(planned)
    return sum(
        Delivery.objects.filter(pk__in=ids[start : start + 500]).count()
        for start in range(0, len(ids), 500)
    )


def put(planned: Iterable[Planned]) -> list[UUID]:
    """Plan mails without asking which are new; return the ids under which the new ones stand."""
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
    return [row.pk for row in rows]


def send_after_commit(ids: Iterable[UUID]) -> None:
    """Try to send these rows once the current transaction has committed."""
    transaction.on_commit(partial(_send, list(ids)), robust=True)


def _send(ids: list[UUID]) -> None:
    sending.send_these(ids, timezone.now())
