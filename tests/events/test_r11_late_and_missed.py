"""R11: who registers late gets no stale reminder, and what could not leave in time is missed."""

import datetime

import pytest

from events.reminders.actions import give_standard
from events.reminders.listing import lines
from events.reminders.planning import plan_reminders
from tests.factories.registration import make_seats, take
from tests.factories.reminders import fates, make_rule, send

pytestmark = pytest.mark.django_db
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
MINUTE, SECOND = datetime.timedelta(minutes=1), datetime.timedelta(seconds=1)


@pytest.fixture
def usual(event, now):
    """An event with seats and the three usual reminders."""
    make_seats(event)
    give_standard([event.translation_key], now)
    return event


def run(at) -> None:
    plan_reminders(at)
    send(at)


def test_r11_half_an_hour_before_nobody_hears_of_tomorrow(usual, mailoutbox):
    at = usual.starts_at - 30 * MINUTE
    take(usual, "Amina", at)
    for minutes in range(0, 30, 5):
        run(at + minutes * MINUTE)
    assert fates() == []
    assert [mail.subject for mail in mailoutbox] == ["You have a seat: Open meeting"]


def test_r11_each_reminder_goes_to_those_who_were_there_before_its_hour(usual, now):
    take(usual, "Amina", now)
    run(usual.starts_at - 7 * DAY)
    take(usual, "Baraka", usual.starts_at - 2 * DAY)
    run(usual.starts_at - DAY)
    take(usual, "Chen", usual.starts_at - 3 * HOUR)
    run(usual.starts_at - HOUR)
    got = [len(fates(recipient=f"{name}@example.org")) for name in ("amina", "baraka", "chen")]
    # There are two seats, so the third waits and is not meant at all.
    assert got == [3, 2, 0]


def test_r11_registered_at_the_very_hour_is_too_late(usual, now):
    due_at = usual.starts_at - DAY
    take(usual, "Amina", due_at - SECOND)
    take(usual, "Baraka", due_at)
    run(due_at + MINUTE)
    assert fates(recipient="amina@example.org") == [("sent", "")]
    assert fates(recipient="baraka@example.org") == []


@pytest.mark.parametrize(
    ("minutes", "late", "fate"),
    [
        (60, 50 * MINUTE, ("sent", "")),
        (60, HOUR + SECOND, ("skipped", "missed")),
        (24 * 60, 12 * HOUR, ("sent", "")),
        (24 * 60, 12 * HOUR + SECOND, ("skipped", "missed")),
        (7 * 24 * 60, 11 * HOUR, ("sent", "")),
        (7 * 24 * 60, 13 * HOUR, ("skipped", "missed")),
        # Its hour of grace would last until after the event has begun.
        (30, 31 * MINUTE, ("skipped", "missed")),
    ],
)
def test_r11_what_is_late_leaves_within_its_grace_and_not_after(event, now, minutes, late, fate):
    make_seats(event)
    make_rule(event, now, minutes=minutes)
    take(event, "Amina", now)
    run(event.starts_at - datetime.timedelta(minutes=minutes) + late)
    assert fates() == [fate]


def test_r11_planned_in_time_and_taken_up_too_late_is_missed(event, now):
    make_seats(event)
    make_rule(event, now, minutes=60)
    take(event, "Amina", now)
    plan_reminders(event.starts_at - HOUR)
    send(event.starts_at + SECOND)
    assert fates() == [("skipped", "missed")]


def test_r11_organisers_see_what_was_missed(event, now):
    make_seats(event)
    make_rule(event, now)
    take(event, "Amina", now)
    run(event.starts_at - HOUR)
    (line,) = lines(event, event.starts_at)
    assert line.tally.lines() == [
        "Not sent to 1 person: missed: no mails left at that time, and later it was of no use"
    ]


def test_r11_a_reminder_whose_hour_was_over_when_it_was_made_never_was(event, now):
    make_seats(event)
    take(event, "Amina", now)
    make_rule(event, event.starts_at - DAY + SECOND)
    run(event.starts_at - DAY + MINUTE)
    assert fates() == []
    (line,) = lines(event, event.starts_at - HOUR)
    assert line.note == "Its time was over when it was set up; it goes out if the event moves"
