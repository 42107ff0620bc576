"""What membership writes to people, in their language and with the right link."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from accounts.models import User
from mail.message import Message, compose
from mail.models import Contact


def confirm_joining(contact: Contact, joining, token: str, key: str) -> Message:
    """Ask to finish joining: only who can open this mail becomes a member under its address."""
    return _compose(
        "confirm_joining",
        contact,
        key=key,
        name=joining.name,
        url=address("join_confirm", contact, token),
    )


def already_member(contact: Contact, key: str, goes_on: str = "") -> Message:
    """Tell a member who fills in the form again how to log in, and to go on with a page."""
    url = address("account_login", contact)
    if goes_on:
        with override(contact.language):
            url = f"{url}?{urlencode({'next': reverse(goes_on)})}"
    return _compose("already_member", contact, key=key, name=contact.name, url=url)


def invitation(member, token: str, key: str) -> Message:
    """Ask somebody whom a list brought whether they want to be a member."""
    return _compose(
        "invitation",
        member.contact,
        key=key,
        name=member.name,
        url=address("invited", member.contact, token),
    )


def two_are_one(member, email: str, key: str) -> Message:
    """Tell a member that two entries of theirs are one now, and with which address they log in."""
    return _compose(
        "two_are_one",
        member.contact,
        key=key,
        name=member.name,
        email=email,
        url=address("my_page", member.contact),
    )


def preferences_link(contact: Contact, token: str, key: str) -> Message:
    """Send the link with which a contact changes what they hear of, without logging in."""
    return _compose(
        "preferences_link",
        contact,
        key=key,
        name=contact.name,
        url=address("preferences", contact, token),
    )


def offer_received(offer, reader) -> Message:
    """Ask somebody who answers offers to read a new one."""
    return compose(
        "members/offer_received",
        key=f"offer:{offer.pk}:{reader.pk}",
        recipient=reader.email,
        language=reader.language,
        context={
            "name": reader.get_short_name(),
            "member": offer.member.name,
            "about": offer.group.title if offer.group else offer.proposed_name,
            "text": offer.text,
            "url": address("answer_offer", reader, offer.pk),
        },
    )


def offer_answered(offer) -> Message:
    """Tell a member what became of an offer, in the words of who answered it."""
    contact = offer.member.contact
    return _compose(
        "offer_answered",
        contact,
        key=f"offer-answered:{offer.pk}",
        name=offer.member.name,
        about=offer.group.title if offer.group else offer.proposed_name,
        is_accepted=offer.state == offer.State.ACCEPTED,
        answer=offer.answer,
        url=address("my_page", contact),
    )


def address(name: str, reader: Contact | User, *arguments: str | int) -> str:
    """Return the whole address of a page in the reader’s language."""
    with override(reader.language):
        return f"{settings.SITE_ADDRESS.rstrip('/')}{reverse(name, args=arguments)}"


def to(member) -> Q:
    """Find the deliveries to a member, by their contact or their address."""
    return Q(contact=member.contact) | Q(recipient__iexact=member.contact.email)


def keys_begin(starts: Iterable[str]) -> Q:
    """Find the deliveries whose key begins in one of these ways."""
    found = Q(pk__in=[])
    for start in starts:
        found |= Q(key__startswith=start)
    return found


def _compose(template: str, contact: Contact, *, key: str, **context) -> Message:
    return compose(
        f"members/{template}",
        key=key,
        recipient=contact.email,
        language=contact.language,
        context=context,
    )
