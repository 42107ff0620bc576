"""One’s own events under a secret address that can be taken back."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from events.feeds import personal
from events.models import PersonalCalendar
from members.models import GroupMembership
from tests.factories.events import make_event
from tests.factories.groups import make_group
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(home, now):
    """The site exists."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def group():
    return make_group("Sample group")


@pytest.fixture
def member(group, now):
    member = make_member()
    GroupMembership.objects.create(member=member, group=group, joined_at=now)
    return member


@pytest.fixture
def url(member, now) -> str:
    return f"/events/mine/{personal.renew(member.user, now).token}.ics"


def titles(client, url: str) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(client.get(url).content).events]


def test_it_holds_the_meetings_of_ones_groups(client, url, group, now):
    make_event("Ours", now + DAY, parent=group)
    make_event("Of all", now + DAY)
    assert titles(client, url) == ["Ours"]


def test_it_holds_nothing_that_is_not_public(client, url, group, now):
    make_event("Draft", now + DAY, parent=group, live=False)
    make_event("Private", now + DAY, parent=group).view_restrictions.create(
        restriction_type="login"
    )
    assert titles(client, url) == []


def test_who_leaves_the_group_loses_its_meetings(client, url, group, member, now):
    make_event("Ours", now + DAY, parent=group)
    first = client.get(url)
    member.memberships.all().delete()
    second = client.get(url, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert b"Ours" not in second.content


def test_it_is_kept_by_nobody_else_and_found_by_no_search_engine(client, url):
    response = client.get(url)
    assert response["Cache-Control"].startswith("private")
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"


def test_not_modified_costs_two_queries(client, url, group, now):
    make_event("Ours", now + DAY, parent=group)
    first = client.get(url)
    with CaptureQueriesContext(connection) as made:
        assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert len(made) <= 2


def test_a_new_address_closes_the_old_one(client, url, member, now):
    new = personal.renew(member.user, now)
    assert client.get(url).status_code == 404
    assert client.get(f"/events/mine/{new.token}.ics").status_code == 200
    assert PersonalCalendar.objects.count() == 1


def test_a_closed_address_answers_no_more(client, url, member):
    personal.close(member.user)
    assert client.get(url).status_code == 404


def test_an_account_that_was_closed_has_no_calendar(client, url, member):
    member.user.is_active = False
    member.user.save()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("token", ["a" * 20, "0" * 32, f"{'0' * 32}.{'x' * 43}", "x" * 10_000])
def test_an_address_that_was_guessed_shows_nothing(client, url, token):
    assert client.get(f"/events/mine/{token}.ics").status_code == 404


def test_the_key_in_the_database_is_not_the_address(client, url):
    key = PersonalCalendar.objects.get().key
    for guess in (key.hex, str(key)):
        assert client.get(f"/events/mine/{guess}.ics").status_code == 404


def test_one_makes_renews_and_closes_it_on_a_page(client, member):
    client.force_login(member.user)
    assert "Make my address" in client.get("/events/mine/").content.decode()
    client.post("/events/mine/")
    token = PersonalCalendar.objects.get().token
    page = client.get("/events/mine/")
    assert token in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    client.post("/events/mine/", {"action": "close"})
    assert not PersonalCalendar.objects.exists()


def test_looking_at_the_page_makes_nothing(client, member):
    client.force_login(member.user)
    client.get("/events/mine/?action=renew")
    assert not PersonalCalendar.objects.exists()


def test_strangers_log_in_first(client):
    response = client.get("/events/mine/")
    assert response.status_code == 302
    assert "login" in response["Location"]
