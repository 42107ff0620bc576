"""How long we keep what organisers do, as docs/decisions propose and LPSA has to confirm."""

import datetime

from django.db.models import QuerySet

from accounts.retention import Kept, register

from .models import AttendeeMessage, EventRole
from .roles.actions import end

A_YEAR = 365
Moment = datetime.datetime


def register_all() -> None:
    """Say what goes when."""
    register(
        Kept("roles at events that are over", A_YEAR, _roles, end),
        Kept("messages to attendees", A_YEAR, _messages),
    )


def _roles(before: Moment) -> QuerySet[EventRole]:
    return EventRole.objects.filter(event__ends_at__lt=before, given_at__lt=before)


def _messages(before: Moment) -> QuerySet[AttendeeMessage]:
    return AttendeeMessage.objects.filter(due_at__lt=before)
