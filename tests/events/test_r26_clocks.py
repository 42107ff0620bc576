"""R26: after three days in which nothing ran, nothing stale is sent and nothing is lost."""

import datetime

import pytest

from events.models import EventPage
from events.reminders.actions import PURPOSE, give_standard
from events.reminders.planning import plan_reminders
from mail.models import Delivery
from tests.factories.events import make_event
from tests.factories.registration import make_seats, take
from tests.factories.reminders import fates, make_rule, move, send

pytestmark = pytest.mark.django_db
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
GAP = 3 * DAY


def run(at) -> None:
    plan_reminders(at)
    send(at)


def meeting(title: str, starts_at, now) -> EventPage:
    """Return an event with the usual reminders for which somebody of its own is registered."""
    event = make_event(title, starts_at)
    make_seats(event)
    give_standard([event.translation_key], now)
    take(event, title, now)
    return event


def sent_subjects(mailoutbox) -> list[str]:
    return sorted(mail.subject for mail in mailoutbox if "You have a seat" not in mail.subject)


def test_r26_after_three_days_each_reminder_is_sent_if_it_is_of_use_and_else_missed(
    home, now, mailoutbox
):
    back = now + GAP
    meeting("Held", now + 2 * DAY, now)
    meeting("Tomorrow", back + 22 * HOUR, now)
    meeting("Later", back + 5 * DAY, now)
    run(now)
    run(back)
    assert sent_subjects(mailoutbox) == ["Tomorrow at 10:00: Tomorrow"]
    assert fates(recipient="held@example.org") == [("skipped", "missed")] * 2
    assert fates(recipient="tomorrow@example.org") == [("sent", "")]
    assert fates(recipient="later@example.org") == [("skipped", "missed")]


def test_r26_then_everything_goes_on_as_if_nothing_had_been(home, now, mailoutbox):
    back = now + GAP
    event = meeting("Later", back + 5 * DAY, now)
    run(back)
    for hours in range(1, 6 * 24):
        run(back + hours * HOUR)
    assert fates() == [("skipped", "missed"), ("sent", ""), ("sent", "")]
    assert event.starts_at == back + 5 * DAY


def test_r26_an_event_that_moved_in_the_gap_is_reminded_of_at_its_new_date(home, now):
    back = now + GAP
    event = meeting("Moved", now + 9 * DAY, now)
    run(now)
    move(event, -5 * DAY)
    run(back)
    assert event.starts_at == back + DAY
    # A week before the new date nobody knew of it: that was not missed.
    assert fates() == [("sent", "")]


def test_r26_a_clock_that_jumps_back_sends_nothing_twice(event, now):
    make_seats(event)
    make_rule(event, now)
    take(event, "Amina", now)
    due_at = event.starts_at - DAY
    for at in (due_at, due_at - HOUR, due_at - DAY, due_at + HOUR):
        run(at)
    assert fates() == [("sent", "")]


def test_r26_what_lies_back_too_far_is_not_raked_up(event, now):
    make_seats(event)
    make_rule(event, now)
    take(event, "Amina", now)
    plan_reminders(event.starts_at + 30 * DAY)
    assert not Delivery.objects.filter(purpose=PURPOSE).exists()
