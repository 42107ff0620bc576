"""A selection of events as a file: iCalendar, Atom, JSON Feed 1.1."""

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language

from events import ical, rules, times
from events.lines import where
from events.models import EventPage
from events.querysets import ical_uid
from pages import feeds
from pages.metadata import absolute
from pages.places import places
from pages.term_labels import term_labels

from .selection import Selection

# What is written changes when this does, so that nobody keeps what an older version wrote.
VERSION = 2


def as_calendar(selection: Selection, request: HttpRequest) -> bytes:
    """Return a calendar to follow: it has no method, being no message to anybody (R16)."""
    entries = [
        ical.brief_entry(event, event.get_full_url(request) or "", _told(event))
        for event in selection.rows()
    ]
    return ical.calendar(entries, name=selection.name)


def as_atom(selection: Selection, request: HttpRequest) -> bytes:
    """Return an Atom feed in which every entry says when and where."""
    feed = Atom(
        title=feeds.without_control_characters(selection.name),
        link=absolute(request, places().get("events", "/")),
        description=None,
        language=get_language(),
        feed_url=_own_address(selection, request),
    )
    for event in selection.rows():
        words = f"{when(event)} · {where(event)}"
        feed.add_item(
            title=feeds.without_control_characters(ical.summary(event)),
            link=event.get_full_url(request) or "",
            description=feeds.without_control_characters(
                f"{words}\n{event.summary}" if event.summary else words
            ),
            unique_id=f"urn:uuid:{event.translation_key}:{event.language}",
            pubdate=event.first_published_at,
            updateddate=_told(event).changed_at,
            language=event.language,
        )
    return feed.writeString("utf-8").encode()


def as_json(selection: Selection, request: HttpRequest) -> bytes:
    """Return a JSON Feed; what it does not foresee about events stands under ``_event``."""
    events = selection.rows()
    labels = term_labels([event.pk for event in events], ("region", "theme")) if events else {}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": selection.name,
        "home_page_url": absolute(request, places().get("events", "/")),
        "feed_url": _own_address(selection, request),
        "language": get_language(),
        "items": [
            _item(event, [label.label for label in labels[event.pk]], request) for event in events
        ],
    }
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode()


class Atom(feeds.Atom):
    """Atom that is the same, byte by byte, as long as it says the same."""

    def latest_post_date(self) -> datetime.datetime:
        """Return when an entry changed last; without any, a day long ago."""
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=datetime.datetime(2000, 1, 1, tzinfo=rules.UTC))


def when(event: EventPage) -> str:
    """Return the time in the zone of the event and in UTC, each with its day."""
    lines = times.times(event, None)
    return " · ".join(f"{line.date}, {line.time} {line.zone_label}" for line in lines)


def _item(event: EventPage, tags: list[str], request: HttpRequest) -> Mapping:
    url = event.get_full_url(request) or ""
    said, group, zone = _told(event), event.group_label(), times.zone_of(event)
    return {
        "id": f"urn:uuid:{event.translation_key}:{event.language}",
        "url": url,
        "title": ical.summary(event),
        "content_text": "\n".join(filter(None, (f"{when(event)} · {where(event)}", event.summary))),
        "date_published": _iso(event.first_published_at),
        "date_modified": _iso(said.changed_at),
        "language": event.language,
        "tags": tags,
        "_event": {
            "uid": said.uid,
            "sequence": said.sequence,
            "kind": event.kind,
            "kind_label": capfirst(event.kind_label),
            "status": event.status,
            "starts_at": _iso(event.starts_at),
            "ends_at": _iso(event.ends_at),
            "local_start": _iso(event.starts_at and event.starts_at.astimezone(zone)),
            "time_zone": event.time_zone,
            "takes_place": event.mode,
            "where": str(where(event)),
            "group": group.slug if group else None,
            "recording": event.recording_url or None,
        },
    }


def _own_address(selection: Selection, request: HttpRequest) -> str:
    query = f"?{selection.query}" if selection.query else ""
    return absolute(request, request.path + query)


def _told(event: EventPage) -> ical.Told:
    """Return the entry of a row that brings it along."""
    changed = ical.changed_at(event, event.changed_at)
    return ical.Told(ical_uid(event), event.sequence or 0, changed)


def _iso(at: datetime.datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


@dataclass(frozen=True)
class Form:
    """One kind of file: how it is written and what it is called in HTTP."""

    write: Callable[[Selection, HttpRequest], bytes]
    media_type: str


FORMS = {
    "ics": Form(as_calendar, "text/calendar; charset=utf-8"),
    "atom": Form(as_atom, "application/atom+xml; charset=utf-8"),
    "json": Form(as_json, "application/feed+json; charset=utf-8"),
}
