"""Contacts: finding, confirming and silencing the mailboxes that we write to."""

import datetime
import hmac

from django.conf import settings
from django.db import transaction
from django.db.models import F

from . import rules
from .models import Contact, Suppression


def contact_for(
    email: str,
    *,
    now: datetime.datetime,
    name: str = "",
    language: str = settings.LANGUAGE_CODE,
    time_zone: str = "UTC",
) -> Contact:
    """Return the contact of an address, made unconfirmed if there is none yet.

    Two requests at once get the same one. What is known of an old contact is not overwritten.
    Raises ``ValueError`` for what is no address.
    """
    address = rules.normal_address(email)
    contact, _ = Contact.objects.get_or_create(
        address=address,
        defaults={
            "email": email.strip(),
            "name": name,
            "language": language,
            "time_zone": time_zone,
            "created_at": now,
        },
    )
    return contact


@transaction.atomic
def confirm(contact: Contact, now: datetime.datetime) -> None:
    """Take a contact’s address as theirs: they opened a link that only they could have got.

    Whoever confirms anew may be written to again, whatever came back before.
    """
    Suppression.objects.filter(digest=address_digest(contact.address)).delete()
    contact.state = Contact.State.OK
    contact.confirmed_at = contact.confirmed_at or now
    contact.bounce_score = 0
    contact.save(update_fields=["state", "confirmed_at", "bounce_score"])


@transaction.atomic
def suppress(email: str, reason: Suppression.Reason, now: datetime.datetime) -> None:
    """Write nothing more to an address but what its owner asks for at that moment."""
    address = rules.normal_address(email)
    Suppression.objects.get_or_create(
        digest=address_digest(address), defaults={"reason": reason, "at": now}
    )
    Contact.objects.filter(address=address).update(state=Contact.State.SUPPRESSED)


def is_suppressed(email: str) -> bool:
    """Return whether nothing may be sent to an address unasked."""
    return Suppression.objects.filter(digest=address_digest(email)).exists()


def revoke_links(contact: Contact) -> None:
    """Make every link that was sent to a contact before this moment stop working."""
    Contact.objects.filter(pk=contact.pk).update(token_version=F("token_version") + 1)
    contact.refresh_from_db(fields=["token_version"])


def address_digest(email: str) -> str:
    """Return the keyed hash by which an address is known without being kept.

    Without the site’s key nobody can try out addresses against it.
    """
    key = f"mail.suppression:{settings.SECRET_KEY}".encode()
    return hmac.new(key, rules.normal_address(email).encode(), "sha256").hexdigest()
