"""Opening registration for an event and changing its terms."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from events.models import EventPage, EventSeats, FormVersion
from events.registration.book import Book
from events.registration.lock import with_seats
from events.registration.questions import Question, as_rows
from pages import generation


def set_up(event: EventPage, values: Mapping[str, object], now: datetime.datetime) -> EventSeats:
    """Open registration for an event, or change its seats and terms; nobody loses a seat."""
    seats = EventSeats.objects.filter(meeting=event.translation_key).first()
    if seats is None:
        seats = EventSeats.objects.create(event=event, meeting=event.translation_key, **values)
    else:
        seats = with_seats(seats.event_id, now, lambda book: _change(book, values))
    generation.renew()
    return seats


@transaction.atomic
def ask(event: EventPage, questions: Sequence[Question], now: datetime.datetime) -> None:
    """Ask these questions from now on; who has answered keeps the form that they answered."""
    rows = as_rows(questions)
    latest = FormVersion.objects.filter(event=event).first()
    if rows == (latest.questions if latest else []):
        return
    number = latest.number + 1 if latest else 1
    FormVersion.objects.create(event=event, number=number, questions=rows, made_at=now)


def _change(book: Book, values: Mapping[str, object]) -> EventSeats:
    for name, value in values.items():
        setattr(book.seats, name, value)
    return book.seats
