"""Reminders, and what became of them, for tests."""

import datetime

from events.models import EventPage, ReminderRule
from events.reminders.actions import PURPOSE
from mail import sending
from mail.models import Delivery

HOUR_MINUTES, DAY_MINUTES = 60, 24 * 60


def make_rule(event: EventPage, since: datetime.datetime, **fields) -> ReminderRule:
    """Return a reminder of an event, a day before unless said otherwise, that counts ``since``."""
    if not fields.keys() & {"minutes", "days", "moment"}:
        fields["minutes"] = DAY_MINUTES
    return ReminderRule.objects.create(meeting=event.translation_key, armed_at=since, **fields)


def send(at: datetime.datetime) -> None:
    """Let the mailer work at this moment until nothing is due."""
    while sending.send_batch(at):
        pass


def fates(**about) -> list[tuple[str, str]]:
    """Return what became of each reminder, as state and reason, in the order of their hours."""
    rows = Delivery.objects.filter(purpose=PURPOSE, **about).order_by("due_at", "recipient")
    return list(rows.values_list("state", "error"))


def move(event: EventPage, by: datetime.timedelta) -> None:
    """Hold an event so many days later, or hours within its day."""
    begins = datetime.datetime.combine(event.starts_on, event.start_time) + by
    ends = datetime.datetime.combine(event.ends_on, event.end_time) + by
    event.starts_on, event.start_time = begins.date(), begins.time()
    event.ends_on, event.end_time = ends.date(), ends.time()
    event.save()
