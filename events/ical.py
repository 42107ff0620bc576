"""One event as an iCalendar file, to keep in one’s own calendar (RFC 5545)."""

import datetime
import zoneinfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from . import rules, times
from .lines import where

PRODUCT = "-//Local Public Sector Alliance//Decentralization.Net//EN"
DOMAIN = "decentralization.net"
STATUS = {
    "cancelled": "CANCELLED",
    "postponed": "TENTATIVE",
    "save-the-date": "TENTATIVE",
    "scheduled": "CONFIRMED",
}
AROUND = datetime.timedelta(days=366)


def calendar(event, url: str) -> bytes:
    """Return the file of an event that has a date.

    It has no METHOD, being a copy and not an invitation. The same content gives the same bytes.
    """
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add_component(entry(event, url))
    first = event.starts_at.date() - AROUND
    file.add_missing_timezones(first, (event.ends_at or event.starts_at).date() + AROUND)
    return file.to_ical()


def entry(event, url: str) -> Event:
    """Return an event as a component of a calendar."""
    zone = times.zone_of(event)
    changed = event.last_published_at or event.latest_revision_created_at or event.starts_at
    component = Event()
    component.add("uid", uid(event))
    component.add("dtstamp", changed.astimezone(rules.UTC))
    component.add("last-modified", changed.astimezone(rules.UTC))
    component.add("dtstart", moment(event.starts_at, zone))
    if event.ends_at:
        component.add("dtend", moment(event.ends_at, zone))
    component.add("summary", summary(event))
    component.add("description", "\n\n".join(filter(None, (event.summary, url))))
    component.add("location", str(where(event)))
    component.add("url", url)
    component.add("status", STATUS[event.status])
    return component


def uid(event) -> str:
    """Return the name of an event for life; its translations are the same event."""
    return f"{event.translation_key}@{DOMAIN}"


def summary(event) -> str:
    """Return the title, with what calendars that ignore the status must still say."""
    prefixes = {
        "cancelled": _("Cancelled: %(title)s"),
        "postponed": _("Postponed: %(title)s"),
        "save-the-date": _("Save the date: %(title)s"),
    }
    return prefixes.get(event.status, "%(title)s") % {"title": event.title}


def moment(at: datetime.datetime, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    """Return an instant in the zone of the event, or in UTC where its local time is ambiguous.

    iCalendar takes a time that happens twice for the first one and cannot name the second.
    """
    local = at.astimezone(zone)
    return at.astimezone(rules.UTC) if local.fold else local
