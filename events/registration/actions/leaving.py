"""Giving a seat back, and answering an offer."""

import datetime

from accounts.models import User
from events.models import Registration
from events.registration import rules
from events.registration.book import Because, Book
from events.registration.lock import with_seats
from events.registration.rules import State


def cancel(
    registration: Registration, by: User | None, why: str, now: datetime.datetime
) -> list[Registration]:
    """End a registration and return who moved up for it; once more changes nothing (R6)."""
    return _leave(registration, Because(why, by), now)


def decline_offer(registration: Registration, now: datetime.datetime) -> list[Registration]:
    """Leave an offered seat to the next in line and leave the queue."""
    return _leave(registration, Because("offer declined"), now, only_from=State.OFFERED)


def accept_offer(registration: Registration, now: datetime.datetime) -> bool:
    """Take an offered seat; ``False`` when the offer is over (R4)."""

    def work(book: Book) -> bool:
        fresh = book.find(registration.pk)
        if fresh.state != State.OFFERED:
            return fresh.state == State.CONFIRMED
        book.move(fresh, State.CONFIRMED, Because("offer accepted"))
        return True

    return with_seats(registration.event_id, now, work)


def _leave(
    registration: Registration,
    because: Because,
    now: datetime.datetime,
    only_from: State | None = None,
) -> list[Registration]:
    def work(book: Book) -> list[Registration]:
        fresh = book.find(registration.pk)
        if fresh.state not in ({only_from} if only_from else rules.ACTIVE):
            return []
        book.move(fresh, State.CANCELLED, because)
        return book.fill()

    return with_seats(registration.event_id, now, work)
