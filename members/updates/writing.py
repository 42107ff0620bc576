"""What an update says, written when it leaves: only of what its reader still follows and may read.

Days can lie between plan and mail. Whoever turned a topic off meanwhile hears nothing of it, and
what was taken off the site is told to nobody (R9).
"""

import datetime
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from mail import links, writers
from mail.message import Message, compose
from mail.models import Cadence, Contact, Delivery, Topic
from members.mail import address
from members.models import Member
from members.topics import by_value
from pages.places import site_settings

from .lines import Line, drawn
from .planning import DIGEST, INSTANT

NAMED_TOPICS = 6


@dataclass(frozen=True)
class Content:
    """The lines of one mail, and the topics for which their reader gets it."""

    lines: list[Line]
    topics: list[Topic]
    more: int
    cadence: str


@dataclass(frozen=True)
class Ways:
    """Where the links at the end of a mail lead."""

    unsubscribe: str
    preferences: str


def register() -> None:
    """Write the updates and digests that leave, and say which must not."""
    for purpose in (INSTANT, DIGEST):
        writers.register(purpose, write=write, may_send=may_send)


def may_send(delivery: Delivery, now: datetime.datetime) -> str:
    """Return why an update is not sent after all, or an empty string."""
    if Member.objects.filter(contact=delivery.contact, state=Member.State.LEAVING).exists():
        return "leaving"
    followed = _followed(delivery.contact)
    if not followed:
        return "unsubscribed"
    content = delivery.content = _content(delivery, followed, now)
    if content.lines:
        return ""
    return "unsubscribed" if _readable_lines(delivery, now) else "withdrawn"


def write(delivery: Delivery) -> Message:
    """Return the mail, in the language of its reader."""
    contact = delivery.contact
    content = getattr(delivery, "content", None)
    if content is None:
        content = _content(delivery, _followed(contact), timezone.now())
    ways = Ways(
        unsubscribe=address("unsubscribe", contact, _token(contact, content)),
        preferences=address("preferences", contact, links.make(links.PREFERENCES, contact)),
    )
    return letter(delivery, content, ways)


def letter(delivery: Delivery, content: Content, ways: Ways) -> Message:
    """Return a mail with this content, whether or not its row is in the database."""
    contact = delivery.contact
    with override(contact.language):
        message = compose(
            f"members/{delivery.purpose}",
            key=delivery.key,
            recipient=delivery.recipient,
            language=contact.language,
            context={
                "subject": subject(content),
                "lines": content.lines,
                "more": content.more,
                "cadence": content.cadence,
                "site": address("wagtail_serve", contact, ""),
                "why": why(content),
                "unsubscribe": ways.unsubscribe,
                "preferences": ways.preferences,
                "postal_address": site_settings().postal_address,
            },
        )
    return replace(message, unsubscribe=ways.unsubscribe)


def subject(content: Content) -> str:
    """Return what is inside: “Budgets in Kenya and 4 more”."""
    first, others = content.lines[0], len(content.lines) - 1 + content.more
    if not others:
        return f"{first.group or first.kind}: {first.title}"
    words = ngettext("%(title)s and %(number)d more", "%(title)s and %(number)d more", others)
    return words % {"title": first.title, "number": others}


def why(content: Content) -> str:
    """Return for which topics somebody gets a mail, in their own words."""
    known = by_value()
    labels = [known[str(topic)].label for topic in content.topics if str(topic) in known]
    names = pgettext("between two names", ", ").join(labels[:NAMED_TOPICS])
    if others := len(labels[NAMED_TOPICS:]):
        words = ngettext("%(names)s and %(number)d more", "%(names)s and %(number)d more", others)
        names = words % {"names": names, "number": others}
    return _("You get this mail because you follow: %(names)s.") % {"names": names}


def _content(delivery: Delivery, followed: dict[int, Topic], now: datetime.datetime) -> Content:
    lines = [line for line in _readable_lines(delivery, now) if line.topics & followed.keys()]
    about = set().union(*(line.topics for line in lines))
    return Content(
        lines=lines,
        topics=[topic for pk, topic in followed.items() if pk in about],
        more=delivery.payload["more"],
        cadence=delivery.payload["cadence"],
    )


def _readable_lines(delivery: Delivery, now: datetime.datetime) -> list[Line]:
    contact = delivery.contact
    return drawn.lines(delivery.payload["items"], contact.language, contact.time_zone, now)


def _followed(contact: Contact) -> dict[int, Topic]:
    """Return the topics that are on at this moment, by id, in one order for all."""
    wishes = contact.subscriptions.exclude(cadence=Cadence.OFF).select_related("topic")
    return {wish.topic_id: wish.topic for wish in wishes.order_by("topic__kind", "topic__slug")}


def _token(contact: Contact, content: Content) -> str:
    """Return what one click turns off: the one topic of a mail, else all mails of this cadence."""
    if len(content.topics) == 1:
        (topic,) = content.topics
        return links.make(links.UNSUBSCRIBE, contact, kind=topic.kind, slug=topic.slug)
    return links.make(links.UNSUBSCRIBE, contact, cadence=content.cadence)
