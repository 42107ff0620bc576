"""On their own page members see their events: where they stand, and what can be watched."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import EventPage, Registration
from members.models import Member
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.registration import make_seats, take

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now() -> datetime.datetime:
    return timezone.now()


@pytest.fixture
def amina(home, client) -> Member:
    member = make_member("amina@example.org", "Amina Mfano")
    member.contact.time_zone = "Asia/Kathmandu"
    member.contact.save()
    client.force_login(member.user)
    return member


def open_event(title: str, starts_at: datetime.datetime, capacity: int | None = 2, **fields):
    event = make_event(title, starts_at, **fields)
    make_seats(event, capacity=capacity)
    return event


def attended(title: str, starts_at: datetime.datetime, member: Member, **fields) -> EventPage:
    """Return an event that is over, at which a member had a seat."""
    event = make_event(title, starts_at, **fields)
    Registration.objects.create(
        event=event,
        contact=member.contact,
        user=member.user,
        name=member.name,
        state="confirmed",
        registered_at=starts_at - DAY,
        confirmed_at=starts_at - DAY,
    )
    return event


def my_page(client) -> str:
    return client.get("/my/").content.decode()


def test_a_seat_shows_the_time_on_my_clock_and_the_ways_to_join_and_to_cancel(client, amina, now):
    noon = (now + 3 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)
    event = open_event("Budgets", noon, mode="online")
    take(event, "amina", now)
    shown = my_page(client)
    assert f'href="{event.url}"' in shown
    assert "You have a seat" in shown
    assert "17:45–19:15, Kathmandu (UTC+5:45)" in shown
    manage = re.search(r'href="(/[^"]+)">Change or cancel', shown)[1]
    assert client.get(manage).status_code == 200
    assert client.get(re.search(r'href="(/[^"]+)">How to join', shown)[1]).status_code == 200
    client.post(manage, {"cancel": "1"})
    assert "Budgets" not in my_page(client)


def test_the_clock_that_a_reader_chose_on_the_site_goes_before_the_one_of_the_account(
    client, amina, now
):
    noon = (now + 3 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)
    take(open_event("Budgets", noon), "amina", now)
    client.cookies["tz"] = "UTC"
    assert "12:00–13:30, UTC" in my_page(client)


def test_the_place_in_the_queue_and_an_offer_are_said(client, amina, now):
    full = open_event("Full", now + 3 * DAY, capacity=1)
    for name in ("baraka", "chipo", "amina"):
        take(full, name, now)
    shown = my_page(client)
    assert "You are number 2." in shown
    assert "How to join" not in shown


def test_an_event_in_person_has_no_way_to_join_online(client, amina, now):
    take(open_event("Here", now + DAY, mode="in-person"), "amina", now)
    assert "How to join" not in my_page(client)


def test_what_was_cancelled_by_the_organisers_says_so(client, amina, now):
    event = open_event("Budgets", now + 3 * DAY)
    take(event, "amina", now)
    EventPage.objects.filter(pk=event.pk).update(status="cancelled")
    assert "Cancelled" in my_page(client)


def test_past_events_lead_to_their_recording_once_it_is_there(client, amina, now):
    there = {"recording": "available", "recording_url": "https://video.example.org/1"}
    attended("Recorded", now - 9 * DAY, amina, **there)
    attended("Waited for", now - 8 * DAY, amina, recording="processing")
    shown = my_page(client)
    assert 'href="https://video.example.org/1"' in shown
    assert "Held, recording to come" in shown
    assert shown.index("Waited for") < shown.index("Recorded")


def test_only_the_last_past_events_stand_there(client, amina, now):
    for number in range(12):
        attended(f"Meeting {number:02}", now - (number + 1) * DAY, amina)
    shown = my_page(client)
    assert "Meeting 09" in shown
    assert "Meeting 10" not in shown


def test_an_event_that_was_taken_off_the_site_leads_nowhere(client, amina, now):
    event = attended("Gone", now - DAY, amina)
    event.unpublish()
    shown = my_page(client)
    assert "Gone" in shown
    assert f'href="{event.url}"' not in shown


def test_whoever_is_registered_for_nothing_is_led_to_the_calendar(client, amina):
    shown = my_page(client)
    assert "You are not registered for anything that is to come." in shown
    assert 'href="/events/"' in shown


def test_nobody_sees_the_events_of_others(client, amina, now):
    make_member("baraka@example.org", "Baraka")
    take(open_event("Secret", now + DAY), "baraka", now)
    assert "Secret" not in my_page(client)


def test_more_events_need_no_more_queries(client, amina, now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/my/")
        return len(found)

    def register(number: int) -> None:
        full = open_event(f"Full {number}", now + (number + 1) * DAY, capacity=1)
        take(full, "baraka", now)
        take(full, "amina", now)
        attended(f"Past {number}", now - (number + 1) * DAY, amina)

    register(0)
    queries()
    few = queries()
    for number in range(1, 5):
        register(number)
    queries()  # what readers remember is made anew after a change
    assert queries() <= few
