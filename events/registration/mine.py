"""Somebody’s own events: those that come, and those that were, with their recordings."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from events import times
from events.attendance.certificates.content import is_due
from events.attendance.certificates.numbers import number_of
from events.models import EventPage, Registration
from mail.models import Contact

from . import rules
from .rules import State
from .sections import Standing, standing_of

MOST_PAST = 10
TOOK_PART = (State.CONFIRMED, State.RECORDING, State.WALK_IN)


@dataclass(frozen=True)
class OwnEvent:
    """An event as one line of somebody’s own list, with the time on their clock.

    ``note`` says how the event itself stands where that matters: cancelled, or when the recording
    comes; ``recording_url`` leads to where it can be watched, ``certificate_url`` to the proof that
    somebody was there.
    """

    title: str
    language: str
    url: str
    when: str
    standing: Standing
    note: str = ""
    recording_url: str = ""
    certificate_url: str = ""


def coming(contact: Contact, now: datetime.datetime, zone: datetime.tzinfo) -> list[OwnEvent]:
    """Return the events that somebody will attend, or waits for, the next first."""
    begins_or_is_open = Q(event__ends_at__gt=now) | Q(event__starts_at=None)
    rows = _rows(contact).filter(begins_or_is_open, state__in=rules.ACTIVE)
    return [_coming(row, zone) for row in rows.order_by("event__starts_at", "pk")]


def past(contact: Contact, now: datetime.datetime, zone: datetime.tzinfo) -> list[OwnEvent]:
    """Return the last events for which somebody had a seat or wanted the recording."""
    rows = _rows(contact).filter(event__ends_at__lte=now, state__in=TOOK_PART)
    return [_past(row, now, zone) for row in rows.order_by("-event__starts_at", "pk")[:MOST_PAST]]


def _rows(contact: Contact) -> QuerySet[Registration]:
    """Return a contact’s registrations, each with its place in the queue: one query for all."""
    ahead = Registration.objects.filter(
        event=OuterRef("event"), state=State.WAITING, queue_no__lte=OuterRef("queue_no")
    )
    place = ahead.order_by().values("event").annotate(number=Count("pk")).values("number")
    related = contact.registrations.select_related("event__locale", "contact")
    return related.annotate(place=Subquery(place))


def _coming(registration: Registration, zone: datetime.tzinfo) -> OwnEvent:
    event = registration.event
    return OwnEvent(
        title=event.title,
        language=event.language,
        url=_url(event),
        when=times.in_one_line(event, zone),
        standing=standing_of(registration, place=registration.place or 0),
        note=times.lasting_state(event).label,
    )


def _past(registration: Registration, now: datetime.datetime, zone: datetime.tzinfo) -> OwnEvent:
    event = registration.event
    is_recorded = event.recording == EventPage.Recording.AVAILABLE
    return OwnEvent(
        title=event.title,
        language=event.language,
        url=_url(event),
        when=times.in_one_line(event, zone),
        standing=standing_of(registration, place=0),
        note="" if is_recorded else times.state(event, now).label,
        recording_url=event.recording_url if is_recorded and event.live else "",
        certificate_url=_certificate_url(registration, now),
    )


def _certificate_url(registration: Registration, now: datetime.datetime) -> str:
    if not is_due(registration, now):
        return ""
    return reverse("my_certificate", args=[number_of(registration)])


def _url(event: EventPage) -> str:
    return event.url or "" if event.live else ""
