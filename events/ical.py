"""Events as iCalendar (RFC 5545): to keep, to follow, and as invitations by mail (RFC 5546)."""

import datetime
import re
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from . import rules, times
from .lines import where
from .models import EventPage, EventState

PRODUCT = "-//Local Public Sector Alliance//Decentralization.Net//EN"
REQUEST, CANCEL = "REQUEST", "CANCEL"
STATUS = {
    "cancelled": "CANCELLED",
    "postponed": "TENTATIVE",
    "save-the-date": "TENTATIVE",
    "scheduled": "CONFIRMED",
}
AROUND = datetime.timedelta(days=366)
NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f"]')


@dataclass(frozen=True)
class Told:
    """The name of an entry, how often it was moved, and when it changed last."""

    uid: str
    sequence: int
    changed_at: datetime.datetime


@dataclass(frozen=True)
class Attendee:
    """Whose calendar an invitation is for.

    ``at_least`` is a sequence below which nothing is sent, for somebody whose place was taken away
    and given again while the meeting stayed the same. ``note`` follows the description.
    """

    email: str
    name: str = ""
    at_least: int = 0
    note: str = ""


def event_ics(
    event: EventPage, method: str | None = None, attendee: Attendee | None = None, *, url: str = ""
) -> bytes:
    """Return the file of one event that has a date, in the language that is active.

    Without a method it is a copy for everybody. ``REQUEST`` puts it into the calendar of the
    attendee, ``CANCEL`` takes it out again; whoever sends it names the method in the media type
    too. ``url`` defaults to the address of the event’s page.
    """
    component = entry(event, url or event.full_url or "")
    if method:
        _address(component, attendee or Attendee(""), withdrawn=method == CANCEL)
    return calendar([component], method=method)


def calendar(entries: Iterable[Event], *, method: str | None = None, name: str = "") -> bytes:
    """Return a calendar of these entries. The same entries give the same bytes.

    The zones are described for the years in which something happens, and no others.
    """
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    if method:
        file.add("method", method)
    if name:
        _introduce(file, name)
    days = []
    for component in entries:
        file.add_component(component)
        days += [component[key].dt.date() for key in ("dtstart", "dtend") if key in component]
    if days:
        file.add_missing_timezones(min(days) - AROUND, max(days) + AROUND)
    return file.to_ical()


def told(event: EventPage) -> Told:
    """Return what calendars are told of a meeting now."""
    state = EventState.objects.of(event)
    return Told(state.ical_uid, state.ical_sequence, changed_at(event, state.changed_at))


def changed_at(event: EventPage, moved_at: datetime.datetime | None) -> datetime.datetime:
    """Return when an entry changed last: moved, or published with other words."""
    known = [at for at in (moved_at, event.last_published_at) if at is not None]
    return max(known, default=event.latest_revision_created_at or event.starts_at)


def entry(event: EventPage, url: str, said: Told | None = None) -> Event:
    """Return an event as a component of a calendar, with nothing that is not public."""
    said = said or told(event)
    zone = times.zone_of(event)
    component = Event()
    component.add("uid", said.uid)
    component.add("sequence", said.sequence)
    component.add("dtstamp", said.changed_at.astimezone(rules.UTC))
    component.add("last-modified", said.changed_at.astimezone(rules.UTC))
    component.add("dtstart", moment(event.starts_at, zone))
    if event.ends_at:
        component.add("dtend", moment(event.ends_at, zone))
    component.add("summary", vText(summary(event)), parameters={"LANGUAGE": event.language})
    component.add("description", "\n\n".join(filter(None, (event.summary, url))))
    component.add("location", str(where(event)))
    component.add("categories", [event.kind_label])
    component.add("url", url)
    component.add("status", STATUS[event.status])
    return component


def brief_entry(event: EventPage, url: str, said: Told) -> Event:
    """Return the same as one of very many, where nothing is said twice.

    Without a method DTSTAMP is the date of the last change (RFC 5545, 3.8.7.2), and the address
    stands in the description, the one place where every program shows it. A title names its
    language where it is not that of the whole file.
    """
    component = entry(event, url, said)
    del component["last-modified"], component["url"]
    if event.language == get_language():
        component["summary"].params.clear()
    if event.ends_at and _takes_what_clocks_show(component, event.ends_at - event.starts_at):
        del component["dtend"]
        component.add("duration", event.ends_at - event.starts_at)
    return component


def _takes_what_clocks_show(component: Event, length: datetime.timedelta) -> bool:
    """Say whether no clock changes between begin and end, so that the length says the end.

    Programs disagree about what lasts a day or longer, and about nights with a change.
    """
    starts, ends = component["dtstart"].dt, component["dtend"].dt
    return length < rules.DAY and starts.utcoffset() == ends.utcoffset()


def summary(event: EventPage) -> str:
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


def _introduce(file: Calendar, name: str) -> None:
    """Name a calendar that is followed, and say how often it is worth asking for it."""
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("refresh-interval", datetime.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", vDuration(datetime.timedelta(hours=1)))


def _address(component: Event, attendee: Attendee, *, withdrawn: bool) -> None:
    """Make an entry an invitation for one person, or take it back."""
    name, address = parseaddr(settings.CALENDAR_MAILBOX)
    component["organizer"] = _mailbox(address, name)
    guest = _mailbox(attendee.email, attendee.name)
    guest.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    component["attendee"] = guest
    component["sequence"] = max(component["sequence"], attendee.at_least)
    if attendee.note:
        component["description"] = vText(f"{component['description']}\n\n{attendee.note}")
    if withdrawn:
        component["status"] = vText("CANCELLED")


def _mailbox(address: str, name: str) -> vCalAddress:
    mailbox = vCalAddress(f"mailto:{NOT_IN_A_NAME.sub('', address)}")
    if name := NOT_IN_A_NAME.sub("", name).strip():
        mailbox.params["CN"] = name
    return mailbox
