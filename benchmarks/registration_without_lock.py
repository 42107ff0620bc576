"""The site with the lock of the seats taken out: the control that must oversell.

Were the measurement to pass with this, it would prove nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from decentralization.wsgi import application
from events.models import EventSeats
from events.registration import lock


@contextmanager
def unlocked(event_id: int) -> Iterator[EventSeats]:
    """Read the seats of an event and let everybody else do the same."""
    yield EventSeats.objects.get(event=event_id)


lock.locked_seats = unlocked

__all__ = ["application"]
