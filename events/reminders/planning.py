"""Planning reminders: exactly once, however often, by how many, and after which crash (R7).

Each mail has the key ``remind:{rule}:{registration}:{anchor}``, whose last part is the begin (the
end, the moment) in seconds: a meeting that moved has other keys, so it is reminded of once more
(R10). What is due, of which rule, is a question of a few rows; who gets it is one statement for
each page of people. The row of the rule is held meanwhile, so an organiser who changes it comes
before or after, never in between.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from events import times
from events.models import EventSeats, Registration, ReminderRule
from events.registration.doors import occasion as occasion_of
from events.rules import LONGEST
from mail.bulk import Letter, Mailing, pages, plan_bulk
from mail.models import Delivery, Lane

from . import rules
from .actions import PURPOSE, give_where_missing

PAGE = 10_000
REACH = rules.MOST_DAYS * rules.DAY + LONGEST


@dataclass(frozen=True)
class Due:
    """One reminder for the date that its event has now."""

    rule: ReminderRule
    event_id: int
    anchor: datetime.datetime
    at: datetime.datetime
    not_after: datetime.datetime


def plan_reminders(now: datetime.datetime, horizon: datetime.timedelta = rules.HORIZON) -> int:
    """Plan every reminder that is due up to ``horizon`` from now; return how many mails are new.

    What would be too late by now is planned, too: the mailer writes down that it was missed (R11).
    """
    give_where_missing(now)
    return sum(_plan(due, now) for due in due_between(now - rules.LOOK_BACK, now + horizon))


def due_between(since: datetime.datetime, until: datetime.datetime) -> list[Due]:
    """Return the reminders due in this stretch that are not planned to the end, the first first."""
    seats = _seats_around(since, until).select_related("event").defer("event__body")
    found = ReminderRule.objects.filter(enabled=True)
    by_meeting = {each.meeting: each for each in seats}
    dues = [
        due
        for rule in found.filter(meeting__in=_seats_around(since, until).values("meeting"))
        if rule.meeting in by_meeting and (due := due_of(rule, by_meeting[rule.meeting]))
    ]
    return sorted(
        (due for due in dues if since <= due.at <= until and _is_open(due)),
        key=lambda due: (due.at, due.rule.pk),
    )


def due_of(rule: ReminderRule, seats: EventSeats) -> Due | None:
    """Return when a reminder is due; ``None`` for an event that is off or has no date."""
    event = seats.event
    occasion = occasion_of(event)
    anchor = rule.timing.anchor(occasion)
    if anchor is None or rules.obstacle(occasion):
        return None
    at = rule.timing.due_at(anchor, times.zone_of(event))
    return Due(rule, event.pk, anchor, at, rule.timing.not_after(at, event.starts_at))


def key_of(rule_id: int, registration_id: object, anchor: datetime.datetime) -> str:
    """Return the key of one mail; ``registration_id`` may stand for any."""
    return f"remind:{rule_id}:{registration_id}:{int(anchor.timestamp())}"


def _seats_around(since: datetime.datetime, until: datetime.datetime) -> QuerySet[EventSeats]:
    """Return the seats of the events of which something can be due then: bounded by the date."""
    moments = ReminderRule.objects.filter(
        meeting=OuterRef("meeting"), enabled=True, moment__range=(since, until)
    )
    near = Q(event__starts_at__range=(since - REACH, until + REACH))
    return EventSeats.objects.filter(near | Exists(moments))


def _is_open(due: Due) -> bool:
    """Say whether a reminder counted already when it was due, and not everybody is planned."""
    return due.at >= due.rule.armed_at and due.rule.planned_for != due.anchor


def _plan(due: Due, now: datetime.datetime) -> int:
    """Plan the mails of one reminder; close it once nobody can be added any more."""
    is_over = due.at + rules.SETTLE <= now
    if not is_over and not _left(due, now).exists():
        return 0
    with transaction.atomic():
        unchanged = ReminderRule.objects.filter(pk=due.rule.pk, armed_at=due.rule.armed_at)
        after = due.anchor if is_over else F("planned_for")
        if not unchanged.filter(enabled=True).update(planned_for=after):
            return 0
        mailing = Mailing(PURPOSE, Lane.REMINDER, not_after=due.not_after)
        return sum(plan_bulk(letters, mailing) for letters in _letters(due, now))


def _letters(due: Due, now: datetime.datetime) -> Iterator[list[Letter]]:
    """Yield the mails that are missing, page by page."""
    payload = {"rule": due.rule.pk, "anchor": int(due.anchor.timestamp())}
    for page in pages(_left(due, now), "contact_id", size=PAGE):
        yield [
            Letter(
                key_of(due.rule.pk, pk, due.anchor),
                contact,
                {**payload, "registration": pk},
                due.at,
            )
            for pk, contact in page
        ]


def _left(due: Due, now: datetime.datetime) -> QuerySet[Registration]:
    """Return the registrations that get this reminder and have no mail for it yet.

    Only those from before it was due (R11). Who was reminded by this rule of an earlier date is
    not told that the one for the new date was missed.
    """
    before, after = key_of(due.rule.pk, "|", due.anchor).split("|")
    key = Concat(Value(before), Cast(OuterRef("pk"), CharField()), Value(after))
    rows = Registration.objects.filter(
        ~Exists(Delivery.objects.filter(key=key)),
        event=due.event_id,
        state__in=rules.states_of(due.rule.audience),
        registered_at__lt=due.at,
        contact__isnull=False,
    )
    if now <= due.not_after:
        return rows
    reminded = Delivery.objects.filter(
        contact=OuterRef("contact"), purpose=PURPOSE, payload__rule=due.rule.pk
    )
    return rows.filter(~Exists(reminded))
