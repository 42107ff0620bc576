"""One change at a time to the seats of one event, on every database (R2).

The first statement of such a transaction is an UPDATE of the event’s seat row; nothing is read
before it. PostgreSQL then lets nobody else past that row until the commit; SQLite lets nobody else
write at all. ``SELECT … FOR UPDATE`` would do nothing on SQLite, and without a word.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, Subquery

from events.models import EventPage, EventSeats, EventState, Registration

from . import rules
from .book import Around, Book, ran_out

Returned = TypeVar("Returned")
ATTEMPTS = 3
PATIENCE_SECONDS = 10  # on PostgreSQL; SQLite’s is in the settings of the database


class Busy(Exception):
    """The seats of an event could not be had in time; nothing has been changed."""


def with_seats(event_id: int, now: datetime.datetime, work: Callable[[Book], Returned]) -> Returned:
    """Return what ``work`` returns, done while nobody else changes the seats of this event.

    Before it, what ran out is freed; before and after it, free seats go to those who wait. Raises
    ``Busy`` when others do not let go, and ``EventSeats.DoesNotExist`` without registration.
    """
    for left in reversed(range(ATTEMPTS)):
        try:
            with locked_seats(event_id) as seats:
                book = Book(seats, look_around(event_id, now), now)
                book.free_what_ran_out()
                book.fill()
                returned = work(book)
                book.fill()
                book.close()
                return returned
        except OperationalError as error:
            if not left:
                raise Busy from error
    raise Busy


@contextmanager
def locked_seats(event_id: int) -> Iterator[EventSeats]:
    """Hold the seats of an event for one transaction of its own, which nothing may enclose."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")
        yield lock_event(event_id)


def lock_event(event_id: int) -> EventSeats:
    """Return the seats of an event, which stay ours until the transaction ends."""
    EventSeats.objects.filter(event=event_id).update(clock=F("clock") + 1)
    return EventSeats.objects.get(event=event_id)


def look_around(event_id: int, now: datetime.datetime) -> Around:
    """Return what a book has to know beside the seats, read anew and in one query.

    Everybody else waits meanwhile, so each query here is paid for by all of them.
    """
    entries = EventState.objects.filter(meeting=OuterRef("translation_key"))
    # By their states first: an index finds these few among all who are registered.
    timed = Registration.objects.filter(event=OuterRef("pk"), state__in=rules.TIMED)
    over = timed.filter(ran_out(now))
    *occasion, sequence, has_overdue = (
        EventPage.objects.filter(pk=event_id)
        .values_list(
            *("starts_at", "ends_at", "status", "live"),
            Subquery(entries.values("ical_sequence")[:1]),
            Exists(over),
        )
        .get()
    )
    return Around(rules.Occasion(*occasion), sequence or 0, has_overdue)
