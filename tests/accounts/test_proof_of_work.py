"""Forms that ask their sender for work: nothing on usual days, a sum on bad ones."""

import itertools

import pytest
from django import forms

from accounts import checked_forms, proof_of_work
from accounts.checked_forms import CheckedForm

BITS = 6
NEEDS_A_SUM = "has to do a sum"


class Note(CheckedForm):
    words = forms.CharField()


@pytest.fixture
def bad_day(settings):
    settings.PROOF_OF_WORK_BITS = BITS


@pytest.fixture
def stamp(time_machine) -> str:
    """The stamp of a form that somebody opened and took their time with."""
    time_machine.move_to("2026-11-22 09:00:00+00:00", tick=False)
    opened = checked_forms.stamp()
    time_machine.shift(checked_forms.SHORTEST * 2)
    return opened


def solution(stamp: str, bits: int = BITS) -> str:
    numbers = map(str, itertools.count())
    return next(number for number in numbers if proof_of_work.is_done(stamp, number, bits))


def sent(stamp: str, work: str) -> Note:
    return Note({"words": "Hello", "opened": stamp, "website": "", "work": work})


def test_a_solution_has_as_many_leading_zero_bits_as_asked():
    assert not proof_of_work.is_done("abc", "", 0)
    assert proof_of_work.is_done("abc", "0", 0)
    easy, hard = solution("abc", 4), solution("abc", 10)
    assert int(hard) >= int(easy)
    assert proof_of_work.is_done("abc", hard, 4)
    assert not proof_of_work.is_done("abd", hard, 10)


@pytest.mark.parametrize("number", ["", "-1", "1.0", "٣", "1" * 16, "0x1", " 1"])
def test_a_solution_is_a_plain_number(number):
    assert not proof_of_work.is_done("abc", number, 0)


def test_nothing_is_asked_on_usual_days(stamp):
    form = sent(stamp, "")
    assert form.is_valid()
    assert "data-work-bits" not in str(form["work"])
    assert "work.js" not in str(form.media)


def test_a_form_without_its_sum_comes_back_with_words_and_a_new_stamp(bad_day, stamp):
    form = sent(stamp, "")
    assert NEEDS_A_SUM in str(form.non_field_errors())
    assert form["opened"].value() != stamp
    assert f'data-work-bits="{BITS}"' in str(form["work"])
    assert "work.js" in str(form.media)


def test_a_form_with_its_sum_counts(bad_day, stamp):
    assert sent(stamp, solution(stamp)).is_valid()


def test_the_sum_of_another_form_does_not_count(bad_day, stamp):
    other = checked_forms.stamp()
    assert stamp != other
    number = next(
        number
        for number in map(str, itertools.count())
        if proof_of_work.is_done(other, number, BITS)
        and not proof_of_work.is_done(stamp, number, BITS)
    )
    assert not sent(stamp, number).is_valid()


def test_one_sum_serves_a_few_sendings_and_no_flood(bad_day, stamp):
    number = solution(stamp)
    valid = [sent(stamp, number).is_valid() for _ in range(proof_of_work.SENDINGS + 2)]
    assert valid == [True] * proof_of_work.SENDINGS + [False, False]


@pytest.mark.django_db
def test_joining_loads_the_script_only_on_bad_days(client, settings):
    assert b"js/work" not in client.get("/join/").content
    settings.PROOF_OF_WORK_BITS = BITS
    assert b"js/work" in client.get("/join/").content
