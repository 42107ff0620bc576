"""R9: what was planned is asked again when its turn comes, and says why it does not leave."""

import datetime

import pytest

from events.models import EventPage, ReminderRule
from events.registration import actions
from events.reminders.listing import lines
from events.reminders.planning import plan_reminders
from mail import contacts
from mail.models import Suppression
from tests.factories.registration import make_seats, take
from tests.factories.reminders import fates, make_rule, move, send

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def planned(event, now):
    """Amina, whose reminder is planned and not sent."""
    make_seats(event)
    make_rule(event, now)
    row = take(event, "Amina", now)
    assert plan_reminders(event.starts_at - DAY) == 1
    return row


def give_back(row, now) -> None:
    actions.cancel(row, None, "", now)


def come_back_as_bounce(row, now) -> None:
    contacts.suppress(row.contact.email, Suppression.Reason.BOUNCED, now)


def lose_the_address(row, now) -> None:
    row.contact.state = "unverified"
    row.contact.save()


def unpublish(row, now) -> None:
    EventPage.objects.get(pk=row.event_id).unpublish()


def mark(status: str):
    def change(row, now) -> None:
        event = EventPage.objects.get(pk=row.event_id)
        event.status = status
        event.save()

    return change


def move_a_week(row, now) -> None:
    move(EventPage.objects.get(pk=row.event_id), 7 * DAY)


def switch_off(row, now) -> None:
    ReminderRule.objects.update(enabled=False)


def delete_rule(row, now) -> None:
    ReminderRule.objects.all().delete()


CHANGES = [
    (give_back, "meanwhile cancelled"),
    (come_back_as_bounce, "suppressed"),
    (lose_the_address, "unverified"),
    (unpublish, "unpublished"),
    (mark("cancelled"), "cancelled"),
    (mark("postponed"), "postponed"),
    (move_a_week, "moved"),
    (switch_off, "switched off"),
    (delete_rule, "switched off"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES, ids=[reason for _, reason in CHANGES])
def test_r9_what_changed_between_plan_and_send_holds_a_reminder_back(
    event, planned, now, change, reason, mailoutbox
):
    due_at = event.starts_at - DAY
    change(planned, due_at)
    send(due_at)
    assert fates() == [("skipped", reason)]
    assert not [mail for mail in mailoutbox if "Tomorrow" in mail.subject]


def test_r9_nothing_changed_so_it_leaves(event, planned, now, mailoutbox):
    send(event.starts_at - DAY)
    assert fates() == [("sent", "")]
    assert [mail.to for mail in mailoutbox if "Tomorrow" in mail.subject] == [["amina@example.org"]]


def test_r9_organisers_see_why_somebody_was_not_reminded(event, planned, now):
    due_at = event.starts_at - DAY
    come_back_as_bounce(planned, due_at)
    send(due_at)
    (line,) = lines(event, due_at)
    assert line.tally.lines() == ["Not sent to 1 person: mails to this address came back"]


def test_r9_an_event_that_is_off_is_not_even_planned(event, now):
    make_seats(event)
    make_rule(event, now)
    row = take(event, "Amina", now)
    mark("cancelled")(row, now)
    assert plan_reminders(event.starts_at - DAY) == 0
    mark("scheduled")(row, now)
    assert plan_reminders(event.starts_at - DAY) == 1
