"""Asking for a seat, and proving that the address is one’s own."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q

from events.models import EventSeats, FormVersion, Registration
from events.registration import people, rules
from events.registration.book import Book
from events.registration.lock import with_seats
from events.registration.people import Who
from events.registration.rules import State
from mail import contacts
from working_groups.models import WorkingGroupPage

AGAIN_AFTER = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """What somebody filled in. ``key`` is that of the form: sent twice, it counts once (R5)."""

    key: uuid.UUID = field(default_factory=uuid.uuid4)
    answers: Mapping[str, object] = field(default_factory=dict)
    form_version: FormVersion | None = None
    recording_only: bool = False


@dataclass(frozen=True)
class Outcome:
    """The registration, and whether this call made it."""

    registration: Registration
    is_new: bool

    @property
    def state(self) -> State:
        return State(self.registration.state)


def register(event_id: int, who: Who, asked: Asked, now: datetime.datetime) -> Outcome:
    """Give somebody a seat, a place in the queue or, to a guest, a mail that asks to confirm.

    ``event_id`` is the page that holds the seats. Who is registered already stays as they are.
    Raises ``rules.Refused`` with a reason, ``lock.Busy``, ``EventSeats.DoesNotExist``.
    """
    return with_seats(event_id, now, lambda book: _register(book, who, asked))


def confirm_hold(registration: Registration, now: datetime.datetime) -> Outcome:
    """Take a guest’s address as theirs and give them the seat, or a place in the queue.

    A hold that ran out meanwhile is taken up again as far as there is room; once more changes
    nothing. Raises ``rules.Refused`` when the event is over or off.
    """

    def work(book: Book) -> Outcome:
        fresh = book.find(registration.pk)
        if fresh.state not in {*rules.UNPROVEN, State.EXPIRED}:
            return Outcome(fresh, is_new=False)
        if not book.occasion.is_ahead(book.now):
            reason = rules.closed_because(book.occasion, book.seats.terms, book.now)
            raise reason or rules.Refused(rules.Refusal.OVER)
        newer = _active(_rows_of(book, fresh.contact_id))
        if newer and newer.pk != fresh.pk:
            return Outcome(newer, is_new=False)
        contacts.confirm(fresh.contact, now)
        _settle(book, fresh)
        return Outcome(fresh, is_new=True)

    return with_seats(registration.event_id, now, work)


def change_answers(registration: Registration, organisation: str, asked: Asked) -> None:
    """Replace what somebody answered; it moves no seat."""
    registration.organisation = organisation
    registration.answers = dict(asked.answers)
    registration.form_version = asked.form_version
    registration.save(update_fields=["organisation", "answers", "form_version"])


def _register(book: Book, who: Who, asked: Asked) -> Outcome:
    rows, is_taken = _known(book, who, asked.key)
    if same := next((row for row in rows if row.submit_key == asked.key), None):
        return Outcome(same, is_new=False)
    active = _active(rows)
    refusal = _refusal(book, who)
    # A guest who is registered gets the answer that everybody else would get (R20).
    if refusal and not (active and who.is_member):
        raise refusal
    if active:
        _tell_again(book, active)
        return Outcome(active, is_new=False)
    # The same form sent anew for somebody else, after going back to it in the browser.
    new = _written(book, who, replace(asked, key=uuid.uuid4()) if is_taken else asked)
    sent = [row.ics_sequence_sent for row in rows if row.ics_sequence_sent is not None]
    new.ics_sequence_sent = max(sent, default=None)
    book.enter(new)
    return Outcome(new, is_new=True)


def _known(book: Book, who: Who, key: uuid.UUID) -> tuple[list[Registration], bool]:
    """Return what this contact ever had to do with the event, the newest first, in one query.

    And whether anybody has sent a form with this key.
    """
    event_id, contact = book.seats.event_id, who.contact
    theirs = Q(event=event_id, contact=contact)
    found = list(Registration.objects.filter(theirs | Q(submit_key=key)).order_by("-pk"))
    rows = [row for row in found if (row.event_id, row.contact_id) == (event_id, contact.pk)]
    for row in rows:
        row.contact = contact
    return rows, any(row.submit_key == key for row in found)


def _refusal(book: Book, who: Who) -> rules.Refused | None:
    """Return why this person cannot register now, or ``None``."""
    terms = book.seats.terms
    closed = rules.closed_because(book.occasion, terms, book.now)
    return closed or rules.refused_because(terms, _standing(book, who), book.now)


def _standing(book: Book, who: Who) -> rules.Standing:
    if not who.is_member:
        return rules.Standing()
    if book.seats.audience != EventSeats.Audience.GROUP:
        return rules.Standing(is_member=True)
    group = WorkingGroupPage.objects.filter(events=book.seats.event_id).only("translation_key")
    return rules.Standing(is_member=True, is_in_group=people.is_in_group(who, group.first()))


def _rows_of(book: Book, contact_id: int) -> list[Registration]:
    """Return everything that this contact ever had to do with the event, the newest first."""
    rows = Registration.objects.filter(event=book.seats.event_id, contact=contact_id)
    return list(rows.select_related("contact").order_by("-pk"))


def _active(rows: list[Registration]) -> Registration | None:
    return next((row for row in rows if row.is_active), None)


def _tell_again(book: Book, registration: Registration) -> None:
    """Send somebody who is registered their link, at most once an hour."""
    last = registration.link_sent_at
    if last is None or book.now - last >= AGAIN_AFTER:
        book.tell_again(registration)


def _written(book: Book, who: Who, asked: Asked) -> Registration:
    state = _first_state(book, who, asked)
    return Registration(
        contact=who.contact,
        user=who.user,
        name=who.name,
        organisation=who.organisation,
        country=who.country,
        language=who.language,
        time_zone=who.time_zone,
        state=state.value,
        submit_key=asked.key,
        answers=dict(asked.answers),
        form_version=asked.form_version,
        wants_recording=asked.recording_only,
        hold_until=book.now + rules.HOLD if state in rules.UNPROVEN else None,
        confirmed_at=book.now if state == State.CONFIRMED else None,
    )


def _first_state(book: Book, who: Who, asked: Asked) -> State:
    takes_seat = not (asked.recording_only or book.seats.approval) and book.has_room()
    if not who.is_member:
        return State.HELD if takes_seat and book.may_hold() else State.UNCONFIRMED
    if asked.recording_only:
        return State.RECORDING
    if book.seats.approval:
        return State.PENDING
    return State.CONFIRMED if takes_seat else State.WAITING


def _settle(book: Book, registration: Registration) -> None:
    """Give a guest who is known now what they asked for."""
    if registration.wants_recording:
        book.move(registration, State.RECORDING)
    elif book.seats.approval and registration.state != State.HELD:
        book.move(registration, State.PENDING)
    else:
        book.place(registration)
