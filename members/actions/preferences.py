"""What a contact wants to hear of, changed from the account or by a signed link."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from mail import contacts, links, outbox, subscriptions
from mail.models import Cadence, Contact, Topic
from members import mail

from .joining import AGAIN_AFTER, TEXT_VERSION, UPDATES


@transaction.atomic
def choose(
    contact: Contact,
    wishes: Mapping[subscriptions.TopicKey, str],
    *,
    source: str,
    now: datetime.datetime,
) -> int:
    """Write down what a contact chose; return how many wishes have changed.

    The first topic turned on is a consent to updates, the last one turned off takes it back.
    """
    changed = subscriptions.set_wishes(contact, wishes, source=source, now=now)
    _follow_consent(contact, source, now)
    return changed


@transaction.atomic
def stop(
    contact: Contact, what: Topic | Cadence | None, *, source: str, now: datetime.datetime
) -> int:
    """Turn off one topic, all that come this often, or all; return how many were on."""
    number = subscriptions.unsubscribe(contact, what, source=source, now=now)
    _follow_consent(contact, source, now)
    return number


def allow_again(contact: Contact, now: datetime.datetime) -> None:
    """Write again to somebody whose mails came back or who had complained: they ask for it.

    Only whoever reads the mailbox, or is logged in, gets this far. What they hear of stays as it
    is: after a complaint, nothing.
    """
    if contact.state == Contact.State.SUPPRESSED:
        contacts.confirm(contact, now)


@transaction.atomic
def send_link(email: str, now: datetime.datetime) -> None:
    """Send the link to the preferences to a contact we know; to nobody else, and say nothing.

    Asked again within ten minutes it sends nothing new. Raises ``ValueError`` for no address.
    """
    address = contacts.rules.normal_address(email)
    contact = Contact.objects.filter(address=address).first()
    if contact is None:
        return
    slot = int(now.timestamp() // AGAIN_AFTER.total_seconds())
    token = links.make(links.PREFERENCES, contact)
    outbox.send(mail.preferences_link(contact, token, f"preferences:{contact.pk}:{slot}"))


def _follow_consent(contact: Contact, source: str, now: datetime.datetime) -> None:
    wants = contact.subscriptions.exclude(cadence=Cadence.OFF).exists()
    if wants != subscriptions.has_consented(contact, UPDATES):
        decision = subscriptions.Decision(UPDATES, wants, TEXT_VERSION, source)
        subscriptions.record_consent(contact, decision, now)
