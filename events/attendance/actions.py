"""Writing down who was there. Each action takes the clock and says what it changed."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from events.models import EventPage, Registration, RegistrationEvent
from events.registration import doors, people
from events.registration.people import Who
from events.registration.rules import COUNTED, State
from mail import contacts
from mail.models import Contact

from . import rules

AT_ONCE = 500


class NotBegun(Exception):
    """The event has not begun, or is not held: nobody can have been there."""


@dataclass(frozen=True)
class Mark:
    """What is said of one registration; ``None`` takes back what was said."""

    registration: int
    attended: bool | None
    minutes: int | None = None


@dataclass(frozen=True)
class Report:
    """What became of marks: ``refused`` are those of people who cannot be marked like that."""

    marked: int = 0
    unchanged: int = 0
    refused: int = 0


@transaction.atomic
def set_attendance(
    event: EventPage, marks: Iterable[Mark], by: User | None, now: datetime.datetime
) -> Report:
    """Mark people of an event as present or absent, or take that back; all of it or nothing.

    ``event`` is the page that holds the registrations. Only those with a seat are marked; who
    walked in was there. Raises ``NotBegun``. Nothing but what differs is written, so two people
    who mark at once lose nothing.
    """
    _check(event, now)
    wanted = {mark.registration: mark for mark in marks}
    marked = unchanged = refused = 0
    for some in _parts(wanted):
        found = _markable(event).filter(pk__in=some).in_bulk()
        possible = [mark for mark in some.values() if _is_possible(mark, found)]
        changed = [mark for mark in possible if _differs(mark, found[mark.registration])]
        marked += _write(event, changed, by, now)
        unchanged += len(possible) - len(changed)
        refused += len(some) - len(possible)
    return Report(marked, unchanged, refused)


def mark_the_rest_absent(event: EventPage, by: User | None, now: datetime.datetime) -> int:
    """Mark everybody with a seat of whom nothing was said as absent; return how many."""
    _check(event, now)
    rest = Registration.objects.filter(event=event, state=State.CONFIRMED, attended=None)
    return rest.update(attended=False, marked_by=by, marked_at=now)


def unmark_the_absent(event: EventPage) -> int:
    """Take back that anybody was absent; return of how many."""
    absent = Registration.objects.filter(event=event, attended=False)
    return absent.update(attended=None, marked_by=None, marked_at=None)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who came without having registered. ``key`` is that of the form: once is enough."""

    name: str
    email: str = ""
    minutes: int | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def add_walk_in(
    event: EventPage, newcomer: Newcomer, by: User | None, now: datetime.datetime
) -> tuple[Registration, bool]:
    """Write down that somebody was there, and return whether they were new to the event.

    Whoever has a seat already is marked. Nobody is written to, and no seat is taken. Raises
    ``NotBegun``, and ``ValueError`` for what is no address.
    """
    _check(event, now)
    contact = _contact(newcomer, now)
    known = _markable(event).filter(submit_key=newcomer.key).first()
    if known is None and contact is not None:
        known = _markable(event).filter(contact=contact).first()
    if known is not None:
        set_attendance(event, [Mark(known.pk, attended=True, minutes=newcomer.minutes)], by, now)
        return known, False
    return _walked_in(event, _person(newcomer, contact), newcomer, by, now)


def remove_walk_in(event: EventPage, registration_id: int) -> bool:
    """Take back that somebody walked in; ``False`` when there is nobody like that."""
    walked_in = Registration.objects.filter(event=event, state=State.WALK_IN, pk=registration_id)
    return bool(walked_in.delete()[0])


def _check(event: EventPage, now: datetime.datetime) -> None:
    if not rules.has_begun(doors.occasion(event), now):
        raise NotBegun


def _markable(event: EventPage) -> QuerySet[Registration]:
    return Registration.objects.filter(event=event, state__in=COUNTED)


def _is_possible(mark: Mark, found: Mapping[int, Registration]) -> bool:
    registration = found.get(mark.registration)
    if registration is None:
        return False
    return registration.state == State.CONFIRMED or mark.attended is True


def _differs(mark: Mark, registration: Registration) -> bool:
    """Say whether a mark changes anything; one without minutes leaves those that are known."""
    if mark.attended != registration.attended:
        return True
    return mark.minutes not in (None, registration.minutes_present)


def _write(event: EventPage, marks: Iterable[Mark], by: User | None, now: datetime.datetime) -> int:
    """Write marks, with one statement for all that say the same; return how many hold."""
    alike: dict[tuple[bool | None, int | None], list[int]] = {}
    for mark in marks:
        minutes = mark.minutes if mark.attended else None
        alike.setdefault((mark.attended, minutes), []).append(mark.registration)
    written = 0
    for (attended, minutes), ids in alike.items():
        is_said = attended is not None
        # Whoever gave their seat back a moment ago is left alone: the state is asked for again.
        written += (
            _markable(event)
            .filter(pk__in=ids)
            .update(
                attended=attended,
                minutes_present=minutes,
                marked_by=by if is_said else None,
                marked_at=now if is_said else None,
            )
        )
    return written


def _contact(newcomer: Newcomer, now: datetime.datetime) -> Contact | None:
    if not newcomer.email:
        return None
    return contacts.contact_for(newcomer.email, now=now, name=newcomer.name)


def _person(newcomer: Newcomer, contact: Contact | None) -> Who | None:
    """Return what we know of the person behind an address: a member’s own data, or the contact."""
    if contact is None:
        return None
    member = people.member(contact.user) if contact.user_id else None
    return member or Who(
        contact, newcomer.name, language=contact.language, time_zone=contact.time_zone
    )


def _walked_in(
    event: EventPage,
    who: Who | None,
    newcomer: Newcomer,
    by: User | None,
    now: datetime.datetime,
) -> tuple[Registration, bool]:
    known = {
        name: getattr(who, name)
        for name in ("contact", "user", "organisation", "country", "language", "time_zone")
        if who is not None
    }
    registration, is_new = Registration.objects.get_or_create(
        submit_key=newcomer.key,
        defaults={
            "event": event,
            "name": newcomer.name,
            "state": State.WALK_IN.value,
            "registered_at": now,
            "attended": True,
            "minutes_present": newcomer.minutes,
            "marked_by": by,
            "marked_at": now,
            **known,
        },
    )
    if is_new:
        RegistrationEvent.objects.create(
            registration=registration, before="", after=registration.state, by=by, at=now
        )
    return registration, is_new


def _parts(wanted: Mapping[int, Mark]) -> Iterable[dict[int, Mark]]:
    pairs = iter(wanted.items())
    while some := dict(islice(pairs, AT_ONCE)):
        yield some
