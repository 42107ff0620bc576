"""The calendar in its three views: what comes, a month, and what was held."""

import datetime
import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, Max, Min, Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.preferences import reader_zone
from pages.card_lists import in_order, rendered
from pages.filters import Filters
from pages.listings import Listing, Rows
from pages.pagination import Pager, paginate
from pages.remembered import remembered
from pages.subscribing import Subscription
from working_groups.listed import listed_groups

from . import cities, months, rules, times
from .feeds.links import of_filters
from .feeds.naming import name_of, query_of
from .months import Link
from .querysets import EventQuerySet

LIST, MONTH, PAST = "list", "month", "past"
FILTERS = ("group", "kind", "region", "theme", "language")
RECORDED = "available"


@dataclass(frozen=True)
class MonthOfLines:
    """The lines of a list that lie in one month."""

    label: str
    slug: str
    lines: SafeString


class Calendar:
    """One address of the calendar: the view, the filters, and the ways from here."""

    def __init__(self, request: HttpRequest, events: EventQuerySet, now: datetime.datetime):
        self.request = request
        self.events = events
        self.now = now
        self.zone = reader_zone(request)
        self.today = timezone.localdate(now, self.zone or times.UTC)
        self.view = request.GET.get("view") or (MONTH if request.GET.get("month") else LIST)
        if self.view not in (LIST, MONTH, PAST):
            raise Http404("No such view of the calendar.")

    def context(self) -> dict:
        """Return what ``events/event_index_page.html`` shows."""
        view = {LIST: self._upcoming, MONTH: self._month, PAST: self._past}[self.view]
        return {
            "view": self.view,
            "views": self._view_links(),
            "time_zone_switch": time_zone_switch(self.request, self.now),
            "subscription": self._subscription(),
            **view(),
        }

    def url(self, **changes: str | None) -> str:
        """Return an address of the calendar with other parameters; ``None`` takes one away."""
        parameters = self.request.GET.copy()
        for name, value in {"page": None, **changes}.items():
            parameters.pop(name, None)
            if value is not None:
                parameters[name] = value
        return f"?{parameters.urlencode()}" if parameters else "?"

    def _subscription(self) -> Subscription:
        """Return the ways to follow what the filters of this address leave."""
        chosen = Filters(self.events, FILTERS, self.request.GET, listed_groups()).known
        name = name_of(chosen, self.events.model.kinds)
        return of_filters(self.request, name, query_of(chosen))

    # The three views

    def _upcoming(self) -> dict:
        filters, listing = self._narrowed(self.events.upcoming(self.now), "upcoming")
        number = listing.count
        count = ngettext("%(number)s upcoming event", "%(number)s upcoming events", number)
        return self._lines(filters, listing) | {
            "count": count % {"number": number},
            "empty": None if number else self._nothing_to_come(listing),
        }

    def _past(self) -> dict:
        events, kept = self.events.past(self.now), {"view": PAST}
        recording = self.request.GET.get("recording", "")
        if recording:
            if recording != RECORDED:
                raise Http404("No such state of a recording.")
            events, kept = events.recorded(), kept | {"recording": RECORDED}
        filters, listing = self._narrowed(events, f"past:{recording}", (*FILTERS, "year"))
        number = listing.count
        count = ngettext("%(number)s past event", "%(number)s past events", number)
        return self._lines(filters, listing, latest_first=True) | {
            "count": count % {"number": number},
            "kept": _fields(kept),
            "recordings": [
                {"label": _("All"), "url": self.url(recording=None), "current": not recording},
                {
                    "label": _("With a recording"),
                    "url": self.url(recording=RECORDED),
                    "current": bool(recording),
                },
            ],
            "empty": None if number else self._nothing_held(listing),
        }

    def _month(self) -> dict:
        first = self._first_day()
        start, end = months.window(first)
        filters, listing = self._narrowed(self.events.between(start, end), f"month:{first}")
        address = hashlib.sha256(self.request.GET.urlencode().encode()).hexdigest()
        drawn = remembered(
            f"calendar-month:{first}:{self.today}:{self.zone}:{address}",
            lambda: self._drawn_month(first, filters, listing),
        )
        return drawn | {
            "listing": listing,
            "kept": _fields({"view": MONTH, "month": f"{first:%Y-%m}"}),
        }

    def _drawn_month(self, first: datetime.date, filters: Filters, listing: Listing) -> dict:
        """Return the month with the ways from it, and the words about it."""
        rows = Filters(self.events, FILTERS, self.request.GET, listed_groups()).rows
        found = list(filters.rows.only(*months.MONTH_FIELDS).annotate(**_beside(rows, first)))
        earlier, later = _has_neighbours(found, rows, first)
        shown = months.month(
            first,
            found,
            self.zone,
            self.today,
            previous=self._step(first, -1, is_there=earlier),
            next=self._step(first, 1, is_there=later),
        )
        count = ngettext(
            "%(number)s event in %(month)s", "%(number)s events in %(month)s", shown.count
        )
        return {
            "month": shown,
            "count": count % {"number": shown.count, "month": shown.label},
            "empty": None if shown.count else self._nothing_in_month(listing, rows, first),
        }

    # Their parts

    def _narrowed(
        self, events: EventQuerySet, name: str, names: tuple[str, ...] = FILTERS
    ) -> tuple[Filters, Listing]:
        """Return the events under the filters of the address, and what is known about them."""
        filters = Filters(events, names, self.request.GET, listed_groups())
        overview = remembered(f"calendar:{name}:{filters.digest}", filters.overview)
        return filters, Listing(self.request.GET, overview, None)

    def _lines(self, filters: Filters, listing: Listing, *, latest_first: bool = False) -> dict:
        """Return a page of a list, by month, and what stands around it."""
        rows = filters.rows.only("starts_at", "ends_at", "time_zone")
        pager = paginate(self.request, Rows(listing.count, lambda start, stop: rows[start:stop]))
        parts = self._by_month(pager, latest_first=latest_first)
        return {"listing": listing, "pager": pager, "months": parts, "kept": []}

    def _by_month(self, pager: Pager, *, latest_first: bool) -> list[MonthOfLines]:
        """Return the lines of a page by month, on the reader’s clock or on each event’s own.

        All lines are drawn together, so that the number of months costs nothing.
        """
        events = list(pager.page.object_list)
        lines = rendered(
            [event.pk for event in events], self.zone, model=type(events[0]) if events else None
        )
        by_month: dict[datetime.date, list[int]] = defaultdict(list)
        for event in events:
            begins = times.stretch(event, self.zone).starts.date()
            by_month[begins.replace(day=1)].append(event.pk)
        return [
            MonthOfLines(
                label=times.month_words(first),
                slug=f"{first:%Y-%m}",
                lines=in_order(lines, by_month[first]),
            )
            for first in sorted(by_month, reverse=latest_first)
        ]

    def _first_day(self) -> datetime.date:
        asked = self.request.GET.get("month")
        first = rules.parse_month(asked) if asked else self.today.replace(day=1)
        if first is None:
            raise Http404("No such month.")
        return first

    def _view_links(self) -> list[dict]:
        """Return the ways between the views, which keep the filters."""
        labels = {
            LIST: pgettext("a view of the calendar", "Upcoming"),
            MONTH: pgettext("a view of the calendar", "Month"),
            PAST: pgettext("a view of the calendar", "Past"),
        }
        only_here = {"month": None, "recording": None, "year": None}
        return [
            {
                "label": label,
                "url": self.url(view=None if name == LIST else name, **only_here),
                "current": name == self.view,
            }
            for name, label in labels.items()
        ]

    def _step(self, first: datetime.date, months_on: int, *, is_there: bool) -> Link | None:
        """Return the way to the month beside; none beyond the last event, so that walks end."""
        there, today = rules.month_after(first, months_on), self.today.replace(day=1)
        is_on_the_way = today <= there if months_on < 0 else today >= there
        return self._month_link(there) if is_there or is_on_the_way else None

    def _month_link(self, first: datetime.date) -> Link:
        return Link(times.month_words(first), self.url(view=MONTH, month=f"{first:%Y-%m}"))

    # Empty places

    def _all_of_it(self) -> dict:
        nothing = dict.fromkeys((*FILTERS, "year", "recording"))
        return {"label": _("Remove all filters"), "url": self.url(**nothing)}

    def _nothing_to_come(self, listing: Listing) -> dict:
        held = {"label": _("See past events"), "url": self.url(view=PAST)}
        if not listing.chips:
            text = _("New dates appear here as soon as a group sets them.")
            return {"title": _("No event is planned at the moment."), "text": text, "action": held}
        empty = {"title": _("No upcoming event fits these filters.")}
        _filters, before = self._narrowed(self.events.past(self.now), "past:")
        if not before.count:
            return empty | {"action": self._all_of_it()}
        text = _("Past events do.")
        return empty | {"text": text, "action": held, "links": [self._all_of_it()]}

    def _nothing_held(self, listing: Listing) -> dict:
        if listing.chips or self.request.GET.get("recording"):
            title = _("No past event fits these filters.")
            return {"title": title, "action": self._all_of_it()}
        ahead = {"label": _("See upcoming events"), "url": self.url(view=None)}
        return {"title": _("There is no past event yet."), "action": ahead}

    def _nothing_in_month(
        self, listing: Listing, rows: EventQuerySet, first: datetime.date
    ) -> dict:
        """Return the words for an empty month and the way to the nearest one with events."""
        empty = {"title": _("No event in %(month)s.") % {"month": times.month_words(first)}}
        nearest = self._nearest(rows, first)
        if nearest is not None:
            text = _("The nearest month with events is %(month)s.") % {"month": nearest.label}
            return empty | {"text": text, "action": {"label": nearest.label, "url": nearest.url}}
        if listing.chips:
            text = _("No event fits these filters.")
            return empty | {"text": text, "action": self._all_of_it()}
        return empty | {"text": _("New dates appear here as soon as a group sets them.")}

    def _nearest(self, rows: EventQuerySet, first: datetime.date) -> Link | None:
        """Return the way to the next month with events, or else to the last one before."""
        middle = months.middle(first)
        rows = rows.only("starts_at", "ends_at", "time_zone")
        after = rows.filter(starts_at__gte=middle).order_by("starts_at").first()
        event = after or rows.filter(starts_at__lt=middle).order_by("-starts_at").first()
        if event is None:
            return None
        return self._month_link(times.stretch(event, self.zone).starts.date().replace(day=1))


