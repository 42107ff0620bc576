"""What a mail provider reports: mails that came back, complaints, wishes to be left alone.

Each report counts once, however often it comes and in whichever order. Bounces add up
(``mail.rules``); at the limit the address gets nothing but what its owner asks for at that moment.
A complaint ends every update at once. Whoever opens a link that we sent them can undo both.
"""

import datetime
import enum
import re
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from . import contacts, rules, subscriptions
from .models import Contact, Delivery, DeliveryEvent, Suppression

SOURCE = "provider"
_OUR_ID = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")


class Meaning(enum.StrEnum):
    """What a report says of an address."""

    NOTHING = "nothing"
    SOFT_BOUNCE = "soft bounce"
    HARD_BOUNCE = "hard bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"


WEIGHTS = {Meaning.SOFT_BOUNCE: rules.SOFT_BOUNCE, Meaning.HARD_BOUNCE: rules.HARD_BOUNCE}


@dataclass(frozen=True)
class Report:
    """One report of a provider. ``message_id`` is ours where the provider keeps it."""

    provider: str
    event_id: str
    kind: str
    meaning: Meaning
    recipient: str
    message_id: str
    at: datetime.datetime


@transaction.atomic
def record(report: Report, now: datetime.datetime) -> bool:
    """Write down a report and do what follows from it; ``False`` if it was known already."""
    _event, is_new = DeliveryEvent.objects.get_or_create(
        provider=report.provider,
        provider_event_id=report.event_id,
        defaults={"delivery": _delivery_of(report), "kind": report.kind, "at": report.at},
    )
    if not is_new:
        return False
    try:
        address = rules.normal_address(report.recipient)
    except ValueError:
        return True
    _act(report, address, now)
    return True


def _act(report: Report, address: str, now: datetime.datetime) -> None:
    contact = Contact.objects.select_for_update().filter(address=address).first()
    if report.meaning in WEIGHTS and contact is not None:
        _add_bounce(contact, report, now)
    if report.meaning in {Meaning.COMPLAINT, Meaning.UNSUBSCRIBED} and contact is not None:
        _unsubscribe(contact, now)
    if report.meaning is Meaning.COMPLAINT:
        contacts.suppress(address, Suppression.Reason.COMPLAINED, now)


def _add_bounce(contact: Contact, report: Report, now: datetime.datetime) -> None:
    day = min(report.at, now).date()
    score = rules.score_after_bounce(
        float(contact.bounce_score), contact.bounced_on, WEIGHTS[report.meaning], day
    )
    if score is None:
        return
    contact.bounce_score, contact.bounced_on = Decimal(str(score)), day
    contact.save(update_fields=["bounce_score", "bounced_on"])
    if rules.is_silenced(score):
        contacts.suppress(contact.email, Suppression.Reason.BOUNCED, now)


def _unsubscribe(contact: Contact, now: datetime.datetime) -> None:
    subscriptions.unsubscribe(contact, None, source=SOURCE, now=now)
    if subscriptions.has_consented(contact, subscriptions.UPDATES):
        decision = subscriptions.Decision(subscriptions.UPDATES, False, "", SOURCE)
        subscriptions.record_consent(contact, decision, now)


def _delivery_of(report: Report) -> Delivery | None:
    """Return the mail of a report: by our own id in it, else the last one to that address."""
    if ours := _OUR_ID.match(report.message_id):
        return Delivery.objects.filter(pk=uuid.UUID(ours[1])).first()
    sent = Delivery.objects.filter(recipient__iexact=report.recipient, sent_at__lte=report.at)
    return sent.order_by("-sent_at").first()
