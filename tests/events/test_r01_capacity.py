"""R1 and R2: never more seats than there are, held by one lock on every database."""

import datetime
import itertools
import uuid
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from events.models import EventSeats, Registration, RegistrationEvent
from events.registration import actions, lock
from events.registration.actions.setting_up import set_up
from events.registration.lock import Busy, with_seats
from tests.factories.events import make_event
from tests.factories.registration import assert_in_order, guest, make_seats, member, take
from tests.side_by_side import side_by_side

DAY = datetime.timedelta(days=1)
PEOPLE, SEATS = 40, 8


@pytest.fixture
def event(home, now):
    return make_event("Open meeting", now + 9 * DAY)


def rush(event, now) -> None:
    """Let many people ask for a seat at the same moment."""
    everybody = [member(f"Member{number}", now) for number in range(PEOPLE)]
    line = itertools.count()
    side_by_side(
        lambda: actions.register(event.pk, everybody[next(line)], actions.Asked(), now), PEOPLE
    )


@pytest.mark.django_db(transaction=True)
def test_r1_a_rush_fills_every_seat_once_and_numbers_the_others(event, now):
    make_seats(event, SEATS)
    rush(event, now)
    states = list(Registration.objects.values_list("state", flat=True))
    assert (states.count("confirmed"), states.count("waiting")) == (SEATS, PEOPLE - SEATS)
    assert_in_order(event)


@pytest.mark.django_db(transaction=True)
def test_r1_without_the_lock_the_same_rush_oversells(event, now, monkeypatch):
    """The control: were this to pass with the lock off, the test above would prove nothing."""

    @contextmanager
    def unlocked(event_id):
        yield EventSeats.objects.get(event=event_id)

    look_around = lock.look_around

    def others_come_between(event_id, now):
        Registration.objects.filter(event=event_id).count()
        return look_around(event_id, now)

    make_seats(event, SEATS)
    monkeypatch.setattr(lock, "locked_seats", unlocked)
    monkeypatch.setattr(lock, "look_around", others_come_between)
    everybody = [member(f"Member{number}", now) for number in range(PEOPLE)]
    line = itertools.count()

    def ask():
        try:
            actions.register(event.pk, everybody[next(line)], actions.Asked(), now)
        except IntegrityError:
            return  # two at one place in the queue, which the database refuses even so

    side_by_side(ask, PEOPLE)
    assert Registration.objects.filter(state="confirmed").count() > SEATS


@pytest.mark.django_db(transaction=True)
def test_r5_a_double_click_counts_once(event, now):
    make_seats(event)
    who, asked = member("Amina", now), actions.Asked()
    found = side_by_side(lambda: actions.register(event.pk, who, asked, now), 2)
    assert len({outcome.registration.pk for outcome in found}) == 1
    assert [outcome.is_new for outcome in found].count(True) == 1
    assert Registration.objects.count() == 1


def statements(work) -> list[str]:
    """Return what is said to the database, without where a transaction begins and ends."""
    aside = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET LOCAL lock_timeout")
    with CaptureQueriesContext(connection) as queries:
        work()
    return [query["sql"] for query in queries if not query["sql"].startswith(aside)]


@pytest.mark.django_db
@pytest.mark.parametrize("make", [guest, member])
def test_r2_the_lock_is_the_first_thing_that_is_said(event, now, make):
    make_seats(event)
    who = make("Amina", now)
    said = statements(lambda: actions.register(event.pk, who, actions.Asked(), now))
    assert said[0].startswith('UPDATE "events_eventseats" SET "clock"')


@pytest.mark.django_db
def test_r2_others_wait_no_longer_the_more_there_are(event, now):
    make_seats(event, 3)
    who = [member(f"Member{number}", now) for number in range(20)]
    few, *_between, many = (
        len(statements(lambda who=each: actions.register(event.pk, who, actions.Asked(), now)))
        for each in who
    )
    assert many <= few


