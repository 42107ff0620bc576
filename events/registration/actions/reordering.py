"""Changing the order of the queue by hand, which needs a reason (R3)."""

import datetime

from events.models import Registration, RegistrationEvent
from events.registration.book import Because, Book
from events.registration.lock import with_seats
from events.registration.rules import State


def move_in_line(
    registration: Registration, place: int, because: Because, now: datetime.datetime
) -> bool:
    """Put somebody who waits at another place of the queue; ``False`` where nothing changes.

    The first place is 1; a place behind the last is the last. Everybody from the first place that
    changes gets a new number, in the new order: numbers are never given twice, so at no moment do
    two stand at one place. Nobody is mailed; everybody sees their place on their own page.
    """

    def work(book: Book) -> bool:
        waiting = Registration.objects.filter(event=book.seats.event_id, state=State.WAITING)
        line = list(waiting.order_by("queue_no"))
        here = next((at for at, each in enumerate(line) if each.pk == registration.pk), None)
        there = min(max(place, 1), len(line)) - 1
        if here is None or here == there:
            return False
        moved = line.pop(here)
        line.insert(there, moved)
        changed = line[min(here, there) :]
        for each in changed:
            each.queue_no = book.next_number()
        Registration.objects.bulk_update(changed, ["queue_no"], batch_size=500)
        _note(moved, because, now)
        return True

    return with_seats(registration.event_id, now, work)


def _note(moved: Registration, because: Because, now: datetime.datetime) -> None:
    RegistrationEvent.objects.create(
        registration=moved,
        before=moved.state,
        after=moved.state,
        by=because.by,
        why=because.why,
        at=now,
    )
