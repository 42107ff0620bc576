"""What organisers and the clock decide about seats."""

import datetime

from accounts.models import User
from events.models import Registration
from events.registration.book import Because, Book, ran_out
from events.registration.lock import with_seats
from events.registration.rules import State


def approve(registration: Registration, by: User, now: datetime.datetime) -> bool:
    """Let somebody in who waits for a decision; ``False`` when nothing waits for one."""

    def work(book: Book) -> bool:
        fresh = book.find(registration.pk)
        if fresh.state != State.PENDING:
            return False
        book.place(fresh, Because("approved", by))
        return True

    return with_seats(registration.event_id, now, work)


def decline(registration: Registration, by: User, why: str, now: datetime.datetime) -> bool:
    """Say no to somebody who waits for a decision; ``False`` when nothing waits for one."""

    def work(book: Book) -> bool:
        fresh = book.find(registration.pk)
        if fresh.state != State.PENDING:
            return False
        book.move(fresh, State.DECLINED, Because(why, by))
        return True

    return with_seats(registration.event_id, now, work)


def expire_due(now: datetime.datetime, limit: int = 500) -> int:
    """Free the holds and offers that ran out, at most in so many events; return in how many."""
    over = Registration.objects.filter(ran_out(now)).order_by("event_id")
    events = list(over.values_list("event_id", flat=True).distinct()[:limit])
    for event_id in events:
        with_seats(event_id, now, lambda _book: None)
    return len(events)
