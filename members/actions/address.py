"""A member logs in with another address from now on: our mails go there too."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import addresses
from accounts.models import User
from mail import contacts
from mail.contacts import address_digest
from mail.models import Contact, Delivery, DeliveryState
from mail.rules import normal_address
from members.models import FormerAddress, Member

from . import invitations
from .merging import move_references, tell, unite


def register() -> None:
    """Let a membership that only a list knows of make way for the person themselves."""
    addresses.register(makes_way)


def makes_way(user: User, other: User, now: datetime.datetime) -> bool:
    """Make one member of two where a list brought the other one, and nobody ever used it.

    Whoever reads a mailbox may say yes to the invitation in it: what they do here is the same.
    """
    mine = Member.objects.filter(user=user).first()
    theirs = Member.objects.select_related("contact").filter(user=other).first()
    if not (mine and theirs) or other.last_login or not invitations.is_unconfirmed(theirs):
        return False
    try:
        member = unite(mine.pk, theirs.pk, {}, by=user, now=now)
    except ValidationError:
        return False
    tell(member, theirs.pk, new_email=other.email)
    return True


@transaction.atomic
def follow_account(user: User, now: datetime.datetime) -> bool:
    """Write to the confirmed address of an account from now on; ``False`` where nothing changes.

    Links in mails to the old address stop working: somebody else may read it by now. If the new
    one was known already, as a guest’s, what hangs on it comes along. Another member’s stays.
    """
    contact = Contact.objects.select_for_update().filter(user=user).first()
    address = normal_address(user.email)
    if contact is None or contact.address == address:
        return False
    guest = Contact.objects.filter(address=address).first()
    if guest and Member.objects.filter(contact=guest).exists():
        return False
    former = contact.address
    if guest:
        move_references(contact, guest)
        guest.delete()
    _write_to(contact, user.email, address)
    contacts.confirm(contact, now)
    contacts.revoke_links(contact)
    _remember(contact, former, now)
    return True


def mails_go_elsewhere(member: Member) -> bool:
    """Say whether our mails go to another address than the one with which a member logs in."""
    return member.contact.address != normal_address(member.user.email)


def _write_to(contact: Contact, email: str, address: str) -> None:
    contact.email, contact.address, contact.bounce_score = email, address, 0
    contact.save(update_fields=["email", "address", "bounce_score"])
    waiting = Delivery.objects.filter(contact=contact, state=DeliveryState.QUEUED)
    waiting.update(recipient=email)


def _remember(contact: Contact, former: str, now: datetime.datetime) -> None:
    """Keep the hash of the old address: an old list in which it stands then meets the member."""
    member = Member.objects.filter(contact=contact).first()
    FormerAddress.objects.filter(digest=address_digest(contact.address)).delete()
    if member:
        FormerAddress.objects.update_or_create(
            digest=address_digest(former), defaults={"member": member, "by": member.user, "at": now}
        )
