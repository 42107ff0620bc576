"""When a reminder is due, on which clock, and until when (R12): plain values."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from events.registration.rules import Occasion
from events.reminders import rules
from events.reminders.rules import Basis, Fault, Timing
from tests.factories.reminders import make_rule

UTC = datetime.UTC
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
NINE, TEN = datetime.time(9), datetime.time(10)


def at(zone: str, *parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "begins", "due"),
    [
        # The clocks change in the night between the reminder and the event.
        ("Europe/Berlin", (2027, 3, 28, 14), (2027, 3, 27, 9)),
        ("Europe/Berlin", (2026, 10, 25, 14), (2026, 10, 24, 9)),
        ("America/New_York", (2027, 3, 14, 14), (2027, 3, 13, 9)),
        ("Africa/Cairo", (2027, 4, 30, 14), (2027, 4, 29, 9)),
        ("Africa/Casablanca", (2027, 2, 7, 14), (2027, 2, 6, 9)),
        ("Asia/Kathmandu", (2027, 1, 1, 0, 30), (2026, 12, 31, 9)),
        ("Australia/Lord_Howe", (2027, 4, 4, 14), (2027, 4, 3, 9)),
    ],
)
def test_r12_the_day_before_at_nine_is_nine_on_the_wall(zone, begins, due):
    timing = Timing(Basis.START, days=1, at_time=NINE)
    found = timing.due_at(at(zone, *begins).astimezone(UTC), ZoneInfo(zone))
    assert found == at(zone, *due)
    assert found.tzinfo is UTC


def test_r12_a_day_of_minutes_is_a_day_that_passes():
    begins = at("Europe/Berlin", 2027, 3, 28, 14).astimezone(UTC)
    timing = Timing(Basis.START, minutes=24 * 60)
    assert timing.due_at(begins, ZoneInfo("Europe/Berlin")) == at("Europe/Berlin", 2027, 3, 27, 13)


def test_r13_an_hour_that_the_clocks_skip_or_show_twice_is_the_first_that_exists():
    timing = Timing(Basis.START, days=1, at_time=datetime.time(2, 30))
    zone = ZoneInfo("Europe/Berlin")
    skipped = timing.due_at(at("Europe/Berlin", 2027, 3, 29, 10).astimezone(UTC), zone)
    twice = timing.due_at(at("Europe/Berlin", 2026, 10, 26, 10).astimezone(UTC), zone)
    assert skipped == datetime.datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert twice == datetime.datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_what_comes_afterwards_is_reckoned_from_the_end(now):
    occasion = Occasion(now, now + HOUR)
    timing = Timing(Basis.END, days=1, at_time=TEN)
    anchor = timing.anchor(occasion)
    assert anchor == now + HOUR
    assert timing.due_at(anchor, UTC) == datetime.datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_an_event_without_an_end_is_over_once_it_begins(now):
    assert Timing(Basis.END, minutes=60).anchor(Occasion(now, None)) == now


@pytest.mark.parametrize(
    ("timing", "grace"),
    [
        (Timing(Basis.START, minutes=60), HOUR),
        (Timing(Basis.START, minutes=23 * 60), HOUR),
        (Timing(Basis.START, minutes=24 * 60), 12 * HOUR),
        (Timing(Basis.START, days=0, at_time=NINE), 12 * HOUR),
        (Timing(Basis.END, minutes=60), 12 * HOUR),
        (Timing(Basis.MOMENT), 12 * HOUR),
    ],
)
def test_r11_how_late_a_reminder_may_leave(timing, grace):
    assert timing.grace == grace


def test_r11_nobody_is_reminded_of_what_has_begun(now):
    short = Timing(Basis.START, minutes=30)
    assert short.not_after(now, now + HOUR / 2) == now + HOUR / 2
    assert short.not_after(now, now + 2 * HOUR) == now + HOUR
    assert short.not_after(now, None) == now + HOUR


@pytest.mark.parametrize(
    ("timing", "fault"),
    [
        (Timing(Basis.START, minutes=60), None),
        (Timing(Basis.START, minutes=3 * 24 * 60), Fault.PAST),
        (Timing(Basis.START, days=0, at_time=datetime.time(18)), Fault.TOO_LATE),
        (Timing(Basis.END, minutes=60), None),
    ],
)
def test_an_hour_that_nobody_lives_to_see_is_found(now, timing, fault):
    occasion = Occasion(now + 2 * DAY, now + 2 * DAY + HOUR)
    assert rules.fault_of(timing, occasion, UTC, now) is fault
    assert rules.fault_of(timing, Occasion(None, None), UTC, now) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"minutes": 0},
        {"minutes": rules.MOST_MINUTES + 1},
        {"minutes": 60, "days": 1, "at_time": NINE},
        {"days": 1},
        {"basis": "moment", "minutes": 60},
        {"basis": "end", "minutes": 60},
        {"minutes": 60, "audience": "nobody"},
    ],
)
@pytest.mark.django_db
def test_the_database_takes_no_reminder_that_says_nothing_or_two_things(event, now, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(event, now, **fields)


@pytest.mark.django_db
def test_the_database_takes_the_same_reminder_once(event, now):
    for fields in (
        {"minutes": 60},
        {"days": 1, "at_time": NINE},
        {"basis": "moment", "moment": now + DAY},
    ):
        make_rule(event, now, **fields)
        make_rule(event, now, audience="waiting", **fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_rule(event, now, **fields)
