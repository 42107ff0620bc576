import datetime

import pytest

from mail.rules import display_name, is_exhausted, is_missed, is_sent_again, pause_after

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(0, 0), (1, 5), (2, 10), (3, 20), (5, 80), (12, 360), (100, 360)]
)
def test_pauses_grow_up_to_six_hours(attempts, minutes):
    assert pause_after(attempts) == datetime.timedelta(minutes=minutes)


def test_six_attempts_are_enough():
    assert [is_exhausted(number) for number in (5, 6)] == [False, True]


@pytest.mark.parametrize(("minutes", "missed"), [(-1, False), (0, False), (1, True)])
def test_a_mail_is_missed_when_its_time_is_over(minutes, missed):
    assert is_missed(NOON, NOON + datetime.timedelta(minutes=minutes)) is missed


def test_a_mail_without_an_end_is_never_missed():
    assert not is_missed(None, NOON)


@pytest.mark.parametrize(
    ("lane", "times_lost", "again"),
    [("transactional", 0, True), ("reminder", 0, True), ("reminder", 1, False), ("bulk", 0, False)],
)
def test_r8_what_was_perhaps_sent_is_sent_once_more_or_never(lane, times_lost, again):
    assert is_sent_again(lane, times_lost) is again


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Amina Mfano", "Amina Mfano"),
        ("Amina\r\nBcc: all@example.org", "Amina Bcc all example.org"),
        ("\x00info@bank.example,\x7f", "info bank.example"),
        ('"Amina" <a@b.c>', "Amina a b.c"),
    ],
)
def test_r23_a_name_is_never_taken_for_an_address(written, shown):
    assert display_name(written) == shown
