"""What a certificate says, in the language of whoever asks for it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events import times
from events.attendance.rules import is_certified
from events.lines import where
from events.models import EventPage, Registration
from events.registration import doors
from events.registration.mail import version_of

from .numbers import number_of

MANY_HOURS = 3


@dataclass(frozen=True)
class Certificate:
    """The words on a certificate; ``slug`` decides its drawing and ``tint`` the colour of it."""

    name: str
    event: str
    facts: tuple[tuple[str, str], ...]
    number: str
    url: str
    issued: str
    slug: str
    language: str
    publisher: str
    at: datetime.datetime

    @property
    def is_rtl(self) -> bool:
        """Written from right to left."""
        return self.language == "ar"


def is_due(registration: Registration, now: datetime.datetime) -> bool:
    """Say whether somebody can have a certificate: they were there, and the event is over."""
    was_there = registration.attended is True and bool(registration.name)
    return was_there and is_certified(doors.occasion(registration.event), now)


def certificate_of(registration: Registration, now: datetime.datetime) -> Certificate:
    """Return the certificate of somebody for whom one is due, in the active language."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    event = version_of(registration.event, language)
    number = number_of(registration)
    path = reverse("certificate", args=[number])
    publisher = _("Local Public Sector Alliance")
    group = event.group_label()
    return Certificate(
        name=registration.name,
        event=event.title,
        facts=tuple(_facts(event, event.group.localized.title if event.group else publisher)),
        number=number,
        url=f"{settings.SITE_ADDRESS.rstrip('/')}{path}",
        issued=_("Issued on %(day)s") % {"day": date_format(now)},
        slug=group.slug if group else event.slug,
        language=language,
        publisher=publisher,
        at=now,
    )


def facts_of(event: EventPage) -> list[tuple[str, str]]:
    """Return when an event was and how long it lasted, each with its label."""
    on_clock = times.stretch(event)
    if on_clock is None:
        return []
    first, last = on_clock.starts.date(), on_clock.last_day
    day = date_format(first)
    if last != first:
        day = _("%(first)s to %(last)s") % {"first": day, "last": date_format(last)}
    length = length_words(event)
    return [(_("Date"), day), *([(_("Duration"), length)] if length else [])]


def length_words(event: EventPage) -> str:
    """Return “90 minutes”, “4 hours”, or “5 days” for what fills several; empty without an end."""
    if event.starts_at is None or event.ends_at is None:
        return ""
    on_clock = times.stretch(event)
    if on_clock and on_clock.is_long:
        days = len(on_clock.days)
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    minutes = round((event.ends_at - event.starts_at).total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if hours >= MANY_HOURS and not rest:
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}


def _facts(event: EventPage, organiser: str) -> Iterator[tuple[str, str]]:
    yield from facts_of(event)
    if place := where(event):
        yield _("Place"), place
    yield _("Held by"), organiser
