"""Reminders in the demo: nobody waits until the day before a meeting to see one."""

import datetime

from events.reminders import rules
from events.reminders.actions import PURPOSE
from events.reminders.planning import due_between, plan_reminders
from mail import sending
from mail.models import Delivery, DeliveryState

AT_ONCE = datetime.timedelta(0)


def send_next(now: datetime.datetime) -> int:
    """Send the next reminder for which there is anybody, as if its hour had come.

    Return to how many; whoever asks again gets the one after it.
    """
    for due in due_between(now, now + rules.MOST_DAYS * rules.DAY):
        if number := _send(due.at + rules.SETTLE):
            return number
    return 0


def _send(clock: datetime.datetime) -> int:
    plan_reminders(clock, AT_ONCE)
    waiting = Delivery.objects.filter(
        purpose=PURPOSE, state=DeliveryState.QUEUED, due_at__lte=clock
    )
    ids = list(waiting.values_list("pk", flat=True))
    return sending.send_these(ids, clock)[sending.Outcome.SENT]
