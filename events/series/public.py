"""A series as readers see it: its meetings that come, those that were held, the ways to follow."""

import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import times
from events.cities import city
from events.feeds.selection import Selection, in_feed
from events.models import EventPage, Occurrence, Series
from events.querysets import EventQuerySet
from pages.facts import Fact, stated
from pages.metadata import SITE_NAME, absolute
from pages.subscribing import Subscription, subscription
from working_groups.listed import group_label

FORMS = {"atom": "Atom", "json": "JSON"}


def found(pk: int) -> Series:
    """Return a series of which readers can see a meeting; 404 for any other."""
    series = Series.objects.select_related("parent").filter(pk=pk).first()
    if series is None or not meetings(series).exists():
        raise Http404("No such series of meetings.")
    return series


def meetings(series: Series) -> EventQuerySet:
    """Return the meetings of a series that readers can see, each in their language."""
    theirs = Occurrence.objects.filter(series=series).values("event__translation_key")
    return EventPage.objects.for_reader_now().filter(translation_key__in=theirs)


def selection(series: Series, now: datetime.datetime) -> Selection:
    """Return what the feed of a series brings."""
    return Selection(f"{series.title} – {SITE_NAME}", in_feed(meetings(series), now))


def ways_to_follow(series: Series, request: HttpRequest) -> Subscription:
    """Return the links with which a series is followed in a calendar."""
    others = [
        {"label": label, "url": reverse("event_series_feed", args=[series.pk, form])}
        for form, label in FORMS.items()
    ]
    address = absolute(request, reverse("event_series_feed", args=[series.pk, "ics"]))
    return subscription(address, f"{series.title} – {SITE_NAME}", others)


def facts(series: Series) -> list[Fact]:
    """Return when its meetings are held, and whose they are."""
    group = group_label(series.parent_id)
    return stated(
        Fact(_("Takes place"), rhythm(series)),
        Fact(_("At"), hours(series)),
        Fact(_("Working group"), group.label, group.url, group.language) if group else None,
    )


def rhythm(series: Series) -> str:
    """Return “First Tuesday, every 3 months”, which every language can say."""
    words = ngettext(
        "%(nth)s %(weekday)s, every month",
        "%(nth)s %(weekday)s, every %(months)s months",
        series.every_months,
    )
    said = words % {
        "nth": series.get_nth_display(),
        "weekday": series.get_weekday_display(),
        "months": series.every_months,
    }
    return said[:1].upper() + said[1:]


def hours(series: Series) -> str:
    """Return “15:00–16:30 on the clocks of Nairobi”, which no change of clocks moves."""
    there = times.zone_named(series.time_zone)
    starts, ends = (
        times.clock(datetime.datetime.combine(series.first_on, time))
        for time in (series.start_time, series.end_time)
    )
    return _("%(hours)s on the clocks of %(place)s") % {
        "hours": f"{starts}–{ends}",
        "place": city(there),
    }
