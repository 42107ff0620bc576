"""Which events a feed brings, and what it is called."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from events import rules
from events.listing import FILTERS
from events.models import EventPage
from events.published import with_entries
from events.querysets import EventQuerySet
from pages.filters import Filters
from pages.metadata import SITE_NAME
from working_groups.listed import listed_groups

from .naming import name_of, query_of

FIELDS = (
    *("title", "slug", "url_path", "language", "summary", "kind", "group", "translation_key"),
    *("starts_at", "ends_at", "time_zone", "status", "mode", "venue", "recording_url"),
    *("first_published_at", "last_published_at", "latest_revision_created_at"),
)
STAMP = ("pk", "translation_key", "sequence", "changed_at", "last_published_at", "url_path")


@dataclass(frozen=True)
class Selection:
    """The events of one feed, in the order in which they begin.

    ``query`` is what an address needs to say to get them, and no more.
    """

    name: str
    events: EventQuerySet
    query: str = ""

    @cached_property
    def stamp(self) -> Sequence[tuple]:
        """What tells this selection from any other, read in one query and without the texts.

        The rows and their order, not the newest change and a count: an event that is withdrawn
        while another one is published leaves both as they were (R17).
        """
        return list(self.events.values_list(*STAMP))

    def rows(self) -> list[EventPage]:
        """Return the events with what their entries say, and nothing else of them."""
        return list(self.events.only(*FIELDS))


def by_filters(parameters: QueryDict, now: datetime.datetime) -> Selection:
    """Return what the filters of an address leave; values that mean nothing are left out."""
    filters = Filters(EventPage.objects.for_reader_now(), FILTERS, parameters, listed_groups())
    events, chosen = filters.rows, dict(filters.known)
    if parameters.get("cancelled") == "0":
        events, chosen = events.exclude(status="cancelled"), chosen | {"cancelled": ["0"]}
    name = name_of(filters.known, EventPage.Kind)
    return Selection(name, in_feed(events, now), query_of(chosen))


def wanted(condition: Q, now: datetime.datetime) -> Selection:
    """Return the public events that fulfil a condition, for somebody’s own feed."""
    events = EventPage.objects.for_reader_now().filter(condition)
    return Selection(_("My events – %(site)s") % {"site": SITE_NAME}, in_feed(events, now))


def in_feed(events: EventQuerySet, now: datetime.datetime) -> EventQuerySet:
    """Return those in the window of a feed; what was called off stays until it would have ended."""
    over = Q(ends_at__lte=now) | Q(ends_at__isnull=True, starts_at__lte=now)
    kept = events.between(*rules.feed_window(now)).exclude(
        over & Q(status__in=["cancelled", "postponed"])
    )
    return with_entries(kept)
