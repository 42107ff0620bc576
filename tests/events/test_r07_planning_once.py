"""R7: however often, by how many and after which crash reminders are planned, each is once."""

import datetime

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from events.models import ReminderRule
from events.reminders import planning
from events.reminders.actions import PURPOSE, give_standard
from events.reminders.planning import plan_reminders
from mail.models import Delivery, Lane
from tests.factories.events import make_event
from tests.factories.registration import make_seats, take
from tests.factories.reminders import DAY_MINUTES, fates, make_rule
from tests.side_by_side import side_by_side

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)
PEOPLE = 12


def crowd(event, now, number=PEOPLE) -> None:
    for place in range(number):
        take(event, f"Member{place}", now)


def keys() -> list[str]:
    return sorted(Delivery.objects.filter(purpose=PURPOSE).values_list("key", flat=True))


@pytest.mark.django_db(transaction=True)
def test_r7_three_planners_at_once_plan_each_mail_once(home, now):
    event = make_event("Open meeting", now + 9 * DAY)
    make_seats(event, None)
    crowd(event, now)
    for minutes in (60, 90, 120):
        make_rule(event, now, minutes=minutes)
    at = event.starts_at - 2 * HOUR
    planned = side_by_side(lambda: plan_reminders(at), 3)
    assert sum(planned) == len(keys()) == len(set(keys())) == 3 * PEOPLE
    assert plan_reminders(at) == 0


@pytest.mark.django_db(transaction=True)
def test_r7_three_planners_at_once_give_an_event_the_usual_reminders_once(home, now):
    make_seats(make_event("Open meeting", now + 9 * DAY))
    side_by_side(lambda: plan_reminders(now), 3)
    assert sorted(ReminderRule.objects.values_list("standard", "minutes")) == [
        ("day", DAY_MINUTES),
        ("hour", 60),
        ("week", 7 * DAY_MINUTES),
    ]


@pytest.mark.django_db
def test_r7_a_key_says_rule_registration_and_begin(event, now):
    make_seats(event)
    rule, row = make_rule(event, now), take(event, "Amina", now)
    plan_reminders(event.starts_at - DAY)
    assert keys() == [f"remind:{rule.pk}:{row.pk}:{int(event.starts_at.timestamp())}"]
    assert Delivery.objects.get(purpose=PURPOSE).lane == Lane.REMINDER


@pytest.mark.django_db
def test_r7_whoever_registers_between_two_runs_is_added_and_nobody_twice(event, now):
    make_seats(event)
    make_rule(event, now)
    take(event, "Amina", now)
    due_at = event.starts_at - DAY
    assert plan_reminders(due_at - HOUR) == 1
    take(event, "Baraka", due_at - MINUTE)
    assert [plan_reminders(due_at + minutes * MINUTE) for minutes in range(10)] == [1, *[0] * 9]
    assert len(set(keys())) == 2


@pytest.mark.django_db
def test_r7_a_planner_that_dies_half_way_leaves_nothing_half_done(event, now, monkeypatch):
    make_seats(event, None)
    make_rule(event, now)
    crowd(event, now, 5)
    at = event.starts_at - DAY + HOUR
    whole, calls = planning.plan_bulk, []

    def dies_at_the_second_page(letters, mailing):
        calls.append(letters)
        if len(calls) == 2:
            raise IntegrityError("the power went")
        return whole(letters, mailing)

    monkeypatch.setattr(planning, "PAGE", 2)
    monkeypatch.setattr(planning, "plan_bulk", dies_at_the_second_page)
    with pytest.raises(IntegrityError):
        plan_reminders(at)
    assert keys() == []
    monkeypatch.setattr(planning, "plan_bulk", whole)
    assert plan_reminders(at) == 5
    assert len(set(keys())) == 5


@pytest.mark.django_db
def test_r7_nothing_is_planned_before_its_time(event, now):
    make_seats(event)
    make_rule(event, now)
    take(event, "Amina", now)
    assert plan_reminders(event.starts_at - DAY - 91 * MINUTE) == 0
    assert plan_reminders(event.starts_at - DAY - 90 * MINUTE) == 1


@pytest.mark.django_db
def test_r7_only_those_for_whom_a_reminder_is_meant_get_it(event, now):
    make_seats(event, 1)
    for name in ("Amina", "Baraka"):
        take(event, name, now)
    take(event, "Chen", now, recording_only=True)
    for audience in ("seated", "waiting", "recording", "everybody"):
        make_rule(event, now, audience=audience)
    assert plan_reminders(event.starts_at - DAY) == 6
    got = Delivery.objects.filter(purpose=PURPOSE).values_list("recipient", flat=True)
    assert sorted(got) == sorted(
        2 * [f"{name}@example.org" for name in ("amina", "baraka", "chen")]
    )


@pytest.mark.django_db
def test_r7_an_event_from_before_gets_the_usual_reminders_and_no_old_mail(home, now):
    """Registration may have been open for weeks when reminders come to a site."""
    event = make_event("Open meeting", now + 3 * DAY)
    make_seats(event)
    take(event, "Amina", now - 20 * DAY)
    assert plan_reminders(now) == 0
    assert plan_reminders(now + 2 * DAY) == 1
    assert ReminderRule.objects.count() == 3
    assert fates() == [("queued", "")]


@pytest.mark.django_db
def test_r7_what_is_switched_off_is_not_planned_and_counts_from_when_it_is_on(event, now):
    make_seats(event)
    rule = make_rule(event, now, enabled=False)
    take(event, "Amina", now)
    due_at = event.starts_at - DAY
    assert plan_reminders(due_at) == 0
    ReminderRule.objects.filter(pk=rule.pk).update(enabled=True, armed_at=due_at + MINUTE)
    assert plan_reminders(due_at + 2 * MINUTE) == 0


@pytest.mark.django_db
def test_r7_the_queries_of_the_planner_do_not_grow_with_people(event, now):
    make_seats(event, None)
    give_standard([event.translation_key], now)

    def queries(at) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as first:
            assert plan_reminders(at)
        with CaptureQueriesContext(connection) as again:
            assert plan_reminders(at) == 0
        return len(first), len(again)

    crowd(event, now, 2)
    few = queries(event.starts_at - 7 * DAY)
    plan_reminders(event.starts_at - 6 * DAY)  # that one is planned to the end
    crowd(event, now + HOUR, 12)
    assert queries(event.starts_at - DAY) == few


@pytest.mark.django_db
def test_r7_events_of_which_nothing_is_due_cost_the_planner_no_queries(home, now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            plan_reminders(now)
        return len(asked)

    def more(numbers) -> None:
        for number in numbers:
            event = make_event(f"Meeting {number}", now + (20 + number) * DAY)
            make_seats(event)
            give_standard([event.translation_key], now)

    more(range(2))
    few = queries()
    more(range(2, 9))
    assert queries() == few
