"""R10: an event that moved is reminded of anew, exactly once for each date."""

import datetime

import pytest

from events.models import EventPage
from events.reminders.listing import lines
from events.reminders.planning import plan_reminders
from tests.factories.registration import make_seats, take
from tests.factories.reminders import fates, make_rule, move, send

pytestmark = pytest.mark.django_db
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


@pytest.fixture
def reminded(event, now):
    """An event of which Amina was reminded a day before."""
    make_seats(event)
    make_rule(event, now)
    take(event, "Amina", now)
    run(event.starts_at - DAY)
    assert fates() == [("sent", "")]
    return event


def run(at) -> int:
    planned = plan_reminders(at)
    send(at)
    return planned


def test_r10_a_week_later_means_exactly_one_more(reminded, mailoutbox):
    at = reminded.starts_at - DAY + HOUR
    move(reminded, 7 * DAY)
    assert run(at) == 0
    due_at = reminded.starts_at - DAY
    assert [run(due_at + hours * HOUR) for hours in (-2, -1, 0, 1, 5)] == [0, 1, 0, 0, 0]
    assert fates() == [("sent", ""), ("sent", "")]
    assert len([mail for mail in mailoutbox if "Tomorrow" in mail.subject]) == 2


def test_r10_there_and_back_again_means_none(reminded):
    at = reminded.starts_at - DAY + HOUR
    move(reminded, 7 * DAY)
    run(at)
    move(reminded, -7 * DAY)
    assert run(at + HOUR) == 0
    assert fates() == [("sent", "")]


def test_r10_moved_between_plan_and_send_only_the_new_date_counts(event, now):
    make_seats(event)
    make_rule(event, now)
    take(event, "Amina", now)
    due_at = event.starts_at - DAY
    plan_reminders(due_at - HOUR)
    move(event, 7 * DAY)
    run(due_at)
    assert fates() == [("skipped", "moved")]
    run(event.starts_at - DAY)
    assert fates() == [("skipped", "moved"), ("sent", "")]


def test_r10_who_was_reminded_of_the_old_date_has_missed_nothing_for_the_new(event, now):
    """Two days after the mail a week before, the event moves by an hour."""
    make_seats(event)
    make_rule(event, now, minutes=7 * 24 * 60)
    take(event, "Amina", now)
    run(event.starts_at - 7 * DAY)
    move(event, HOUR)
    run(event.starts_at - 5 * DAY)
    assert fates() == [("sent", "")]


def test_r10_organisers_see_what_was_sent_for_the_earlier_date(reminded):
    move(reminded, 7 * DAY)
    (line,) = lines(reminded, reminded.starts_at - 2 * DAY)
    assert line.tally.lines() == ["Sent to 1 person for an earlier date"]
    assert not line.has_left


def test_r10_a_country_that_changes_its_clocks_reminds_nobody_of_what_they_missed(event, now):
    """The hour on the wall stays, the instant moves: the mail of last week was right (R14)."""
    make_seats(event)
    make_rule(event, now, minutes=7 * 24 * 60)
    take(event, "Amina", now)
    run(event.starts_at - 7 * DAY)
    EventPage.objects.filter(pk=event.pk).update(starts_at=event.starts_at + HOUR)
    run(event.starts_at - 4 * DAY)
    assert fates() == [("sent", "")]


def test_r10_a_follow_up_follows_the_end(event, now):
    make_seats(event)
    make_rule(event, now, basis="end", minutes=60, words="Tell us how it was.")
    take(event, "Amina", now)
    assert run(event.ends_at + HOUR) == 1
    move(event, 7 * DAY)
    assert run(event.ends_at + HOUR) == 1
    assert fates() == [("sent", ""), ("sent", "")]


def test_r10_a_moment_of_its_own_stays_when_the_event_moves(event, now):
    make_seats(event)
    make_rule(event, now, basis="moment", moment=now + 3 * DAY)
    take(event, "Amina", now)
    assert run(now + 3 * DAY) == 1
    move(event, 7 * DAY)
    assert run(now + 3 * DAY + HOUR) == 0
    assert fates() == [("sent", "")]
