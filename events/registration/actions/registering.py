"""Asking for a seat, and proving that the address is one’s own."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from events.models import EventSeats, FormVersion, Registration
from events.registration import people, rules
from events.registration.book import Book
from events.registration.lock import with_seats
from events.registration.people import Who
from events.registration.rules import State
from mail import contacts

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
    standing = _standing(event_id, who)
    return with_seats(event_id, now, lambda book: _register(book, who, asked, standing))


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


def _standing(event_id: int, who: Who) -> rules.Standing:
    if not who.is_member:
        return rules.Standing()
    for_group = EventSeats.objects.filter(event=event_id, audience=EventSeats.Audience.GROUP)
    found = for_group.select_related("event__group").defer("event__body").first()
    is_in_group = found is not None and people.is_in_group(who, found.event.group)
    return rules.Standing(is_member=True, is_in_group=is_in_group)


def _register(book: Book, who: Who, asked: Asked, standing: rules.Standing) -> Outcome:
    rows = _rows_of(book, who.contact.pk)
    if same := next((row for row in rows if row.submit_key == asked.key), None):
        return Outcome(same, is_new=False)
    terms, active = book.seats.terms, _active(rows)
    refusal = rules.closed_because(book.occasion, terms, book.now)
    refusal = refusal or rules.refused_because(terms, standing, book.now)
    # A guest who is registered gets the answer that everybody else would get (R20).
    if refusal and not (active and who.is_member):
        raise refusal
    if active:
        _tell_again(book, active)
        return Outcome(active, is_new=False)
    new = _written(book, who, asked)
    sent = [row.ics_sequence_sent for row in rows if row.ics_sequence_sent is not None]
    new.ics_sequence_sent = max(sent, default=None)
    book.enter(new)
    return Outcome(new, is_new=True)


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
    taken = Registration.objects.filter(submit_key=asked.key).exists()
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
        # The same form sent anew for somebody else, after going back to it in the browser.
        submit_key=uuid.uuid4() if taken else asked.key,
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
