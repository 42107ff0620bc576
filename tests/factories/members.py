"""Members for tests."""

import datetime

from accounts.actions import open_account
from mail import contacts
from members.models import Member

JOINED = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)


def make_member(email: str = "amina@example.org", name: str = "Amina Mfano", **fields) -> Member:
    """Return a member with a confirmed address and an account, who follows nothing yet."""
    contact = contacts.contact_for(email, now=JOINED, name=name)
    contacts.confirm(contact, JOINED)
    contact.user = open_account(email, name=name)
    contact.save(update_fields=["user"])
    return Member.objects.create(
        user=contact.user, contact=contact, name=name, joined_at=JOINED, **fields
    )
