"""What the tests of notices share: publishing at a moment, and letting the clock run."""

import datetime

import time_machine

from events.models import EventPage
from events.notices.planning import plan_change_notices
from mail import sending
from mail.models import Delivery

MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
SETTLED = 16 * MINUTE


def publish(event: EventPage, at: datetime.datetime, *, quietly: bool = False, **changes) -> None:
    """Publish the event with these changes at that moment, as an editor does."""
    event = EventPage.objects.get(pk=event.pk)
    for name, value in changes.items():
        setattr(event, name, value)
    event.tells_registered = not quietly
    with time_machine.travel(at, tick=False):
        event.save_revision().publish()


def move(event: EventPage, at: datetime.datetime, days: int = 1, **choice) -> None:
    """Publish the event so many days later than it is now."""
    event.refresh_from_db()
    by = days * DAY
    publish(event, at, starts_on=event.starts_on + by, ends_on=event.ends_on + by, **choice)
    event.refresh_from_db()


def settle(at: datetime.datetime) -> int:
    """Let the planner run when a change of that moment has settled."""
    return plan_change_notices(at + SETTLED)


def send_all(at: datetime.datetime) -> None:
    """Let the mailer send what is due."""
    while sending.send_batch(at + MINUTE):
        pass


def notices(address: str = "") -> list[Delivery]:
    """Return the planned notices of changes, oldest first, of everybody or to one address."""
    rows = Delivery.objects.filter(purpose="event_changed").order_by("created_at", "key")
    return list(rows.filter(recipient=address) if address else rows)
