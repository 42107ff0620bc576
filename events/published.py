"""Keeping count of what calendars elsewhere must hear of: R15.

A calendar that holds an entry replaces it only by one of the same name with a higher sequence. So
the sequence goes up when a meeting is published at another time, in another zone, with another
status or at another place, and by nothing else; a better title changes the entry’s date of change
alone.
"""

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from .models import EventPage, EventState
from .notices import actions as notices
from .querysets import EventQuerySet, ical_uid


@dataclass(frozen=True)
class Published:
    """The facts of a meeting that its calendar entry repeats, as ``EventState`` keeps them."""

    starts_utc_published: datetime.datetime | None
    ends_utc_published: datetime.datetime | None
    zone_published: str
    status_published: str
    place_published: str


def facts(event: EventPage) -> Published:
    """Return what a page says of when, where and whether a meeting is held."""
    return Published(
        starts_utc_published=event.starts_at,
        ends_utc_published=event.ends_at,
        zone_published=event.time_zone,
        status_published=event.status,
        place_published=f"{event.mode}: {event.venue}".rstrip(": "),
    )


def record(event: EventPage, now: datetime.datetime) -> EventState:
    """Note what a page that went live says, and let its translations say the same.

    The first page of a meeting speaks for it: when a translation is published nothing is counted.
    Those who are registered are told, unless the editor of this version wanted it otherwise.
    """
    said = facts(event)
    state, is_new = EventState.objects.get_or_create(
        meeting=event.translation_key,
        defaults={"ical_uid": ical_uid(event), "changed_at": now, **asdict(said)},
    )
    if is_new or state.says(asdict(said)) or not speaks_for_the_meeting(event):
        return state
    if state.starts_utc_published not in (None, event.starts_at):
        state.previous_starts_utc = state.starts_utc_published
    with transaction.atomic():
        is_told = notices.is_said_aloud(event.live_revision_id)
        _move_on(state, said, now, is_told=is_told)
        notices.note_change(state, now, is_told=is_told)
    _tell_translations(event)
    return state


def record_same_local_time(event: EventPage, now: datetime.datetime) -> None:
    """Note that the clocks of a zone were changed, and with them the instants of a meeting (R14).

    Nobody moved it: no earlier date is shown and no mail is due.
    """
    state = EventState.objects.filter(meeting=event.translation_key).first()
    said = facts(event)
    if state and speaks_for_the_meeting(event) and not state.says(asdict(said)):
        _move_on(state, said, now, is_told=False)


def with_entries(events: EventQuerySet) -> EventQuerySet:
    """Return the events with ``sequence`` and ``changed_at`` of their calendar entries."""
    states = EventState.objects.filter(meeting=OuterRef("translation_key"))
    return events.annotate(
        sequence=Subquery(states.values("ical_sequence")[:1]),
        changed_at=Subquery(states.values("changed_at")[:1]),
    )


def speaks_for_the_meeting(event: EventPage) -> bool:
    """Say whether this is the first page of its meeting, or the only one."""
    earlier = EventPage.objects.filter(translation_key=event.translation_key, pk__lt=event.pk)
    return not earlier.filter(live=True).exists()


def _move_on(state: EventState, said: Published, now: datetime.datetime, *, is_told: bool) -> None:
    """Count one more; the database adds, so that two at a time never count back.

    What was said before is kept, too: people are told what changed.
    """
    notices.keep_facts(state, state.changed_at)
    for name, value in asdict(said).items():
        setattr(state, name, value)
    state.changed_at = now
    state.ical_sequence = F("ical_sequence") + 1
    state.save()
    state.refresh_from_db(fields=["ical_sequence"])
    notices.keep_facts(state, now, is_told=is_told)


def _tell_translations(event: EventPage) -> None:
    """Save the other pages of the meeting, which follow the first one as they are saved."""
    others = EventPage.objects.filter(translation_key=event.translation_key).exclude(pk=event.pk)
    for page in others.filter(alias_of__isnull=True):
        page.save()
