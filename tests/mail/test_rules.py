import datetime

import pytest

from mail.rules import is_due, is_exhausted, pause_after

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(0, 0), (1, 5), (2, 10), (3, 20), (5, 80), (12, 360), (100, 360)]
)
def test_pauses_grow_up_to_six_hours(attempts, minutes):
    assert pause_after(attempts) == datetime.timedelta(minutes=minutes)


def test_a_mail_that_was_never_tried_is_due():
    assert is_due(0, None, NOON)


@pytest.mark.parametrize(("minutes", "due"), [(4, False), (5, True)])
def test_a_mail_is_due_again_after_its_pause(minutes, due):
    assert is_due(1, NOON - datetime.timedelta(minutes=minutes), NOON) is due


def test_six_attempts_are_enough():
    assert [is_exhausted(number) for number in (5, 6)] == [False, True]