@pytest.mark.django_db(transaction=True)
def test_r2_two_events_at_once_do_not_wait_for_each_other_for_ever(event, now):
    other = make_event("Another meeting", now + 9 * DAY)
    for each in (event, other):
        make_seats(each, 3)
    everybody = [member(f"Member{number}", now) for number in range(12)]
    line = itertools.count()

    def ask_for_both():
        number = next(line)
        order = (event, other) if number % 2 else (other, event)
        for each in order:
            actions.register(each.pk, everybody[number], actions.Asked(), now)

    side_by_side(ask_for_both, len(everybody))
    for each in (event, other):
        assert_in_order(each)
        assert Registration.objects.filter(event=each).count() == len(everybody)


@pytest.mark.django_db(transaction=True)
def test_r2_nothing_may_enclose_the_transaction_of_the_lock(event, now):
    from django.db import transaction  # noqa: PLC0415 - beside the one line that needs it

    make_seats(event)
    with transaction.atomic(), pytest.raises(RuntimeError):
        take(event, "Amina", now)


@pytest.mark.django_db
def test_r2_seats_that_cannot_be_had_are_tried_three_times(event, now, monkeypatch):
    make_seats(event)
    attempts = []

    @contextmanager
    def taken(event_id):
        attempts.append(event_id)
        raise lock.OperationalError("database is locked")
        yield

    monkeypatch.setattr(lock, "locked_seats", taken)
    with pytest.raises(Busy):
        with_seats(event.pk, now, lambda book: book)
    assert len(attempts) == lock.ATTEMPTS


@pytest.mark.django_db
def test_r1_a_lower_capacity_throws_nobody_out_and_lets_nobody_in(event, now):
    seats = make_seats(event, 3)
    for name in ("Amina", "Baraka", "Chen"):
        take(event, name, now)
    set_up(event, {"capacity": 1}, now)
    seats.refresh_from_db()
    assert (seats.capacity, seats.seats_held, seats.overbook) == (1, 3, 2)
    late = take(event, "Dora", now)
    assert late.state == "waiting"
    first = Registration.objects.get(name="Amina")
    assert actions.cancel(first, None, "", now) == []
    seats.refresh_from_db()
    assert (seats.seats_held, seats.overbook, seats.waiting) == (2, 1, 1)


@pytest.mark.django_db
def test_r1_capacity_can_be_lowered_in_the_moment_in_which_a_hold_runs_out(event, now):
    seats = make_seats(event, 5)
    actions.register(event.pk, guest("Guest", now), actions.Asked(), now)
    for name in ("Amina", "Baraka"):
        take(event, name, now)
    set_up(event, {"capacity": 1}, now + DAY)
    seats.refresh_from_db()
    assert (seats.capacity, seats.seats_held, seats.overbook) == (1, 2, 1)


@pytest.mark.django_db
def test_r1_more_capacity_lets_in_those_who_wait_in_their_order(event, now):
    make_seats(event, 1)
    for name in ("Amina", "Baraka", "Chen", "Dora"):
        take(event, name, now)
    set_up(event, {"capacity": 3}, now)
    moved = RegistrationEvent.objects.filter(before="waiting", after="confirmed")
    assert [step.registration.name for step in moved] == ["Baraka", "Chen"]
    assert_in_order(event)


@pytest.mark.django_db
def test_r1_the_database_refuses_a_seat_too_many(event, now):
    seats = make_seats(event, 2)
    seats.seats_held = 3
    with pytest.raises(IntegrityError):
        seats.save()


@pytest.mark.django_db
def test_unlimited_seats_let_everybody_in(event, now):
    make_seats(event, None)
    assert {take(event, f"Member{n}", now).state for n in range(9)} == {"confirmed"}


@pytest.mark.django_db
def test_every_change_leaves_a_trace(event, now):
    make_seats(event, 1)
    first, second = take(event, "Amina", now), take(event, "Baraka", now)
    actions.cancel(first, first.user, "I am ill", now)
    steps = [(log.before, log.after, log.why) for log in first.log.all()]
    assert steps == [("", "confirmed", ""), ("confirmed", "cancelled", "I am ill")]
    assert [log.after for log in second.log.all()] == ["waiting", "confirmed"]


@pytest.mark.django_db
def test_r6_two_active_registrations_of_one_address_are_refused_by_the_database(event, now):
    make_seats(event)
    row = take(event, "Amina", now)
    row.pk, row.public_id, row.submit_key = None, uuid.uuid4(), uuid.uuid4()
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)
