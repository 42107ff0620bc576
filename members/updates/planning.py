"""Planning who is told of what: at once, or with the digest of the day or the week.

Never members times items. The items of a window are read once, by topic; the members are walked
by id in pages, with their topic ids; who follows the same topics gets the same list. Everything
may run twice, in parallel or after a crash: each mail has its key, each run its cursor (R7).

Nobody hears of an item twice. What is told at once is planned before digests are, the daily digest
of a clock before its weekly one, and each looks at what its readers were told already.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from mail.bulk import Letter, Mailing, plan_bulk
from mail.models import Cadence, Contact, Delivery, DeliveryState, Lane, Subscription
from members.models import DigestRun, Item, Member

from . import clock
from .items import Stock, Window, collect, stock, told_now

INSTANT, DIGEST = "instant", "digest"
PAGE = 10_000
LINES = 30
MOST_REMEMBERED = 1_000
CADENCES = (Cadence.DAILY, Cadence.WEEKLY)


@dataclass(frozen=True)
class Tally:
    """How many items and mails are new."""

    items: int
    instant: int
    digests: int


def plan(now: datetime.datetime) -> Tally:
    """Plan every update that is due; again it adds nothing."""
    return Tally(collect(now), plan_instants(now), plan_digests(now))


# At once ----------------------------------------------------------------------------------------


def plan_instants(now: datetime.datetime, page: int = PAGE) -> int:
    """Write to all who want to hear at once of what is new; return how many mails that makes.

    Only to those who followed the topic when it was published. In the reader’s night it waits.
    """
    waiting = told_now(now).filter(announced_at=None, published_at__gt=now - clock.FRESH)
    planned = 0
    for item in waiting.order_by("published_at", "pk"):
        planned += sum(_announce(item, readers, now) for readers in _at_once(item, page))
        Item.objects.filter(pk=item.pk, announced_at=None).update(announced_at=now)
    return planned


def _announce(item: Item, readers: Mapping[int, str], now: datetime.datetime) -> int:
    morning = {
        name: clock.after_the_night(now, clock.clock_of(name)) for name in set(readers.values())
    }
    payload = {"items": [item.pk], "more": 0, "cadence": Cadence.INSTANT.value}
    letters = [
        Letter(f"{INSTANT}:{item.pk}:{contact}", contact, payload, morning[name])
        for contact, name in readers.items()
    ]
    late = item.published_at + clock.FRESH + clock.DAY
    return plan_bulk(letters, Mailing(INSTANT, Lane.BULK, not_after=late))


def _at_once(item: Item, page: int) -> Iterator[dict[int, str]]:
    """Return the contacts to be told at once, with their zones, page by page."""
    wishes = Subscription.objects.filter(
        contact=OuterRef("pk"),
        topic__in=item.topics.all(),
        cadence=Cadence.INSTANT,
        changed_at__lte=item.published_at,
    )
    followers = who_get_mail().filter(Exists(wishes)).order_by("pk")
    last = 0
    while found := dict(followers.filter(pk__gt=last).values_list("pk", "time_zone")[:page]):
        yield found
        last = max(found)


# Digests ----------------------------------------------------------------------------------------


def plan_digests(now: datetime.datetime) -> int:
    """Plan the digests whose hour has come on somebody’s clock; return how many mails that makes.

    A gap is made up for by one digest of everything, and never in the night (R26).
    """
    finished = set(
        DigestRun.objects.filter(
            finished_at__gt=now - clock.LONGEST_GAP[Cadence.WEEKLY]
        ).values_list("cadence", "period", "zone")
    )
    names = who_get_mail().order_by("time_zone").values_list("time_zone", flat=True).distinct()
    planned = 0
    for name in names:
        zone = clock.clock_of(name)
        if not clock.is_daytime(now, zone):
            continue
        for cadence in CADENCES:
            period = clock.period_of(cadence, now, zone)
            if (cadence.value, period, name) not in finished:
                planned += build(cadence, period, name, now)
    return planned


def build(
    cadence: Cadence | str, period: str, zone: str, now: datetime.datetime, page: int = PAGE
) -> int:
    """Plan one digest of all who live by a clock; return how many mails are new.

    A run that was cut off goes on where it was, a finished one adds nothing. Who has nothing new
    gets nothing.
    """
    cadence = Cadence(cadence)
    run = DigestRun.objects.get_or_create(cadence=cadence, period=period, zone=zone)[0]
    if run.finished_at:
        return 0
    digest = digest_of(run, now)
    own_row = DigestRun.objects.filter(pk=run.pk)
    planned, last, going_on = 0, run.cursor, bool(digest.stock.ids)
    while going_on:
        with transaction.atomic():
            readers = _page_of_readers(digest, last, page)
            last = max(readers, default=last)
            new = _plan_page(digest, readers)
            own_row.update(cursor=last, planned=F("planned") + new)
        planned += new
        going_on = len(readers) == page
    own_row.update(finished_at=now)
    return planned


def digest_for_all(now: datetime.datetime, window: Window) -> int:
    """Plan a digest for everybody who follows anything, whatever their hour: for looking at."""
    digest = Digest(
        key=f"{DIGEST}:{now:%Y%m%d%H%M%S}",
        cadences=(Cadence.INSTANT, *CADENCES),
        hour=now,
        not_after=now + clock.DAY,
        since=now,
        stock=stock(window, now),
    )
    return _plan_page(digest, _page_of_readers(digest, 0, PAGE))


@dataclass(frozen=True)
class Digest:
    """What all mails of one run share. ``hour`` is when it is due, ``since`` when it begins.

    ``zone`` is the clock of its readers; without one it is for all.
    """

    key: str
    cadences: tuple[Cadence, ...]
    hour: datetime.datetime
    not_after: datetime.datetime
    since: datetime.datetime
    stock: Stock
    zone: str = ""

    @property
    def cadence(self) -> str:
        """How often it comes; nothing for one that comes once for all."""
        return self.cadences[0].value if len(self.cadences) == 1 else ""

    def wishes(self) -> QuerySet[Subscription]:
        """The wishes that this digest answers: those there were at its hour, about its items."""
        return Subscription.objects.filter(
            cadence__in=self.cadences, topic__in=self.stock.places, changed_at__lte=self.hour
        )


def digest_of(run: DigestRun, now: datetime.datetime) -> Digest:
    """Return what a run tells: everything since the last one of this clock.

    Of a run that is still to come, what it would tell if nothing more were published.
    """
    cadence, zone = Cadence(run.cadence), clock.clock_of(run.zone)
    hour = clock.hour_of(run.period, zone)
    done = DigestRun.objects.filter(
        cadence=cadence, zone=run.zone, period__lt=run.period, finished_at__isnull=False
    )
    last = done.order_by("-period").values_list("period", flat=True).first()
    begins = clock.hour_of(last or clock.before(cadence, run.period), zone)
    since = max(begins, hour - clock.LONGEST_GAP[cadence]) - clock.SETTLE
    return Digest(
        key=f"{DIGEST}:{cadence}:{run.period}",
        cadences=(cadence,),
        hour=hour,
        not_after=max(hour, now) + clock.KEEPS[cadence],
        since=since,
        stock=stock(Window(since, hour - clock.SETTLE), now),
        zone=run.zone,
    )


def _page_of_readers(digest: Digest, after: int, page: int) -> dict[int, frozenset[int]]:
    """Return the next contacts by id, with the topics of which they want to hear."""
    readers = who_get_mail().filter(
        Exists(digest.wishes().filter(contact=OuterRef("pk"))), pk__gt=after
    )
    if digest.zone:
        readers = readers.filter(time_zone=digest.zone)
    wishes = digest.wishes().filter(contact__in=readers.order_by("pk").values("pk")[:page])
    topics: dict[int, list[int]] = defaultdict(list)
    for contact, topic in wishes.order_by("contact_id").values_list("contact_id", "topic_id"):
        topics[contact].append(topic)
    return {contact: frozenset(chosen) for contact, chosen in topics.items()}


def _plan_page(digest: Digest, readers: Mapping[int, frozenset[int]]) -> int:
    """Plan the mails of a page of readers, none for those who know everything already."""
    told = _told(readers, digest.since)
    lists: dict[frozenset[int], list[int]] = {}
    letters = []
    for contact, topics in readers.items():
        if topics not in lists:
            if len(lists) > MOST_REMEMBERED:
                lists.clear()
            lists[topics] = digest.stock.about(topics)
        items = lists[topics]
        if contact in told:
            items = [item for item in items if item not in told[contact]]
        if items:
            more = max(len(items) - LINES, 0)
            payload = {"items": items[:LINES], "more": more, "cadence": digest.cadence}
            letters.append(Letter(f"{digest.key}:{contact}", contact, payload, digest.hour))
    return plan_bulk(letters, Mailing(DIGEST, Lane.BULK, not_after=digest.not_after))


def _told(readers: Collection[int], since: datetime.datetime) -> dict[int, set[int]]:
    """Return what these contacts were told since then."""
    rows = Delivery.objects.filter(
        contact__in=list(readers), purpose__in=(INSTANT, DIGEST), created_at__gte=since
    ).exclude(state__in=(DeliveryState.SKIPPED, DeliveryState.FAILED))
    told: dict[int, set[int]] = defaultdict(set)
    for contact, items in rows.values_list("contact_id", "payload__items").iterator():
        told[contact].update(items)
    return told


def who_get_mail() -> QuerySet[Contact]:
    """Return the contacts that get updates: confirmed, and not about to be forgotten."""
    leaving = Member.objects.filter(contact=OuterRef("pk"), state=Member.State.LEAVING)
    return Contact.objects.filter(~Exists(leaving), state=Contact.State.OK)
