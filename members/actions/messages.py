"""One member writes to another; neither sees the other’s address unless they answer."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mail import outbox
from mail.models import Contact, Delivery
from members.directory.mail import message_of_member
from members.models import Member


def takes_messages(member: Member) -> bool:
    """Say whether other members may write to this one, and mail reaches them."""
    return (
        member.takes_messages
        and member.state == Member.State.ACTIVE
        and member.contact.state == Contact.State.OK
    )


@transaction.atomic
def write(sender: Member, receiver: Member, text: str, form_key: uuid.UUID) -> bool:
    """Send a message whose answer goes to the sender’s own address; ``False`` if it went before.

    Who may find whom is decided before; raises ``ValidationError`` where no mail may go between
    these two at all.
    """
    is_heard = sender.state == Member.State.ACTIVE and sender.contact.state == Contact.State.OK
    if sender.pk == receiver.pk or not (is_heard and takes_messages(receiver)):
        raise ValidationError(_("This member takes no messages at present."))
    key = f"{_prefix(sender)}{receiver.public_id}:{form_key}"
    return outbox.send(message_of_member(sender, receiver, text, key))


def written_by(sender: Member) -> QuerySet[Delivery]:
    """Return what a member wrote to others, as long as mails are kept."""
    return Delivery.objects.filter(key__startswith=_prefix(sender))


def forget(sender: Member) -> None:
    """Remove what a member wrote to others: their name and address are in it."""
    written_by(sender).delete()


def _prefix(sender: Member) -> str:
    return f"message:{sender.public_id}:"
