"""Opening registration for an event and changing its terms."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from events.models import EventPage, EventSeats, FormVersion, Registration
from events.registration.book import Book
from events.registration.lock import with_seats
from events.registration.questions import Question, as_rows
from events.reminders.actions import give_standard
from pages import generation

CAPACITY = "events.capacity"  # what the history of the page calls a change of the seats


@dataclass(frozen=True)
class SetUp:
    """The seats as they are now, how many there were, and who moved up because of the change."""

    seats: EventSeats
    capacity_before: int | None
    promoted: tuple[Registration, ...] = ()


def set_up(
    event: EventPage, values: Mapping[str, object], now: datetime.datetime, by: User | None = None
) -> SetUp:
    """Open registration for an event, or change its seats and terms; nobody loses a seat.

    More seats go to those who wait, in their order, and they are told. Where fewer are left than
    people have, all of them stay, and nobody new gets in before that many have left. A change of
    the number stands in the history of the page.
    """
    seats = EventSeats.objects.filter(meeting=event.translation_key).first()
    if seats is None:
        seats = EventSeats.objects.create(event=event, meeting=event.translation_key, **values)
        give_standard([seats.meeting], now)
        done = SetUp(seats, seats.capacity)
    else:
        done = with_seats(seats.event_id, now, lambda book: _change(book, values))
    generation.renew()
    if by is not None and done.capacity_before != done.seats.capacity:
        data = {"before": done.capacity_before, "after": done.seats.capacity}
        log(instance=event, action=CAPACITY, user=by, data=data)
    return done


@transaction.atomic
def ask(event: EventPage, questions: Sequence[Question], now: datetime.datetime) -> None:
    """Ask these questions from now on; who has answered keeps the form that they answered."""
    rows = as_rows(questions)
    latest = FormVersion.objects.filter(event=event).first()
    if rows == (latest.questions if latest else []):
        return
    number = latest.number + 1 if latest else 1
    FormVersion.objects.create(event=event, number=number, questions=rows, made_at=now)


def _change(book: Book, values: Mapping[str, object]) -> SetUp:
    before = book.seats.capacity
    for name, value in values.items():
        setattr(book.seats, name, value)
    return SetUp(book.seats, before, tuple(book.fill()))
