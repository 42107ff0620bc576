"""The times of an event in words: on which clock, on which day, in the reader’s language."""

import datetime
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.preferences import zone

from . import rules
from .cities import city
from .rules import Phase, Stretch

UTC = zoneinfo.ZoneInfo("UTC")
COUNTED_DAYS = 31


class Timed(Protocol):
    """What this module needs to know of an event."""

    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    time_zone: str
    status: str
    recording: str


@dataclass(frozen=True)
class Time:
    """A line of ``components/times.html``."""

    zone_label: str
    time: str
    date: str
    role: str
    iso: str


@dataclass(frozen=True)
class DateBlock:
    """The date in the narrow column of ``components/event_line.html``."""

    day: str
    month: str
    weekday: str
    iso: str
    until: str = ""


@dataclass(frozen=True)
class State:
    """How an event stands: a name for the stylesheet and words for the reader."""

    status: str
    label: str


def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """Return a zone by its IANA name; UTC for a name that this machine does not know."""
    return zone(name) or UTC


def zone_of(event: Timed) -> zoneinfo.ZoneInfo:
    """Return the zone in which an event is planned; UTC for a draft that has none."""
    return zone_named(event.time_zone)


def zone_label(zone: datetime.tzinfo, at: datetime.datetime) -> str:
    """Return “Nairobi (UTC+3)”, with the distance from UTC as it is on that day."""
    offset = at.astimezone(zone).utcoffset() or datetime.timedelta()
    name, distance = city(zone), rules.offset_words(offset)
    return distance if name == distance else f"{name} ({distance})"


def gap_words(error: rules.LocalTimeError, zone_name: str) -> str:
    """Return the words for a local time that a zone does not have."""
    return _(
        "On that day the clocks in %(zone)s go forward and this time does not exist. "
        "The nearest times are %(before)s and %(after)s."
    ) % {
        "zone": zone_name,
        "before": f"{error.before:%H:%M}",
        "after": f"{error.after:%H:%M}",
    }


def stretch(event: Timed, reader_zone: datetime.tzinfo | None = None) -> Stretch | None:
    """Return an event on the reader’s clock, or on its own; ``None`` while it has no date."""
    if event.starts_at is None:
        return None
    return rules.on_the_clock(event.starts_at, event.ends_at, reader_zone or zone_of(event))


def times(event: Timed, reader_zone: datetime.tzinfo | None, *, year: bool = True) -> list[Time]:
    """Return the lines for the event’s zone, for UTC and for the reader’s zone.

    Clocks that show the same share a line, which keeps the name of the first.
    """
    if event.starts_at is None:
        return []
    zones = {"event": zone_of(event), "utc": UTC}
    if reader_zone is not None:
        zones["viewer"] = reader_zone
    found = rules.readings(event.starts_at, event.ends_at, zones.items())
    return [_time(reading, zones, year=year) for reading in found]


def elsewhere(event: Timed, zone_names: Sequence[str], shown: int = 8) -> list[Time]:
    """Return an event on the clocks of these cities; cities with the same time share a line."""
    if event.starts_at is None:
        return []
    zones = {name: zone_named(name) for name in zone_names}
    found = rules.readings(event.starts_at, event.ends_at, zones.items())
    found.sort(key=lambda reading: reading.stretch.wall_clock[0])
    return [
        _line(
            reading.stretch,
            pgettext("between two cities", ", ").join(city(zones[name]) for name in reading.names),
            "other",
            year=False,
        )
        for reading in found[:shown]
    ]


def _time(reading: rules.Reading, zones: dict[str, zoneinfo.ZoneInfo], *, year: bool) -> Time:
    label = zone_label(zones[reading.names[0]], reading.stretch.starts)
    if "viewer" in reading.names:
        label = _("%(zone)s, your time") % {"zone": label}
    role = "viewer" if "viewer" in reading.names else reading.names[0]
    return _line(reading.stretch, label, role, year=year)


def _line(on_clock: Stretch, label: str, role: str, *, year: bool) -> Time:
    time, date = words(on_clock, year=year)
    iso = on_clock.starts.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return Time(zone_label=label, time=time, date=date, role=role, iso=iso)


def words(on_clock: Stretch, *, year: bool = True) -> tuple[str, str]:
    """Return the clock times and the day or days of a stretch.

    What fills more than a day says the day of its beginning and of its end beside each time.
    """
    starts, ends = on_clock.starts, on_clock.ends
    if ends is not None and on_clock.is_long:
        span = _("%(first)s to %(last)s") % {
            "first": f"{day_words(starts, year=False)}, {clock(starts)}",
            "last": f"{day_words(ends, year=False)}, {clock(ends)}",
        }
        return span, f"{ends.year}" if year else ""
    time = clock(starts) if ends is None else f"{clock(starts)}–{clock(ends)}"
    if on_clock.last_day == starts.date():
        return time, day_words(starts, year=year)
    days = {
        "first": day_words(starts, year=False),
        "last": day_words(on_clock.last_day, year=year),
    }
    return time, _("%(first)s to %(last)s") % days