def _beside(rows: EventQuerySet, first: datetime.date) -> dict[str, Exists]:
    """Return what each event of a month says beside itself: are there any before, and after it?"""
    begin, end = months.days(first)
    ends_later = Q(ends_at__gte=end) | Q(starts_at__gte=end)
    return {
        "has_earlier": Exists(rows.order_by().filter(starts_at__lt=begin)),
        "has_later": Exists(rows.order_by().filter(ends_later, starts_at__gte=end - rules.LONGEST)),
    }


def _has_neighbours(found: list, rows: EventQuerySet, first: datetime.date) -> tuple[bool, bool]:
    """Return whether there are events before and after a month; an empty one asks on its own."""
    if found:
        return found[0].has_earlier, found[0].has_later
    begin, end = months.days(first)
    extent = rows.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    return (
        bool(extent["first"]) and extent["first"] < begin,
        bool(extent["last"]) and extent["last"] >= end,
    )


def time_zone_switch(request: HttpRequest, now: datetime.datetime) -> dict:
    """Return what ``components/time_zone_switch.html`` needs to come back to this page."""
    chosen = getattr(reader_zone(request), "key", "")
    return {
        "action": reverse("event_time_zone"),
        "hidden": [{"name": "next", "value": request.get_full_path()}],
        **remembered(f"zones:{now:%Y-%m-%dT%H}:{chosen}", lambda: _offered_zones(chosen, now)),
    }


def _offered_zones(chosen: str, now: datetime.datetime) -> dict:
    """Return the zones to choose from, each with its distance from UTC at this hour."""
    offered = {name for _label, names in cities.OFFERED for name in names}
    first = [{"value": "", "label": _("the event’s own zone"), "selected": not chosen}]
    extra = [name for name in dict.fromkeys((chosen, "UTC")) if name and name not in offered]
    return {
        "zones": first + [_zone_option(name, chosen, now) for name in extra],
        "groups": [
            {"label": str(label), "zones": [_zone_option(name, chosen, now) for name in names]}
            for label, names in cities.OFFERED
        ],
    }


def _zone_option(name: str, chosen: str, now: datetime.datetime) -> dict:
    label = times.zone_label(times.zone_named(name), now)
    return {"value": name, "label": label, "selected": name == chosen}


def _fields(values: dict[str, str]) -> list[dict]:
    """Return hidden fields that keep what a form of filters does not ask for."""
    return [{"name": name, "value": value} for name, value in values.items()]
