"""Showing the way into an event: to those who are confirmed, shortly before, and noted down."""

import datetime

from events.models import EventAccess, Registration, RegistrationEvent
from events.registration import doors, rules
from events.registration.rules import State

SHOWN = "was shown the link to join"


def join_url_for(registration: Registration, now: datetime.datetime) -> EventAccess | None:
    """Return how to join, and note that it was shown; ``None`` before the time and for others."""
    event = registration.event
    access = EventAccess.objects.filter(event=event).first()
    if registration.state != State.CONFIRMED or access is None:
        return None
    if not rules.may_join(doors.occasion(event), access.opens_before_min, now):
        return None
    RegistrationEvent.objects.create(
        registration=registration,
        before=registration.state,
        after=registration.state,
        why=SHOWN,
        at=now,
    )
    return access