def clock(at: datetime.datetime) -> str:
    """Return a time of the day: 24 hours, so that nobody asks which half."""
    return date_format(at, pgettext("format of a time", "H:i"))


def day_words(day: datetime.date, *, year: bool = True) -> str:
    """Return “Thu 3 December 2026”, or without the year."""
    if year:
        return date_format(day, pgettext("format of a date", "D j F Y"))
    return date_format(day, pgettext("format of a date", "D j F"))


def moment(at: datetime.datetime, zone: datetime.tzinfo) -> str:
    """Return “Thu 3 December 2026, 14:00, Nairobi (UTC+3)”."""
    local = at.astimezone(zone)
    return f"{day_words(local)}, {clock(local)}, {zone_label(zone, at)}"


def in_one_line(event: Timed, zone: datetime.tzinfo) -> str:
    """Return “Thu 3 December 2026, 16:00–17:30, Nairobi (UTC+3)”; nothing without a date."""
    on_clock = stretch(event, zone)
    if on_clock is None:
        return ""
    hours, days = words(on_clock)
    parts = (hours, days) if on_clock.is_long else (days, hours)
    label = zone_label(zone, on_clock.starts)
    return pgettext("between two names", ", ").join(filter(None, (*parts, label)))


def long_day(day: datetime.date) -> str:
    """Return “Thursday 3 December 2026”."""
    return date_format(day, pgettext("format of a date", "l j F Y"))


def month_words(day: datetime.date) -> str:
    """Return “December 2026”, as a heading."""
    return capfirst(date_format(day, pgettext("format of a date", "F Y")))


def date_block(event: Timed, reader_zone: datetime.tzinfo | None) -> DateBlock:
    """Return the date of an event on the reader’s clock, or on its own."""
    on_clock = stretch(event, reader_zone)
    if on_clock is None:
        return DateBlock(day="–", month=_("date to come"), weekday="", iso="")
    first, last = on_clock.starts.date(), on_clock.last_day
    until = ""
    if on_clock.is_long and last != first:
        until = _("to %(date)s") % {"date": date_format(last, pgettext("format of a date", "j M"))}
    return DateBlock(
        day=str(first.day),
        month=date_format(first, pgettext("format of a date", "M Y")),
        weekday="" if until else date_format(first, "D"),
        iso=first.isoformat(),
        until=until,
    )


def phase(event: Timed, now: datetime.datetime) -> Phase:
    """Return where an event stands."""
    schedule = rules.Schedule(event.starts_at, event.ends_at, event.status, event.recording)
    return rules.phase(schedule, now)


def lasting_state(event: Timed) -> State:
    """Return how an event stands as far as no clock is needed, for lines that are cached."""
    words_by_status = {
        "cancelled": _("Cancelled"),
        "postponed": _("Postponed"),
        "save-the-date": _("Save the date"),
    }
    return State(event.status, words_by_status.get(event.status, ""))


def state(event: Timed, now: datetime.datetime) -> State:
    """Return how an event stands now."""
    now_in = phase(event, now)
    if now_in == Phase.BEFORE and event.starts_at:
        return State("scheduled", _wait(event, now))
    if now_in == Phase.SOON and event.starts_at:
        wait = timeuntil(event.starts_at, now, depth=1)
        return State("soon", _("Starts in %(time)s") % {"time": wait})
    names = {
        Phase.UNDATED: State("scheduled", _("Date to come")),
        Phase.LIVE: State("live", _("Now")),
        Phase.HELD: State("held", _("Held")),
        Phase.RECORDING_COMING: State("held", _("Held, recording to come")),
        Phase.RECORDING_AVAILABLE: State("held", _("Held, with a recording")),
        Phase.NO_RECORDING: State("held", _("Held, not recorded")),
        Phase.POSTPONED: State("postponed", _("Postponed")),
        Phase.CANCELLED: State("cancelled", _("Cancelled")),
        Phase.SAVE_THE_DATE: State("scheduled", _("Save the date")),
    }
    return names[now_in]


def _wait(event: Timed, now: datetime.datetime) -> str:
    """Return “In 11 days”, or “In 2 months” where nobody counts days."""
    days = _days_between(now, event.starts_at, zone_of(event))
    if days > COUNTED_DAYS:
        return _("In %(time)s") % {"time": timeuntil(event.starts_at, now, depth=1)}
    return ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days}


def _days_between(now: datetime.datetime, later: datetime.datetime, zone: datetime.tzinfo) -> int:
    """Return how many midnights lie between, as people count the days to a date."""
    return (later.astimezone(zone).date() - now.astimezone(zone).date()).days
