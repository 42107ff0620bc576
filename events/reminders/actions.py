"""Giving events their reminders, and changing them: what is planned already follows."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from events.models import EventPage, EventSeats, ReminderRule
from mail.models import Delivery, DeliveryState

from .rules import DAY_MINUTES

PURPOSE = "reminder"
STANDARD = {
    ReminderRule.Standard.WEEK: 7 * DAY_MINUTES,
    ReminderRule.Standard.DAY: DAY_MINUTES,
    ReminderRule.Standard.HOUR: 60,
}
COPIED = ("standard", "basis", "minutes", "days", "at_time", "audience", "words", "armed_at")


def give_standard(meetings: Iterable[uuid.UUID], now: datetime.datetime) -> None:
    """Give meetings the usual three reminders, a week, a day and an hour before; again, nothing."""
    usual = [
        ReminderRule(meeting=meeting, standard=standard, minutes=minutes, armed_at=now)
        for meeting in meetings
        for standard, minutes in STANDARD.items()
    ]
    ReminderRule.objects.bulk_create(usual, ignore_conflicts=True)


def give_where_missing(now: datetime.datetime) -> None:
    """Give the usual reminders to each coming event with registration that has none at all.

    Events that were there before reminders were get theirs here; as they count from ``now``,
    nobody hears of what would have been due before.
    """
    known = ReminderRule.objects.filter(meeting=OuterRef("meeting"))
    bare = EventSeats.objects.filter(~Exists(known), event__starts_at__gt=now)
    if meetings := list(bare.values_list("meeting", flat=True)):
        give_standard(meetings, now)


@transaction.atomic
def save(rule: ReminderRule, now: datetime.datetime) -> None:
    """Save a new or changed rule, which counts from now on; what was planned by it is not sent."""
    rule.armed_at, rule.planned_for = now, None
    rule.save()
    _take_back(ReminderRule.objects.filter(pk=rule.pk))


def save_words(rule: ReminderRule) -> None:
    """Save what a reminder says; when it goes out stays as it is."""
    rule.save(update_fields=["words"])


@transaction.atomic
def switch(rules: QuerySet[ReminderRule], enabled: bool, now: datetime.datetime) -> None:
    """Switch reminders on or off. Those switched on count from now; of those off, none leaves."""
    changed = rules.exclude(enabled=enabled)
    ids = list(changed.values_list("pk", flat=True))
    changed.update(enabled=enabled, armed_at=now, planned_for=None)
    _take_back(ReminderRule.objects.filter(pk__in=ids))


@transaction.atomic
def remove(rule: ReminderRule) -> None:
    """Remove a rule and what is planned by it."""
    _take_back(ReminderRule.objects.filter(pk=rule.pk))
    rule.delete()


def take_along(source: EventPage, copy: EventPage) -> None:
    """Give a copy of a meeting its reminders, switched off: its organisers decide anew.

    A moment of its own belongs to the meeting that it was set for and stays there.
    """
    rules = ReminderRule.objects.filter(meeting=source.translation_key)
    ReminderRule.objects.bulk_create(
        ReminderRule(
            meeting=copy.translation_key,
            enabled=False,
            **{name: getattr(rule, name) for name in COPIED},
        )
        for rule in rules.exclude(basis=ReminderRule.Basis.MOMENT).order_by("pk")
    )


def _take_back(rules: QuerySet[ReminderRule]) -> None:
    """Forget the mails of rules that have not left: they are planned anew, or never."""
    waiting = Delivery.objects.filter(purpose=PURPOSE, state=DeliveryState.QUEUED)
    waiting.filter(payload__rule__in=list(rules.values_list("pk", flat=True))).delete()
