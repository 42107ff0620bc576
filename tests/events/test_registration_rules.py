"""Who gets a seat, and when, as plain values."""

import datetime

import pytest

from events.registration import rules
from events.registration.rules import Occasion, Refusal, Standing, State, Terms
from tests.conftest import NOW

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
SOON = Occasion(NOW + 3 * DAY, NOW + 3 * DAY + HOUR)


@pytest.mark.parametrize(
    ("capacity", "held", "waiting", "room"),
    [(2, 1, 0, True), (2, 2, 0, False), (2, 1, 1, False), (None, 900, 0, True), (0, 0, 0, False)],
)
def test_r3_a_newcomer_never_passes_those_who_wait(capacity, held, waiting, room):
    assert rules.has_room(capacity, held, waiting) is room


def test_r1_seats_above_a_lowered_capacity_are_nobodys_to_give():
    assert rules.free_seats(5, 8, 3) == 0
    assert rules.overbooked(5, 8) == 3
    assert rules.overbooked(5, 4) == 0


@pytest.mark.parametrize(
    ("capacity", "holds", "may"), [(100, 19, True), (100, 20, False), (4, 0, False), (5, 0, True)]
)
def test_r21_guests_hold_at_most_a_fifth(capacity, holds, may):
    assert rules.may_hold(capacity, holds) is may


@pytest.mark.parametrize(
    ("before", "stands"),
    [
        (3 * DAY, DAY),
        (DAY, 2 * HOUR),
        (HOUR * 3, 2 * HOUR),
        (HOUR * 2, None),
        (HOUR, None),
    ],
)
def test_r4_an_offer_is_shorter_the_nearer_the_event(before, stands):
    until = rules.offer_until(NOW, NOW + before, 24 * 60)
    assert until == (NOW + stands if stands else None)


@pytest.mark.parametrize(
    ("occasion", "terms", "reason"),
    [
        (SOON, Terms(), None),
        (SOON, Terms(opens_at=NOW + HOUR), Refusal.NOT_YET),
        (SOON, Terms(opens_at=NOW), None),
        (SOON, Terms(closes_at=NOW), Refusal.CLOSED),
        (Occasion(NOW - HOUR, NOW), Terms(), Refusal.OVER),
        (Occasion(NOW - HOUR, NOW + HOUR), Terms(), None),
        (Occasion(SOON.starts_at, SOON.ends_at, "cancelled"), Terms(), Refusal.OFF),
        (Occasion(SOON.starts_at, SOON.ends_at, is_live=False), Terms(), Refusal.OFF),
        (Occasion(None, None, "save-the-date"), Terms(), None),
    ],
)
def test_the_door_says_why_it_is_closed(occasion, terms, reason):
    refused = rules.closed_because(occasion, terms, NOW)
    assert (refused.reason if refused else None) == reason


@pytest.mark.parametrize(
    ("terms", "who", "reason"),
    [
        (Terms(), Standing(), None),
        (Terms(audience="members"), Standing(), Refusal.MEMBERS_ONLY),
        (Terms(audience="members"), Standing(is_member=True), None),
        (Terms(audience="group"), Standing(is_member=True), Refusal.GROUP_ONLY),
        (Terms(audience="group"), Standing(is_member=True, is_in_group=True), None),
        (Terms(members_first_until=NOW + DAY), Standing(), Refusal.MEMBERS_FIRST),
        (Terms(members_first_until=NOW), Standing(), None),
    ],
)
def test_the_door_says_whom_it_is_for(terms, who, reason):
    refused = rules.refused_because(terms, who, NOW)
    assert (refused.reason if refused else None) == reason


@pytest.mark.parametrize(
    ("away", "may"),
    [(61 * 60, False), (60 * 60, True), (0, True), (-59 * 60, True), (-60 * 60, False)],
)
def test_the_link_to_join_is_shown_from_an_hour_before_until_the_end(away, may):
    begins = NOW + datetime.timedelta(seconds=away)
    assert rules.may_join(Occasion(begins, begins + HOUR), 60, NOW) is may


@pytest.mark.parametrize(("event", "sent", "next_one"), [(0, None, 0), (0, 0, 1), (4, 1, 4)])
def test_r15_the_sequence_never_falls(event, sent, next_one):
    assert rules.sequence_to_send(event, sent) == next_one


def test_every_state_has_its_steps_and_no_end_leads_back_but_a_late_confirmation():
    assert set(rules.STEPS) == set(State)
    assert not rules.STEPS[State.CANCELLED]
    assert not rules.STEPS[State.DECLINED]
    assert rules.may_step("expired", "confirmed")
    assert not rules.may_step("confirmed", "waiting")
