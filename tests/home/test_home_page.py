"""The front page."""

import datetime

import pytest

from home.models import HomePage
from people.models import Organisation
from tests.conftest import NOW
from tests.factories.content import make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import make_group, make_project
from tests.outline import assert_good_outline, titles

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def home(home):
    """The front page as it was published."""
    return HomePage.objects.get(pk=home.pk)


def test_an_empty_site_has_a_front_page(client, home):
    response = client.get("/")
    assert "No event is announced at present." in response.content.decode()
    assert_good_outline(response)


def test_the_front_page_says_everything_in_order(client, home):
    home.mission = "We promote inclusive societies."
    home.introduction = "<p>We are a network.</p>"
    home.join_title, home.join_text = "Join the Alliance", "<p>Free &amp; open.</p>"
    home.programmes.create(title="Knowledge sharing", text="Posts and webinars.")
    home.picks.create(picked=make_product("A primer"))
    home.save()
    make_event("The next one", NOW + DAY)
    make_post("A post")
    make_group("Asia")
    make_group("Finance", kind="thematic-group", status="forming")
    project = make_project("A project")
    project.partners.create(organisation=Organisation.objects.create(name="Example University"))
    project.save()
    response = client.get("/")
    html = response.content.decode()
    assert titles(response) == [
        "Next events",
        "Editors’ picks",
        "Latest posts",
        "LPSA working groups",
        "What is the Local Public Sector Alliance?",
        "What does the Alliance do?",
        "Projects, research and outreach",
        "Join the Alliance",
    ]
    for words in (
        "We promote inclusive societies.",
        "The next one",
        "A primer",
        "A post",
        "Being formed",
        "Program 1: Knowledge sharing",
        "A project",
        "Example University",
        "Free &amp; open.",
    ):
        assert words in html
    assert_good_outline(response)


def test_three_events_come_next_and_none_that_is_off(client, home):
    for number in range(1, 5):
        make_event(f"Event {number}", NOW + number * DAY)
    make_event("Called off", NOW + DAY, status="cancelled")
    html = client.get("/").content.decode()
    assert [f"Event {number}" in html for number in range(1, 5)] == [True, True, True, False]
    assert "Called off" not in html


def test_without_events_the_last_two_recordings_stand_in(client, home):
    for number in range(1, 4):
        make_event(
            f"Recorded {number}",
            NOW - number * DAY,
            recording="available",
            recording_url="https://example.org/video",
        )
    make_event("Not recorded", NOW - DAY)
    response = client.get("/")
    html = response.content.decode()
    assert titles(response)[0] == "Recordings of the latest events"
    assert "Recorded 1" in html
    assert "Recorded 2" in html
    assert "Recorded 3" not in html
    assert "Not recorded" not in html


def test_a_pick_that_is_not_live_is_left_out(client, home):
    home.picks.create(picked=make_product("Withdrawn one", live=False))
    home.save()
    assert "Withdrawn one" not in client.get("/").content.decode()


def test_an_event_that_ends_makes_room_for_the_next(client, home, time_machine):
    make_event("Soon over", NOW + DAY)
    assert "Soon over" in client.get("/").content.decode()
    time_machine.move_to(NOW + 2 * DAY, tick=False)
    make_post("Something new")
    assert "Soon over" not in client.get("/").content.decode()


def test_the_front_page_costs_the_same_however_large_the_site_is(client, home, count_queries):
    def grow(numbers):
        for number in numbers:
            make_event(f"Event {number}", NOW + (number + 1) * DAY)
            make_post(f"Post {number}")
            make_group(f"Group {number}")
            make_project(f"Project {number}")

    grow(range(3))
    few = count_queries("/")
    grow(range(3, 12))
    assert count_queries("/") == few
    assert few <= 12
