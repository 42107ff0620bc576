"""Who is told of what, when, and never twice."""

import datetime

import pytest
import time_machine
from django.core import mail as sent
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import retention
from mail import mailer
from mail.models import Delivery, DeliveryState
from members.actions import preferences, privacy
from members.models import DigestRun, Item
from members.updates import planning
from tests.members.updates import (
    AFRICA,
    ASIA,
    FINANCE,
    NOW,
    change,
    follow,
    planned,
    published,
    start,
)
from tests.side_by_side import side_by_side

MINUTE, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
MONDAY = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
FRIDAY = datetime.datetime(2026, 11, 20, 8, 0, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _started(home):
    start()


def send_all(now: datetime.datetime) -> list:
    """Let everything leave that is due; return the mails."""
    sent.outbox.clear()
    with time_machine.travel(now, tick=False):
        mailer.empty(clock=lambda: now, most=1000)
    return list(sent.outbox)


# Digests ----------------------------------------------------------------------------------------


def test_a_weekly_digest_comes_on_monday_at_eight_with_the_news_of_the_week():
    amina = follow({FINANCE: "weekly"})
    published("Before", NOW - 5 * DAY)
    published("Old news", NOW - 12 * DAY)
    published("Other", NOW, regions=["asia"])
    published("Budgets", NOW)
    planning.plan(NOW - 2 * DAY)
    planning.plan(MONDAY - MINUTE)
    assert planned(amina) == [["Before"]]
    planning.plan(MONDAY)
    assert planned(amina) == [["Before"], ["Budgets"]]


def test_a_daily_digest_comes_at_eight_on_every_clock():
    readers = [
        follow({FINANCE: "daily"}, name="cairo", zone="Africa/Cairo"),
        follow({FINANCE: "daily"}, name="kathmandu", zone="Asia/Kathmandu"),
        follow({FINANCE: "daily"}, name="lordhowe", zone="Australia/Lord_Howe"),
    ]
    published("Budgets", NOW)
    moment, hours = NOW, {}
    while moment < NOW + DAY:
        planning.plan(moment)
        for reader in readers:
            if planned(reader):
                hours.setdefault(reader.name, moment)
        moment += 15 * MINUTE
    assert hours == {
        "Lordhowe": datetime.datetime(2026, 11, 19, 21, 0, tzinfo=datetime.UTC),
        "Kathmandu": datetime.datetime(2026, 11, 20, 2, 15, tzinfo=datetime.UTC),
        "Cairo": datetime.datetime(2026, 11, 20, 6, 0, tzinfo=datetime.UTC),
    }


def test_an_empty_digest_is_no_mail():
    follow({ASIA: "daily"})
    published("Budgets", NOW)
    assert planning.plan(FRIDAY).digests == 0
    assert not Delivery.objects.exists()


def test_who_follows_several_topics_of_an_item_hears_of_it_once():
    amina = follow({FINANCE: "weekly", AFRICA: "weekly"})
    published("Budgets", NOW, themes=["subnational-finance"], regions=["africa"])
    planning.plan(MONDAY)
    assert planned(amina) == [["Budgets"]]


def test_what_came_at_once_does_not_come_again_in_a_digest():
    amina = follow({FINANCE: "weekly", AFRICA: "instant", ASIA: "daily"})
    published("Urgent", NOW, themes=["subnational-finance"], regions=["africa"])
    published("Daily", NOW, themes=["subnational-finance"], regions=["asia"])
    published("Weekly", NOW)
    for moment in (NOW + HOUR, FRIDAY, MONDAY):
        planning.plan(moment)
    assert planned(amina, "instant") == [["Urgent"]]
    assert planned(amina) == [["Daily"], ["Weekly"]]


def test_who_changes_the_cadence_hears_of_nothing_twice():
    amina = follow({FINANCE: "daily"})
    published("Budgets", NOW)
    planning.plan(FRIDAY)
    change(amina, {FINANCE: "weekly"}, at=FRIDAY + HOUR)
    published("Later", FRIDAY + 2 * HOUR)
    planning.plan(MONDAY)
    assert planned(amina) == [["Budgets"], ["Later"]]


def test_who_follows_after_the_hour_waits_for_the_next():
    published("Budgets", NOW)
    amina = follow({FINANCE: "daily"}, at=FRIDAY + HOUR)
    planning.plan(FRIDAY + 2 * HOUR)
    assert planned(amina) == []


def test_unconfirmed_suppressed_and_leaving_contacts_get_nothing():
    for state in ("unverified", "suppressed"):
        contact = follow({FINANCE: "daily"}, name=state)
        contact.state = state
        contact.save()
    leaving = follow({FINANCE: "daily"}, name="leaving")
    privacy.ask_to_be_erased(leaving.member, NOW)
    published("Budgets", NOW)
    assert planning.plan(FRIDAY).digests == 0


def test_a_long_list_is_cut_and_says_how_much_more_there_is(monkeypatch):
    monkeypatch.setattr(planning, "LINES", 2)
    follow({FINANCE: "daily"})
    for number in range(5):
        published(f"Post {number}", NOW - number * MINUTE)
    planning.plan(FRIDAY)
    row = Delivery.objects.get(purpose="digest")
    assert (len(row.payload["items"]), row.payload["more"]) == (2, 3)


def test_r26_after_three_days_without_planning_comes_one_digest_and_not_three():
    amina = follow({FINANCE: "daily"})
    planning.plan(FRIDAY - DAY)
    for day in range(3):
        published(f"Day {day}", FRIDAY - HOUR + day * DAY)
    planning.plan(FRIDAY + 2 * DAY + 3 * HOUR)
    assert planned(amina) == [["Day 2", "Day 1", "Day 0"]]


def test_r26_updates_at_once_are_caught_up_while_they_are_fresh():
    amina = follow({FINANCE: "instant"})
    published("Stale", NOW - 4 * DAY)
    published("Fresh", NOW - 2 * DAY)
    planning.plan(NOW)
    assert planned(amina, "instant") == [["Fresh"]]


def test_r26_a_digest_that_is_late_waits_for_the_morning():
    follow({FINANCE: "daily"})
    planning.plan(NOW)
    published("Budgets", NOW)
    assert planning.plan(FRIDAY + 15 * HOUR).digests == 0
    assert planning.plan(FRIDAY + DAY).digests == 1


# At once ----------------------------------------------------------------------------------------


def test_at_once_means_ten_minutes_after_it_was_published():
    amina = follow({FINANCE: "instant"})
    published("Budgets", NOW)
    planning.plan(NOW + 9 * MINUTE)
    assert planned(amina, "instant") == []
    planning.plan(NOW + 10 * MINUTE)
    planning.plan(NOW + 11 * MINUTE)
    assert planned(amina, "instant") == [["Budgets"]]


def test_nobody_is_written_to_in_their_night():
    tokyo = follow({FINANCE: "instant"}, name="tokyo", zone="Asia/Tokyo")
    nairobi = follow({FINANCE: "instant"}, name="nairobi", zone="Africa/Nairobi")
    late = NOW + 3 * HOUR  # midnight in Tokyo, six in the evening in Nairobi
    published("Budgets", late - HOUR)
    planning.plan(late)
    due = {row.contact_id: row.due_at for row in Delivery.objects.all()}
    assert due[nairobi.pk] == late
    assert due[tokyo.pk] == datetime.datetime(2026, 11, 19, 22, 0, tzinfo=datetime.UTC)


def test_who_began_to_follow_after_it_was_published_is_not_told_at_once():
    amina = follow({FINANCE: "instant"}, at=NOW + MINUTE)
    published("Budgets", NOW)
    planning.plan(NOW + HOUR)
    assert planned(amina, "instant") == []


def test_a_large_audience_is_told_in_pages():
    readers = [follow({FINANCE: "instant"}, name=f"reader{number}") for number in range(5)]
    published("Budgets", NOW)
    planning.collect(NOW + HOUR)
    assert planning.plan_instants(NOW + HOUR, page=2) == 5
    assert all(planned(reader, "instant") == [["Budgets"]] for reader in readers)


# Planned once -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_r7_planners_side_by_side_make_each_mail_once():
    for number in range(7):
        follow({FINANCE: "weekly", AFRICA: "daily"}, name=f"reader{number}")
        follow({FINANCE: "instant"}, name=f"quick{number}", zone="Asia/Kathmandu")
    published("Budgets", MONDAY - DAY)
    published("Roads", MONDAY - DAY, regions=["africa"], themes=["subnational-finance"])
    tallies = side_by_side(lambda: planning.plan(MONDAY), 3)
    assert Delivery.objects.filter(purpose="instant").count() == 7 * 2
    assert Delivery.objects.filter(purpose="digest").count() == 7 * 2
    assert sum(tally.digests for tally in tallies) == 14
    assert sum(tally.instant for tally in tallies) == 14
    assert Item.objects.count() == 2
    assert planning.plan(MONDAY) == planning.Tally(0, 0, 0)


def test_r7_a_run_that_was_cut_off_adds_exactly_the_rest(monkeypatch):
    for number in range(6):
        follow({FINANCE: "weekly"}, name=f"reader{number}")
    published("Budgets", NOW)
    planning.collect(MONDAY)
    plan_page, pages = planning._plan_page, []

    def stop_at_the_second(digest, readers):
        pages.append(readers)
        if len(pages) == 2:
            raise KeyboardInterrupt
        return plan_page(digest, readers)

    monkeypatch.setattr(planning, "_plan_page", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        planning.build("weekly", "2026-W48", "UTC", MONDAY, page=2)
    assert Delivery.objects.count() == 2
    assert planning.build("weekly", "2026-W48", "UTC", MONDAY, page=2) == 4
    assert len(pages[2]) == 2
    assert planning.build("weekly", "2026-W48", "UTC", MONDAY, page=2) == 0
    run = DigestRun.objects.get(cadence="weekly")
    assert run.planned == 6
    assert run.finished_at


def test_more_members_and_items_cost_no_more_queries_than_pages():
    def queries(period: str) -> int:
        planning.collect(MONDAY)
        with CaptureQueriesContext(connection) as caught:
            planning.build("weekly", period, "UTC", MONDAY)
        return len(caught)

    follow({FINANCE: "weekly"}, name="first")
    published("One", NOW)
    few = queries("2026-W48")
    DigestRun.objects.all().delete()
    for number in range(8):
        follow({FINANCE: "weekly", AFRICA: "weekly"}, name=f"reader{number}")
        published(f"Another {number}", NOW)
    assert queries("2026-W48") == few
    assert Delivery.objects.count() == 9


def test_runs_of_long_ago_are_forgotten():
    follow({FINANCE: "daily"})
    published("Budgets", NOW)
    planning.plan(FRIDAY)
    (kept,) = [kept for kept in retention.policy() if kept.name == "runs of digests"]
    assert not kept.due(FRIDAY).exists()
    assert kept.due(FRIDAY + DAY).exists()


# When it leaves ---------------------------------------------------------------------------------


def test_r9_who_unsubscribes_between_plan_and_mail_gets_nothing():
    amina = follow({FINANCE: "daily"})
    baraka = follow({FINANCE: "daily"}, name="baraka")
    published("Budgets", NOW)
    planning.plan(FRIDAY)
    preferences.stop(amina, None, source="test", now=FRIDAY)
    assert [mail.to for mail in send_all(FRIDAY)] == [["baraka@example.org"]]
    row = Delivery.objects.get(contact=amina)
    assert (row.state, row.error) == (DeliveryState.SKIPPED, "unsubscribed")
    assert Delivery.objects.get(contact=baraka).state == DeliveryState.SENT


def test_r9_a_topic_that_was_turned_off_takes_its_lines_along():
    amina = follow({FINANCE: "daily", AFRICA: "daily"})
    published("Budgets", NOW)
    published("Roads", NOW, regions=["africa"])
    planning.plan(FRIDAY)
    change(amina, {FINANCE: "off"}, at=FRIDAY)
    (mail,) = send_all(FRIDAY)
    assert "Roads" in mail.body
    assert "Budgets" not in mail.body


def test_r9_what_was_taken_off_the_site_meanwhile_is_not_told():
    follow({FINANCE: "instant"})
    page = published("Budgets", NOW)
    planning.plan(NOW + HOUR)
    page.unpublish()
    assert send_all(NOW + 2 * HOUR) == []
    assert Delivery.objects.get().error == "withdrawn"


def test_r9_who_is_about_to_leave_gets_nothing():
    amina = follow({FINANCE: "daily"})
    published("Budgets", NOW)
    planning.plan(FRIDAY)
    privacy.ask_to_be_erased(amina.member, FRIDAY)
    assert send_all(FRIDAY) == []


def test_r25_erasure_takes_the_queued_updates_along():
    amina = follow({FINANCE: "daily"})
    published("Budgets", NOW)
    planning.plan(FRIDAY)
    privacy.erase(amina.member, FRIDAY)
    assert not Delivery.objects.exists()
    assert send_all(FRIDAY) == []


def test_an_update_that_is_too_late_is_missed():
    follow({FINANCE: "instant"})
    published("Budgets", NOW)
    planning.plan(NOW + HOUR)
    assert send_all(NOW + 5 * DAY) == []
    assert Delivery.objects.get().error == "missed"
