"""Mails to send in tests."""

import datetime

from mail.contacts import confirm, contact_for
from mail.message import Message
from mail.models import Contact, Delivery, Lane
from mail.outbox import Planned

PURPOSE = "test_reminder"


def reader(name: str, now: datetime.datetime) -> Contact:
    """Return a contact who confirmed their address."""
    contact = contact_for(f"{name}@example.org", now=now, name=name.title())
    confirm(contact, now)
    return contact


def reminder_of(contact: Contact, **changes) -> Planned:
    """Return a plan of a reminder."""
    fields = {
        "key": f"remind:{contact.pk}",
        "purpose": PURPOSE,
        "lane": Lane.REMINDER,
        "contact": contact,
        "payload": {},
    }
    return Planned(**(fields | changes))


def write(delivery: Delivery) -> Message:
    """Write a reminder when it is sent."""
    return Message(
        key=delivery.key,
        purpose=delivery.purpose,
        recipient=delivery.contact.email,
        subject=f"Hello {delivery.contact.name}",
        body=delivery.key,
    )


def welcome(delivery: Delivery, now: datetime.datetime) -> str:
    """Have nothing against any mail."""
    return ""
