"""Imported members are asked by mail whether they want to be members; until then we send nothing.

Each is asked once by itself, and again when the secretariat says so, at most once a day. The link
opens a page with two buttons: to stay, or to be taken off the list and never be imported again.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from accounts.actions import confirm_address, use_preferences_in_admin
from mail import contacts, links, outbox, subscriptions, writers
from mail.message import Message
from mail.models import Contact, Delivery, Lane
from members import mail
from members.models import Member

from . import privacy
from .joining import MEMBERSHIP, TEXT_VERSION

PURPOSE = "invitation"
PAUSE = datetime.timedelta(seconds=0.5)  # an answer that somebody waits for comes between them
SOURCE = "invitation"


def unconfirmed() -> QuerySet[Member]:
    """Return members whom a list brought and who have not said yes themselves."""
    said = Contact.objects.filter(consents__purpose=MEMBERSHIP)
    return Member.objects.filter(state=Member.State.ACTIVE).exclude(contact__in=said)


def is_unconfirmed(member: Member) -> bool:
    """Say whether a member was brought by a list and has not said yes."""
    return not member.contact.consents.filter(purpose=MEMBERSHIP).exists()


def plan(members: Sequence[Member], now: datetime.datetime, *, again: bool = False) -> int:
    """Plan the invitations of these members, one after the other; return how many are new."""
    round_ = f"{now:%Y-%m-%d}" if again else "first"
    return outbox.plan_many(
        outbox.Planned(
            key=f"invitation:{member.contact_id}:{round_}",
            purpose=PURPOSE,
            lane=Lane.TRANSACTIONAL,
            contact=member.contact,
            payload={"member": member.pk},
            due_at=now + PAUSE * place,
        )
        for place, member in enumerate(members)
    )


def write(delivery: Delivery) -> Message:
    """Write an invitation when its turn has come."""
    member = Member.objects.select_related("contact").get(pk=delivery.payload["member"])
    token = links.make(links.INVITATION, member.contact)
    return mail.invitation(member, token, delivery.key)


def may_send(delivery: Delivery, now: datetime.datetime) -> str:
    """Return why somebody is not asked after all: they answered, left, or cannot be reached."""
    member = Member.objects.select_related("contact").filter(pk=delivery.payload["member"]).first()
    if member is None or member.state != Member.State.ACTIVE:
        return "left"
    if member.contact.state == Contact.State.SUPPRESSED:
        return "suppressed"
    return "" if is_unconfirmed(member) else "confirmed"


@transaction.atomic
def accept(contact: Contact, now: datetime.datetime, password: str | None = None) -> Member:
    """Take an invited person as a member who said yes; once more changes nothing.

    Raises ``Member.DoesNotExist`` for somebody who was taken off the list meanwhile.
    """
    member = (
        Member.objects.select_for_update().select_related("contact", "user").get(contact=contact)
    )
    if not is_unconfirmed(member):
        return member
    contacts.confirm(member.contact, now)
    confirm_address(member.user)
    use_preferences_in_admin(member.user)
    if password and not member.user.has_usable_password():
        member.user.set_password(password)
        member.user.save(update_fields=["password"])
    decision = subscriptions.Decision(MEMBERSHIP, True, TEXT_VERSION, SOURCE)
    subscriptions.record_consent(member.contact, decision, now)
    return member


def decline(contact: Contact, now: datetime.datetime) -> bool:
    """Take an invited person off the list for good; return whether that is done at once.

    Who has an account of old has a fortnight to think, as everybody who leaves. Whoever said yes
    before stays.
    """
    related = Member.objects.select_related("user", "contact", "person")
    member = related.filter(contact=contact).first()
    if member is None or not is_unconfirmed(member):
        return False
    if member.user.last_login:
        privacy.ask_to_be_erased(member, now)
        return False
    privacy.erase(member, now)
    return True


def register() -> None:
    """Let invitations be written when they are sent."""
    writers.register(PURPOSE, write, may_send)
