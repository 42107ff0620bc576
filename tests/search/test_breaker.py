"""The breaker leaves alone whoever keeps silent, and tries again by itself."""

import datetime

import pytest

from search.engines.breaker import Breaker, Open

SECOND = datetime.timedelta(seconds=1)


class Silence(Exception):
    """What counts as a failure here."""


class Telephone:
    """Somebody who answers, keeps silent or complains, and how often they were rung."""

    def __init__(self):
        self.mood: type[Exception] | None = None
        self.rung = 0

    def ring(self) -> str:
        self.rung += 1
        if self.mood:
            raise self.mood
        return "hello"


@pytest.fixture
def breaker() -> Breaker:
    return Breaker("test", Silence)


@pytest.fixture
def telephone() -> Telephone:
    return Telephone()


@pytest.fixture
def clock(time_machine, now):
    """A clock that stands still until it is moved."""
    time_machine.move_to(now, tick=False)
    return time_machine


def call(breaker: Breaker, telephone: Telephone) -> str:
    """Return what a call comes to, as a word."""
    try:
        return breaker.call(telephone.ring)
    except (Silence, Open, LookupError) as reason:
        return type(reason).__name__


def open_it(breaker: Breaker, telephone: Telephone) -> None:
    telephone.mood = Silence
    assert [call(breaker, telephone) for _ in range(3)] == ["Silence"] * 3
    telephone.rung = 0


def test_calls_pass_while_they_are_answered(breaker, telephone):
    assert [call(breaker, telephone) for _ in range(5)] == ["hello"] * 5
    assert not breaker.is_open


def test_after_three_silences_nobody_is_rung(breaker, telephone, clock):
    open_it(breaker, telephone)
    assert [call(breaker, telephone) for _ in range(5)] == ["Open"] * 5
    assert (telephone.rung, breaker.is_open) == (0, True)


def test_two_silences_are_not_enough(breaker, telephone, clock):
    telephone.mood = Silence
    call(breaker, telephone)
    call(breaker, telephone)
    telephone.mood = None
    assert (call(breaker, telephone), breaker.is_open) == ("hello", False)


def test_silences_far_apart_do_not_add_up(breaker, telephone, clock):
    telephone.mood = Silence
    for _ in range(9):
        assert call(breaker, telephone) == "Silence"
        clock.shift(16 * SECOND)
    assert not breaker.is_open


def test_three_silences_within_the_window_add_up_wherever_it_begins(breaker, telephone, clock):
    telephone.mood = Silence
    for pause in (25, 10, 10):
        call(breaker, telephone)
        clock.shift(pause * SECOND)
    assert not breaker.is_open
    call(breaker, telephone)
    assert breaker.is_open


def test_complaints_are_answers(breaker, telephone):
    telephone.mood = LookupError
    assert [call(breaker, telephone) for _ in range(5)] == ["LookupError"] * 5
    assert not breaker.is_open


def test_after_the_pause_an_answered_probe_closes_it(breaker, telephone, clock):
    open_it(breaker, telephone)
    telephone.mood = None
    clock.shift(29 * SECOND)
    assert call(breaker, telephone) == "Open"
    clock.shift(SECOND)
    assert [call(breaker, telephone) for _ in range(3)] == ["hello"] * 3
    assert not breaker.is_open


def test_a_silent_probe_begins_another_pause(breaker, telephone, clock):
    open_it(breaker, telephone)
    clock.shift(30 * SECOND)
    assert [call(breaker, telephone) for _ in range(3)] == ["Silence", "Open", "Open"]
    clock.shift(30 * SECOND)
    telephone.mood = None
    assert call(breaker, telephone) == "hello"


def test_a_probe_that_is_answered_with_a_complaint_closes_it(breaker, telephone, clock):
    open_it(breaker, telephone)
    telephone.mood = LookupError
    clock.shift(30 * SECOND)
    assert call(breaker, telephone) == "LookupError"
    assert not breaker.is_open


def test_only_one_probes_at_a_time(breaker, telephone, clock):
    open_it(breaker, telephone)
    clock.shift(30 * SECOND)
    others = []
    breaker.call(lambda: others.append(call(breaker, telephone)))
    assert (others, telephone.rung) == (["Open"], 0)


def test_a_probe_that_never_returns_is_followed_by_another(breaker, telephone, clock):
    open_it(breaker, telephone)
    clock.shift(30 * SECOND)
    later = []

    def die() -> None:
        clock.shift(11 * SECOND)
        telephone.mood = None
        later.append(call(breaker, telephone))

    breaker.call(die)
    assert later == ["hello"]


def test_once_closed_it_counts_anew(breaker, telephone, clock):
    open_it(breaker, telephone)
    telephone.mood = None
    clock.shift(30 * SECOND)
    call(breaker, telephone)
    telephone.mood = Silence
    call(breaker, telephone)
    call(breaker, telephone)
    assert not breaker.is_open


def test_two_breakers_do_not_mix(telephone, clock):
    open_it(Breaker("one", Silence), telephone)
    telephone.mood = None
    assert call(Breaker("two", Silence), telephone) == "hello"


def test_processes_that_share_a_cache_share_the_experience(telephone, clock):
    open_it(Breaker("test", Silence), telephone)
    assert call(Breaker("test", Silence), telephone) == "Open"
