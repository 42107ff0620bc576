"""What changed, in words: what was before and what is now, on the reader’s clock."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events import lines, times
from events.models import MeetingFacts

from .rules import NOTHING, Part, Parts


@dataclass(frozen=True)
class Row:
    """One line of the table; ``before`` and ``now`` are lines of their own."""

    label: str
    before: list[str]
    now: list[str]


def rows(
    before: MeetingFacts, now: MeetingFacts, parts: Parts, reader_zone: datetime.tzinfo | None
) -> list[Row]:
    """Return the table of a mail: none for a status alone, with which the mail begins."""
    return [] if parts == {Part.STATUS} else every_row(before, now, parts, reader_zone)


def every_row(
    before: MeetingFacts, now: MeetingFacts, parts: Parts, reader_zone: datetime.tzinfo | None
) -> list[Row]:
    """Return the table of these changes; a zone is named with the hours."""
    return [
        Row(label, _said(part, before, reader_zone), _said(part, now, reader_zone))
        for part, label in _labels(parts)
    ]


def _labels(parts: Parts) -> Iterable[tuple[Part, str]]:
    named = {
        Part.STATUS: pgettext("of an event", "Status"),
        Part.WHEN: _("When"),
        Part.ZONE: _("Time zone"),
        Part.PLACE: _("Where"),
    }
    left_out = {Part.ZONE} if Part.WHEN in parts else NOTHING
    return [(part, label) for part, label in named.items() if part in parts - left_out]


def _said(part: Part, facts: MeetingFacts, reader_zone: datetime.tzinfo | None) -> list[str]:
    if part == Part.STATUS:
        return [capfirst(facts.get_status_display())]
    if part == Part.PLACE:
        return [str(lines.where(facts))]
    if part == Part.ZONE:
        return [_zone(facts)]
    return when(facts, reader_zone) or [_("Date to come")]


def when(facts: MeetingFacts, reader_zone: datetime.tzinfo | None) -> list[str]:
    """Return the hours on the reader’s clock and on that of the event, one line if they agree."""
    shown = [time for time in times.times(facts, reader_zone) if time.role != "utc"]
    shown.sort(key=lambda time: time.role != "viewer")
    return [f"{time.date}, {time.time}, {time.zone_label}" for time in shown]


def _zone(facts: MeetingFacts) -> str:
    zone = times.zone_of(facts)
    return times.zone_label(zone, facts.starts_at) if facts.starts_at else facts.time_zone
