"""When a job is due."""

import datetime

import pytest

from schedule import rules

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


def test_a_job_is_due_once_for_each_moment():
    started = NOW - 2 * MINUTE
    assert not rules.is_due("every 5 minutes", started, started, NOW)
    assert rules.is_due("every 5 minutes", NOW - 3 * MINUTE, NOW - 3 * MINUTE, NOW)


def test_a_job_that_still_runs_is_left_alone_until_it_must_have_been_killed():
    assert not rules.is_due("every 1 minute", NOW - HOUR, None, NOW)
    assert rules.is_due("every 1 minute", NOW - 7 * HOUR, None, NOW)
