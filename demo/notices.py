"""Notices in the demo: nobody waits until a change has settled to see the mails about it."""

import datetime

from events.notices.actions import settle
from events.notices.keys import PURPOSES
from events.notices.planning import open_notices, plan_change_notices
from events.notices.recordings import recorded, tell_now
from mail import sending
from mail.models import Delivery, DeliveryState


def send_now(now: datetime.datetime) -> int:
    """Tell of every change and every recording of which people wait to hear; return how many."""
    for notice in open_notices():
        settle(notice, now)
    plan_change_notices(now)
    for event_id in recorded(now).values_list("pk", flat=True):
        tell_now(event_id, now)
    waiting = Delivery.objects.filter(purpose__in=PURPOSES, state=DeliveryState.QUEUED)
    ids = list(waiting.filter(due_at__lte=now).values_list("pk", flat=True))
    return sending.send_these(ids, now)[sending.Outcome.SENT]
