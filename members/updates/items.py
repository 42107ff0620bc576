"""What is new: which pages followers are told of, under which topics, and who follows those."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from wagtail.models import get_page_models

from blog.models import BlogPage
from events.models import EventPage
from knowledge.models import ResourcePage
from mail import subscriptions
from mail.models import Cadence, Contact, Subscription, Topic
from members.models.updates import Item, ItemTopic, UpdatesStart
from members.topics import NEWS
from pages.models import SitePage
from taxonomy.models import Region
from working_groups.listed import listed_group

from .clock import DAY, LONGEST_GAP, SETTLE

RECORDED_WITHIN = 60 * DAY
LIMIT = 10
MOST_AT_ONCE = 12


# Making items -----------------------------------------------------------------------------------


@transaction.atomic
def start(now: datetime.datetime) -> datetime.datetime:
    """Return since when updates are sent: the first call of all sets it.

    What was there before stays untold, and so do the recordings of that time, whose pages do not
    say since when they have one.
    """
    beginning, is_new = UpdatesStart.objects.get_or_create(pk=1, defaults={"at": now})
    if is_new:
        for event in recorded().filter(_untold(Item.What.RECORDING)):
            make(event, Item.What.RECORDING, now, hidden_at=now)
    return beginning.at


def collect(now: datetime.datetime) -> int:
    """Make an item of every page that was published lately and has settled; return how many.

    Asking the pages, rather than listening to what Wagtail says, finds each of them however it
    went live: by a click, by approval, at its hour, or while nothing of this was running. Very
    many at once come from another system: they stand in digests, and no mail is sent for each.
    """
    since = max(start(now), now - LONGEST_GAP[Cadence.WEEKLY])
    made = [
        item
        for what, page, published_at in newly_published(since, now - SETTLE)
        if (item := make(page, what, published_at, None if page.tells_followers else now))
    ]
    if len(made) > MOST_AT_ONCE:
        Item.objects.filter(pk__in=made).update(announced_at=now)
    return len(made)


def newly_published(
    since: datetime.datetime, until: datetime.datetime
) -> list[tuple[Item.What, SitePage, datetime.datetime]]:
    """Return the pages of this stretch of which there is no item yet, with when they went live."""
    return [
        (what, page, published_at(page, what))
        for what, pages in _news(since, until)
        for page in _originals_first(pages)
    ]


def readable() -> QuerySet[SitePage]:
    """Return the pages that everybody may read."""
    return SitePage.objects.live().public().filter(is_listed=True, alias_of__isnull=True)


def recorded() -> QuerySet[EventPage]:
    """Return the events whose recording can be watched."""
    return EventPage.objects.live().filter(recording=EventPage.Recording.AVAILABLE)


def _news(
    since: datetime.datetime, until: datetime.datetime
) -> Iterator[tuple[Item.What, QuerySet[SitePage]]]:
    """Return the pages that were published, and the recordings that came, in this stretch.

    A family of translations with an older member is no news. An event that is over is, only with
    its recording.
    """
    fresh = Q(first_published_at__gt=since, first_published_at__lte=until)
    older = SitePage.objects.filter(
        translation_key=OuterRef("translation_key"), first_published_at__lte=since
    )
    over = EventPage.objects.filter(pk=OuterRef("pk"), ends_at__lte=until)
    yield (
        Item.What.PUBLISHED,
        readable()
        .type(*_told_types())
        .filter(fresh, ~Exists(older), ~Exists(over), _untold(Item.What.PUBLISHED)),
    )
    with_recording = recorded().filter(
        last_published_at__gt=since,
        last_published_at__lte=until,
        ends_at__gt=until - RECORDED_WITHIN,
    )
    yield (
        Item.What.RECORDING,
        readable().filter(_untold(Item.What.RECORDING), pk__in=with_recording.values("pk")),
    )


def _told_types() -> list[type[SitePage]]:
    return [model for model in get_page_models() if getattr(model, "is_told", False)]


def _untold(what: Item.What) -> Q:
    return Q(~Exists(Item.objects.filter(family=OuterRef("translation_key"), what=what)))


def _originals_first(pages: QuerySet[SitePage]) -> list[SitePage]:
    found = pages.select_related("locale").specific()
    default = settings.LANGUAGE_CODE
    return sorted(found, key=lambda page: (page.locale.language_code != default, page.pk))


def published_at(page: SitePage, what: Item.What) -> datetime.datetime | None:
    """Return when what is new of a page went live; ``None`` for a draft."""
    is_first = what == Item.What.PUBLISHED
    return page.first_published_at if is_first else page.last_published_at


@transaction.atomic
def make(
    page: SitePage,
    what: Item.What,
    published_at: datetime.datetime,
    hidden_at: datetime.datetime | None,
) -> int | None:
    """Return the id of the new item of a page, ``None`` if its family has one already.

    One that shall not be told is written down as taken back.
    """
    item, is_new = Item.objects.get_or_create(
        family=page.translation_key,
        what=what,
        defaults={"page_id": page.pk, "published_at": published_at, "hidden_at": hidden_at},
    )
    if is_new and hidden_at is None:
        put_under_topics(item, page)
    return item.pk if is_new else None


def put_under_topics(item: Item, page: SitePage) -> None:
    """Let an item stand under the topics of its page, as it is tagged now."""
    topics = [subscriptions.topic(*key) for key in sorted(topics_of(page))]
    ItemTopic.objects.bulk_create(
        (ItemTopic(item=item, topic=topic) for topic in topics), ignore_conflicts=True
    )


# Topics and followers ---------------------------------------------------------------------------


def topics_of(page: SitePage) -> set[subscriptions.TopicKey]:
    """Return under which topics a specific page stands, as it is tagged at this moment.

    What is tagged with a country stands under its region. What no group published, and every
    announcement, is news of the Alliance.
    """
    countries = [country.region_id for country in page.countries.all()]
    regions = {region.slug for region in page.regions.all()}
    regions.update(Region.objects.filter(pk__in=countries).values_list("slug", flat=True))
    keys = {(Topic.Kind.REGION.value, slug) for slug in regions}
    keys |= {(Topic.Kind.THEME.value, theme.slug) for theme in page.themes.all()}
    keys |= {(Topic.Kind.SECTOR.value, sector.slug) for sector in page.sectors.all()}
    groups = _groups_of(page)
    keys |= {(Topic.Kind.GROUP.value, slug) for slug in groups}
    if not groups or page.kind == BlogPage.Kind.ANNOUNCEMENT:
        keys.add(NEWS)
    return keys


def _groups_of(page: SitePage) -> set[str]:
    """Return the slugs of the groups whose work this is, as topics name them."""
    pks = {getattr(page, "group_id", None)}
    if isinstance(page, ResourcePage):
        pks |= {group.pk for group in page.other_groups.all()}
    listed = (listed_group(pk) for pk in pks if pk)
    return {group.slug for group in listed if group}


@dataclass(frozen=True)
class Followers:
    """How many people would hear of something, each counted once."""

    everybody: int
    instant: int
    daily: int
    weekly: int


def followers(keys: Collection[subscriptions.TopicKey]) -> Followers:
    """Return how many confirmed contacts follow any of these topics, and how quickly they hear."""
    topics = Q(pk__in=[])
    for kind, slug in keys:
        topics |= Q(kind=kind, slug=slug)
    rows = Subscription.objects.filter(
        topic__in=Topic.objects.filter(topics), contact__state=Contact.State.OK
    )

    def people(*cadences: Cadence) -> Count:
        return Count("contact", distinct=True, filter=Q(cadence__in=cadences))

    at_once, daily, weekly = Cadence.INSTANT, Cadence.DAILY, Cadence.WEEKLY
    counted = rows.aggregate(
        instant=people(at_once), quick=people(at_once, daily), all=people(at_once, daily, weekly)
    )
    return Followers(
        everybody=counted["all"],
        instant=counted["instant"],
        daily=counted["quick"] - counted["instant"],
        weekly=counted["all"] - counted["quick"],
    )


# Choosing items ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Window:
    """From when, inclusive, to when, exclusive, something was published."""

    since: datetime.datetime
    until: datetime.datetime


@dataclass(frozen=True)
class Stock:
    """The items of a window: their ids, the newest first, and by topic their places among them."""

    ids: tuple[int, ...]
    places: Mapping[int, tuple[int, ...]]

    def about(self, topics: Iterable[int]) -> list[int]:
        """Return the ids of the items about any of these topics, each once, the newest first."""
        places = set().union(*(self.places.get(topic, ()) for topic in topics))
        return [self.ids[place] for place in sorted(places)]


def told_now(now: datetime.datetime) -> QuerySet[Item]:
    """Return the items of which followers may hear: not taken back, readable, not over."""
    over = EventPage.objects.filter(pk=OuterRef("page_id"), ends_at__lte=now)
    return Item.objects.filter(
        ~Exists(over) | Q(what=Item.What.RECORDING), hidden_at=None, page__in=readable()
    )


def stock(window: Window, now: datetime.datetime, limit: int = LIMIT) -> Stock:
    """Return each topic’s newest items of a window: one query, whatever the number of topics."""
    items = told_now(now).filter(published_at__gte=window.since, published_at__lt=window.until)
    rows = ItemTopic.objects.filter(item__in=items).order_by("-item__published_at", "-item_id")
    place_of: dict[int, int] = {}
    places: dict[int, list[int]] = defaultdict(list)
    for topic, item in rows.values_list("topic_id", "item_id"):
        if len(places[topic]) < limit:
            places[topic].append(place_of.setdefault(item, len(place_of)))
    return Stock(tuple(place_of), {topic: tuple(found) for topic, found in places.items()})
