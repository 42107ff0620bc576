"""Updates as readers will see them, before they are sent; no link in them is anybody’s own."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import override

from mail.message import Message
from mail.models import Cadence, Contact, Delivery, Topic
from members.mail import address
from members.models import Item
from pages.models import SitePage

from .coming import chosen, following
from .items import recorded, topics_of
from .lines import drawn, line_of
from .planning import DIGEST, INSTANT
from .writing import Content, Ways, letter


@dataclass(frozen=True)
class Reader:
    """For whom a mail is drawn: their language and their clock."""

    language: str
    time_zone: str

    def contact(self) -> Contact:
        """Return a mailbox that is nobody’s."""
        return Contact(email="reader@example.org", language=self.language, time_zone=self.time_zone)


def digest_mail(
    cadence: Cadence, topics: Sequence[Topic], reader: Reader, now: datetime.datetime
) -> Message | None:
    """Return the next digest for somebody who follows these topics; ``None`` for an empty one."""
    digest = following(cadence, reader.time_zone, now)
    found = [topic for topic in topics if topic.pk in digest.stock.places]
    items, more = chosen(digest, [topic.pk for topic in found])
    lines = drawn.lines(items, reader.language, reader.time_zone, now)
    if not lines:
        return None
    return _mail(DIGEST, Content(lines, found, more, cadence.value), reader)


def instant_mail(page: SitePage, reader: Reader, now: datetime.datetime) -> Message:
    """Return what those hear at once who follow this page, as it is written, published or not."""
    item = Item(page=page, what=_what_is_new(page, now))
    with override(reader.language):
        line = line_of(item, page, frozenset(), reader.time_zone)
    topics = [Topic(kind=kind, slug=slug) for kind, slug in sorted(topics_of(page))]
    return _mail(INSTANT, Content([line], topics, 0, Cadence.INSTANT.value), reader)


def _what_is_new(page: SitePage, now: datetime.datetime) -> Item.What:
    """Return whether followers hear of the page itself or, once it is over, of a recording."""
    with_recording = recorded().filter(pk=page.pk, ends_at__lte=now).exists()
    return Item.What.RECORDING if with_recording else Item.What.PUBLISHED


def _mail(purpose: str, content: Content, reader: Reader) -> Message:
    contact = reader.contact()
    place = address("preferences_ask", contact)
    delivery = Delivery(key="sample", purpose=purpose, contact=contact, recipient=contact.email)
    return letter(delivery, content, Ways(unsubscribe=place, preferences=place))
