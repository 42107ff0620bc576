"""Events for tests: the least that an event needs, around the time of the tests."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from events.models import EventIndexPage, EventPage
from pages.models import SitePage


def calendar_page() -> EventIndexPage:
    """Return the calendar of the English site."""
    return EventIndexPage.objects.get(locale__language_code="en")


def make_event(
    title: str,
    starts_at: datetime.datetime,
    *,
    parent: SitePage | None = None,
    zone: str = "Africa/Nairobi",
    length: datetime.timedelta = datetime.timedelta(minutes=90),
    **fields,
) -> EventPage:
    """Return a live event that begins at this instant, planned in this zone."""
    begins, ends = (at.astimezone(ZoneInfo(zone)) for at in (starts_at, starts_at + length))
    event = EventPage(
        title=title,
        slug=slugify(title),
        starts_on=begins.date(),
        start_time=begins.time(),
        ends_on=ends.date(),
        end_time=ends.time(),
        time_zone=zone,
        fold=begins.fold,
        **fields,
    )
    return (parent or calendar_page()).add_child(instance=event)
