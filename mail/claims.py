"""Who has a mail in hand: taking rows, writing down what became of them, giving them back.

Each change is one UPDATE that names the token of the claim: a mailer that was taken for dead and
comes back later finds that the row is no longer its own. What is sent is sent in this order:
`leased`, then `sending`, committed before the mail server hears of it, then `sent` (R8).
"""

import datetime
import uuid
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from . import rules
from .models import Delivery, DeliveryState

IN_HAND = (DeliveryState.LEASED, DeliveryState.SENDING)
STUCK = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
LONGEST_ERROR = 1_000


def claim(rows: QuerySet[Delivery], count: int, now: datetime.datetime) -> list[Delivery]:
    """Take up to so many of these rows that are due, for this process alone; the oldest first."""
    token = uuid.uuid4()
    due = rows.filter(state=DeliveryState.QUEUED, due_at__lte=now).order_by("due_at")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    with transaction.atomic():
        ids = list(due.values_list("pk", flat=True)[:count])
        Delivery.objects.filter(pk__in=ids, state=DeliveryState.QUEUED).update(
            state=DeliveryState.LEASED,
            lease_token=token,
            lease_until=now + rules.LEASE,
            claimed_at=now,
        )
    taken = Delivery.objects.filter(lease_token=token, state=DeliveryState.LEASED)
    return list(taken.select_related("contact").order_by("due_at"))


def begin(delivery: Delivery, now: datetime.datetime) -> bool:
    """Say that the mail server is about to get this mail; ``False`` if somebody else has it."""
    return _own(delivery, DeliveryState.LEASED).update(
        state=DeliveryState.SENDING, lease_until=now + rules.LEASE
    )


def note_sent(delivery: Delivery, now: datetime.datetime, *, subject: str, erase: bool) -> None:
    """Write down that a mail has left, also when this mailer was taken for dead meanwhile."""
    words = {"body": "", "html": ""} if erase else {}
    _own(delivery).update(
        state=DeliveryState.SENT,
        sent_at=now,
        subject=subject,
        error="",
        attempts=F("attempts") + 1,
        lease_until=None,
        **words,
    )


def note_skipped(delivery: Delivery, reason: str) -> None:
    """Write down why a mail is not sent."""
    _own(delivery).update(state=DeliveryState.SKIPPED, error=reason, lease_until=None)


def note_failed(
    delivery: Delivery, error: Exception, now: datetime.datetime, *, for_good: bool = False
) -> None:
    """Write down a fault of this mail, which is tried again after a pause or given up."""
    attempts = delivery.attempts + 1
    given_up = for_good or rules.is_exhausted(attempts)
    _own(delivery).update(
        state=DeliveryState.FAILED if given_up else DeliveryState.QUEUED,
        attempts=attempts,
        error=_words(error),
        due_at=now + rules.pause_after(attempts),
        lease_until=None,
    )


def note_unknown(delivery: Delivery, error: Exception) -> None:
    """Write down that a mail may have left, and is not sent again for that reason."""
    _own(delivery).update(
        state=DeliveryState.UNKNOWN,
        error=_words(error),
        attempts=F("attempts") + 1,
        lease_until=None,
    )


def release(deliveries: Iterable[Delivery], error: Exception | None = None) -> None:
    """Give rows back as if they had never been taken; of the error they are not to blame."""
    for delivery in deliveries:
        _own(delivery, *IN_HAND).update(
            state=DeliveryState.QUEUED,
            lease_until=None,
            **({"error": _words(error)} if error else {}),
        )


def recover(now: datetime.datetime) -> int:
    """Take up what a mailer that died had in hand; return how many rows.

    Where it had not begun to send, nothing has happened. Where it had, nobody knows: such a mail
    is sent once more or never, as its lane says.
    """
    lost = Delivery.objects.filter(Q(lease_until__lt=now) | Q(lease_until=None))
    untouched = lost.filter(state=DeliveryState.LEASED).update(
        state=DeliveryState.QUEUED, lease_until=None
    )
    half_sent = lost.filter(state=DeliveryState.SENDING)
    for lane, times_lost in set(half_sent.values_list("lane", "times_lost")):
        again = rules.is_sent_again(lane, times_lost)
        untouched += half_sent.filter(lane=lane, times_lost=times_lost).update(
            state=DeliveryState.QUEUED if again else DeliveryState.UNKNOWN,
            times_lost=times_lost + 1,
            attempts=F("attempts") + 1,
            lease_until=None,
            error="The mailer stopped while it was sending this mail.",
        )
    return untouched


def requeue_failed(now: datetime.datetime) -> int:
    """Give every mail that was given up a fresh set of attempts; return how many."""
    return Delivery.objects.filter(state=DeliveryState.FAILED).update(
        state=DeliveryState.QUEUED, attempts=0, due_at=now
    )


def requeue(pk: uuid.UUID, now: datetime.datetime) -> bool:
    """Let a mail that was given up, or perhaps sent, be tried again; ``False`` for any other."""
    stuck = Delivery.objects.filter(pk=pk, state__in=STUCK)
    return bool(
        stuck.update(state=DeliveryState.QUEUED, attempts=0, times_lost=0, due_at=now, error="")
    )


def _own(delivery: Delivery, *states: str) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(pk=delivery.pk, lease_token=delivery.lease_token)
    return rows.filter(state__in=states) if states else rows


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
