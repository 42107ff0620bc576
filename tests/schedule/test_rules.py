"""When a job is due."""

import datetime

import pytest

from schedule import rules
from schedule.rules import Past

MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))


def at(*moment: int) -> datetime.datetime:
    return datetime.datetime(*moment, tzinfo=datetime.UTC)


NOW = at(2026, 11, 19, 12, 7)  # a Thursday


@pytest.mark.parametrize(
    ("rhythm", "moment"),
    [
        ("every 1 minute", NOW),
        ("every 5 minutes", at(2026, 11, 19, 12, 5)),
        ("at 03:10", at(2026, 11, 19, 3, 10)),
        ("at 12:07", NOW),
        ("at 12:08", at(2026, 11, 18, 12, 8)),
        ("on Sunday at 04:00", at(2026, 11, 15, 4)),
        ("on Thursday at 12:08", at(2026, 11, 12, 12, 8)),
    ],
)
def test_a_rhythm_says_when_a_job_was_to_run_last(rhythm, moment):
    assert rules.last_moment(rhythm, NOW) == moment


@pytest.mark.parametrize(
    "rhythm",
    ["", "daily", "every minute", "every 0 minutes", "at 3:10", "on Sonntag at 04:00"],
)
def test_what_is_no_rhythm_is_refused(rhythm):
    with pytest.raises(ValueError, match="no rhythm"):
        rules.last_moment(rhythm, NOW)


@pytest.mark.parametrize(
    ("rhythm", "moment"),
    [
        ("every 5 minutes", at(2026, 11, 19, 12, 10)),
        ("at 12:07", at(2026, 11, 20, 12, 7)),
        ("at 12:08", at(2026, 11, 19, 12, 8)),
        ("on Sunday at 04:00", at(2026, 11, 22, 4)),
    ],
)
def test_a_rhythm_says_when_a_job_is_to_run_next(rhythm, moment):
    assert rules.next_moment(rhythm, NOW) == moment


def done(at: datetime.datetime) -> Past:
    return Past(NOW - 9 * DAY, at, at)


def test_a_job_is_due_once_for_each_moment():
    assert not rules.is_due("every 5 minutes", done(NOW - 2 * MINUTE), NOW)
    assert rules.is_due("every 5 minutes", done(NOW - 3 * MINUTE), NOW)


def test_a_job_that_still_runs_is_left_alone_until_it_must_have_been_killed():
    assert not rules.is_due("every 1 minute", Past(NOW - DAY, NOW - HOUR), NOW)
    assert rules.is_due("every 1 minute", Past(NOW - DAY, NOW - 7 * HOUR), NOW)


def test_a_new_job_waits_for_its_hour_unless_it_runs_every_few_minutes():
    assert rules.is_due("every 30 minutes", Past(NOW), NOW)
    assert not rules.is_due("at 03:00", Past(NOW), NOW)
    assert rules.is_due("at 03:00", Past(NOW), NOW + 16 * HOUR)


@pytest.mark.parametrize(
    ("past", "has_failed", "standing"),
    [
        (Past(NOW), False, "new"),
        (Past(NOW, NOW - HOUR), False, "running"),
        (Past(NOW, NOW - HOUR), True, "running"),
        (Past(NOW, NOW - 7 * HOUR), False, "cut-off"),
        (done(NOW - HOUR), True, "failed"),
        (done(NOW - HOUR), False, "done"),
    ],
)
def test_how_a_job_stands(past, has_failed, standing):
    assert rules.standing(past, NOW, has_failed=has_failed) == standing
