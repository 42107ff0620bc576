"""R3, R4 and R6: the order of the queue, offers that end, coming back; and all of it mixed."""

import datetime
import random

import pytest

from events.models import EventSeats, Registration
from events.registration import actions
from events.registration.actions.setting_up import set_up
from events.registration.people import Who
from tests.factories.events import make_event
from tests.factories.registration import assert_in_order, guest, make_seats, member, take

pytestmark = pytest.mark.django_db
SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def fresh(row: Registration) -> Registration:
    row.refresh_from_db()
    return row


def test_r3_who_came_first_moves_up_first_and_nobody_passes(event, now):
    make_seats(event, 1)
    rows = [take(event, name, now) for name in ("Amina", "Baraka", "Chen")]
    promoted = actions.cancel(rows[0], None, "", now)
    assert [row.name for row in promoted] == ["Baraka"]
    assert take(event, "Dora", now).queue_no > fresh(rows[2]).queue_no
    actions.cancel(rows[1], None, "", now)
    assert [fresh(row).state for row in rows] == ["cancelled", "cancelled", "confirmed"]


def test_r3_a_newcomer_goes_behind_those_for_whom_a_hold_has_just_run_out(event, now):
    make_seats(event, 5)
    held = actions.register(event.pk, guest("Guest", now), actions.Asked(), now).registration
    for name in ("Amina", "Baraka", "Chen", "Dora"):
        take(event, name, now)
    waiting = take(event, "Esi", now)
    late = take(event, "Farid", now + HOUR)
    assert (fresh(held).state, fresh(waiting).state, late.state) == (
        "expired",
        "confirmed",
        "waiting",
    )


def test_r6_cancelling_twice_frees_one_seat(event, now):
    make_seats(event, 1)
    first = take(event, "Amina", now)
    for name in ("Baraka", "Chen"):
        take(event, name, now)
    assert len(actions.cancel(first, None, "", now)) == 1
    assert actions.cancel(first, None, "", now) == []
    assert_in_order(event)


def test_r6_who_comes_back_stands_at_the_end(event, now):
    make_seats(event, 1)
    first = take(event, "Amina", now)
    take(event, "Baraka", now)
    waiting = take(event, "Chen", now)
    actions.cancel(first, None, "", now)
    again = take(event, "Amina", now)
    assert again.pk != first.pk
    assert again.queue_no > waiting.queue_no


@pytest.fixture
def offered(event, now) -> Registration:
    """Somebody who was just offered a seat, with one more behind."""
    make_seats(event, 1, mode=EventSeats.Mode.OFFER, offer_minutes=24 * 60)
    first, second = take(event, "Amina", now), take(event, "Baraka", now)
    take(event, "Chen", now)
    actions.cancel(first, None, "", now)
    return fresh(second)


def test_r4_an_offer_keeps_the_seat_until_its_last_second(event, offered, now):
    assert (offered.state, offered.offer_until) == ("offered", now + DAY)
    assert take(event, "Dora", now + DAY - SECOND).state == "waiting"
    assert actions.accept_offer(offered, now + DAY - SECOND)
    assert fresh(offered).state == "confirmed"


def test_r4_an_offer_that_ran_out_goes_to_the_next_and_its_owner_to_the_end(event, offered, now):
    assert actions.accept_offer(offered, now + DAY) is False
    states = dict(Registration.objects.values_list("name", "state"))
    assert (states["Baraka"], states["Chen"]) == ("waiting", "offered")
    assert_in_order(event)


def test_r4_two_missed_offers_end_a_registration(event, offered, now):
    for days in range(1, 4):
        actions.expire_due(now + days * DAY)
    assert fresh(offered).state == "expired"
    assert_in_order(event)


def test_r4_an_offer_that_is_declined_goes_to_the_next_at_once(event, offered, now):
    promoted = actions.decline_offer(offered, now)
    assert [row.name for row in promoted] == ["Chen"]
    assert fresh(offered).state == "cancelled"


@pytest.mark.parametrize(
    ("before", "state", "stands"),
    [(DAY, "offered", 2 * HOUR), (2 * HOUR, "confirmed", None)],
)
def test_r4_near_the_event_there_is_less_time_to_answer(home, now, before, state, stands):
    event = make_event("Soon", now + before)
    make_seats(event, 1, mode=EventSeats.Mode.OFFER)
    first, second = take(event, "Amina", now), take(event, "Baraka", now)
    actions.cancel(first, None, "", now)
    assert fresh(second).state == state
    assert second.offer_until == (now + stands if stands else None)


def test_after_an_event_nobody_moves_up(event, now):
    make_seats(event, 1)
    first, second = take(event, "Amina", now), take(event, "Baraka", now)
    actions.cancel(first, None, "", now + 10 * DAY)
    assert fresh(second).state == "waiting"


def test_r21_a_hold_ends_after_an_hour_and_a_late_confirmation_finds_what_is_left(event, now):
    make_seats(event, 5)
    held = actions.register(event.pk, guest("Guest", now), actions.Asked(), now).registration
    assert held.state == "held"
    assert actions.expire_due(now + HOUR - SECOND) == 0
    assert actions.expire_due(now + HOUR) == 1
    assert fresh(held).state == "expired"
    for number in range(5):
        take(event, f"Member{number}", now + HOUR)
    assert actions.confirm_hold(held, now + 2 * HOUR).state == "waiting"
    assert actions.confirm_hold(held, now + 2 * HOUR).is_new is False
    assert_in_order(event)


def test_r26_after_three_days_without_a_worker_everything_is_caught_up(event, now):
    make_seats(event, 5)
    for number in range(3):
        at = now + number * SECOND
        actions.register(event.pk, guest(f"Guest{number}", at), actions.Asked(), at)
    assert actions.expire_due(now + 3 * DAY) == 1
    assert set(Registration.objects.values_list("state", flat=True)) == {"expired"}
    assert_in_order(event)


@pytest.mark.parametrize("mode", EventSeats.Mode.values)
@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_in_whatever_order_the_invariants_hold(event, now, seed, mode):
    """Register, repeat, confirm, cancel, accept, decline, change capacity, let time pass."""
    make_seats(event, 3, mode=mode)
    dice = random.Random(seed)  # noqa: S311 - a fixed sequence is what a test wants
    everybody: list[Who] = [
        (member if number % 2 else guest)(f"Person{number}", now) for number in range(9)
    ]
    clock = now

    def someone() -> Registration | None:
        return dice.choice(list(Registration.objects.all()) or [None])

    def ask() -> None:
        actions.register(event.pk, dice.choice(everybody), actions.Asked(), clock)

    def with_someone(action, *given) -> None:
        if registration := someone():
            action(registration, *given, clock)

    steps = [
        ask,
        ask,
        lambda: with_someone(actions.cancel, None, ""),
        lambda: with_someone(actions.confirm_hold),
        lambda: with_someone(actions.accept_offer),
        lambda: with_someone(actions.decline_offer),
        lambda: set_up(event, {"capacity": dice.choice([0, 1, 3, 5, None])}, clock),
        lambda: actions.expire_due(clock),
    ]
    for _ in range(70):
        clock += dice.choice([SECOND, 10 * SECOND, HOUR])
        dice.choice(steps)()
        assert_in_order(event)
