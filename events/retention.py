"""How long we keep what organisers do, as docs/operations.md lists and LPSA has to confirm."""

import datetime

from django.db.models import QuerySet

from accounts.retention import Kept, register

from .models import AttendanceReport, AttendeeMessage, EventRole, Registration
from .registration.rules import State
from .roles.actions import end

A_YEAR, A_WEEK = 365, 7
Moment = datetime.datetime


def register_all() -> None:
    """Say what goes when."""
    register(
        Kept("roles at events that are over", A_YEAR, _roles, end),
        Kept("messages to attendees", A_YEAR, _messages),
        Kept("reports of attendance that were only tried", A_WEEK, _tried_reports),
        Kept("reports of attendance", A_YEAR, _reports),
        Kept("names of those who walked in", A_YEAR, _walk_ins, _forget_names),
    )


def _roles(before: Moment) -> QuerySet[EventRole]:
    return EventRole.objects.filter(event__ends_at__lt=before, given_at__lt=before)


def _messages(before: Moment) -> QuerySet[AttendeeMessage]:
    return AttendeeMessage.objects.filter(due_at__lt=before)


def _tried_reports(before: Moment) -> QuerySet[AttendanceReport]:
    return AttendanceReport.objects.filter(state=AttendanceReport.State.TRIED, at__lt=before)


def _reports(before: Moment) -> QuerySet[AttendanceReport]:
    return AttendanceReport.objects.filter(done_at__lt=before)


def _walk_ins(before: Moment) -> QuerySet[Registration]:
    """Those who came without registering and without an address: nobody can ask us for them."""
    nameless = Registration.objects.filter(state=State.WALK_IN, contact=None)
    return nameless.filter(registered_at__lt=before).exclude(name="")


def _forget_names(walk_ins: list[Registration], now: Moment) -> None:
    Registration.objects.filter(pk__in=[row.pk for row in walk_ins]).update(name="")
