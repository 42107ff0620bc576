"""What is about to be told: within minutes, and with the next digests, to how many people."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from mail.models import Cadence, Subscription, Topic
from members.models import DigestRun, Item, UpdatesStart
from members.topics import by_value
from pages.models import SitePage

from . import clock
from .items import Followers, followers, newly_published, topics_of
from .planning import LINES, Digest, digest_of, who_get_mail


@dataclass(frozen=True)
class Settling:
    """A page that was published minutes ago: it can still be mended or held back."""

    page: SitePage
    what: str
    told_at: datetime.datetime
    people: Followers


@dataclass(frozen=True)
class TopicNews:
    """What a digest holds under one topic, and how many people follow it."""

    topic: Topic
    label: str
    followers: int
    items: Sequence[Item]


@dataclass(frozen=True)
class Coming:
    """The next digest as it would be if nothing more were published.

    ``hour`` is when it comes on the clock that was asked for; ``people`` is how many get it at
    most, on all clocks: who was told of everything at once gets none.
    """

    cadence: Cadence
    hour: datetime.datetime
    people: int
    topics: Sequence[TopicNews]
    items: Sequence[Item]


def settling(now: datetime.datetime) -> list[Settling]:
    """Return what was published within the last minutes and is told when it has settled."""
    beginning = UpdatesStart.objects.first()
    if beginning is None:
        return []
    since = max(beginning.at, now - clock.SETTLE)
    return [
        Settling(page, what.value, published_at + clock.SETTLE, followers(topics_of(page)))
        for what, page, published_at in newly_published(since, now)
        if page.tells_followers
    ]


def next_digest(cadence: Cadence, zone: str, now: datetime.datetime) -> Coming:
    """Return what the next digest holds; the number of queries is the same for any number of items.

    ``zone`` is the clock by which its hour is told; what is inside differs by clock only in what
    was published in the hours between.
    """
    digest = following(cadence, zone, now)
    ids = list(digest.stock.ids)
    items = Item.objects.select_related("page").in_bulk(ids)
    return Coming(
        cadence=cadence,
        hour=digest.hour,
        people=_readers(digest),
        topics=_by_topic(digest, items),
        items=[items[pk] for pk in ids],
    )


def following(cadence: Cadence, zone: str, now: datetime.datetime) -> Digest:
    """Return the digest whose hour comes next on this clock."""
    current = clock.period_of(cadence, now, clock.clock_of(zone))
    period = clock.after(cadence, current)
    return digest_of(DigestRun(cadence=cadence, period=period, zone=zone), now)


def chosen(digest: Digest, topics: Sequence[int]) -> tuple[list[int], int]:
    """Return the items of one mail to somebody who follows these topics, and how many it omits."""
    items = digest.stock.about(topics)
    return items[:LINES], max(len(items) - LINES, 0)


def _readers(digest: Digest) -> int:
    wishes = digest.wishes().filter(contact=OuterRef("pk"))
    return who_get_mail().filter(Exists(wishes)).count() if digest.stock.ids else 0


def _by_topic(digest: Digest, items: Mapping[int, Item]) -> list[TopicNews]:
    wishes = Subscription.objects.filter(
        cadence__in=digest.cadences, topic__in=digest.stock.places, contact__in=who_get_mail()
    )
    rows = wishes.order_by().values_list("topic").annotate(number=Count("pk"))
    followed, labels = dict(rows), by_value()
    found = [
        TopicNews(
            topic=topic,
            label=labels[str(topic)].label if str(topic) in labels else topic.slug,
            followers=followed.get(topic.pk, 0),
            items=[items[pk] for pk in digest.stock.about([topic.pk])],
        )
        for topic in Topic.objects.filter(pk__in=digest.stock.places)
    ]
    return sorted(found, key=lambda news: (-news.followers, news.label))
