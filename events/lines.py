"""What ``components/event_line.html`` shows of an event. Cached: nothing here knows the hour."""

import datetime
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import times
from .cities import city


@dataclass(frozen=True)
class EventLine:
    """One event of a list."""

    url: str
    title: str
    language: str
    kind_label: str
    date_block: times.DateBlock
    status: str
    status_label: str
    times: list[times.Time]
    group_label: str
    group_slug: str
    mode_label: str
    recording_label: str
    recording_url: str


def event_line(event, reader_zone: datetime.tzinfo | None) -> EventLine:
    """Return the line about an event, with its times on its own clock, UTC and the reader’s."""
    state = times.lasting_state(event)
    group = event.group_label()
    recorded = event.recording == event.Recording.AVAILABLE
    return EventLine(
        url=event.get_url() or "",
        title=event.title,
        language=event.language,
        kind_label=capfirst(event.kind_label),
        date_block=times.date_block(event, reader_zone),
        status=state.status,
        status_label=state.label,
        times=times.times(event, reader_zone, year=False),
        group_label=group.label if group else "",
        group_slug=group.slug if group else "",
        mode_label=where(event),
        recording_label=recording_words(event),
        recording_url=event.recording_url if recorded else "",
    )


def where(event) -> str:
    """Return “Online”, “Example Hall, Nairobi” or “Example Hall, Nairobi, and online”."""
    mode = capfirst(event.get_mode_display())
    if event.mode == event.Mode.ONLINE:
        return mode
    place = event.venue or city(times.zone_of(event))
    if event.mode == event.Mode.IN_PERSON:
        return place
    return _("%(place)s, and online") % {"place": place}


def recording_words(event) -> str:
    """Return what a list says about the recording, if there is anything to say."""
    if event.recording == event.Recording.AVAILABLE:
        if event.recording_minutes:
            return _("Watch the recording (%(minutes)d min)") % {"minutes": event.recording_minutes}
        return _("Watch the recording")
    if event.recording == event.Recording.PROCESSING:
        return pgettext("of an event", "Recording to come")
    return ""
