"""Files for calendars, and the choice of a time zone."""

import datetime

import pytest
from icalendar import Calendar

from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(home):
    """The site exists."""


def entry(client, event):
    response = client.get(f"/events/{event.pk}.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return calendar, calendar.events[0]


def test_a_file_says_when_in_the_zone_of_the_event(client, now):
    event = make_event("Meeting", now + DAY, zone="America/New_York", summary="What it is about.")
    calendar, found = entry(client, event)
    assert found["dtstart"].params["TZID"] == "America/New_York"
    assert found.start == event.starts_at
    assert found.end == event.ends_at
    assert [zone["tzid"] for zone in calendar.timezones] == ["America/New_York"]
    assert "METHOD" not in calendar
    assert found["status"] == "CONFIRMED"
    assert event.full_url in found["description"]
    assert found["location"] == "Online"


def test_the_name_of_an_event_stays_when_it_moves(client, now):
    event = make_event("Meeting", now + DAY)
    before = entry(client, event)[1]["uid"]
    event.starts_on += DAY
    event.ends_on += DAY
    event.save()
    assert (
        entry(client, event)[1]["uid"] == before == f"{event.translation_key}@decentralization.net"
    )


@pytest.mark.parametrize(
    ("status", "stated", "prefix"),
    [
        ("cancelled", "CANCELLED", "Cancelled: "),
        ("postponed", "TENTATIVE", "Postponed: "),
        ("save-the-date", "TENTATIVE", "Save the date: "),
    ],
)
def test_the_file_says_how_the_event_stands(client, now, status, stated, prefix):
    _calendar, found = entry(client, make_event("Meeting", now + DAY, status=status))
    assert found["status"] == stated
    assert found["summary"] == f"{prefix}Meeting"


def test_a_time_that_happens_twice_is_given_in_utc(client):
    second = datetime.datetime(2026, 10, 25, 1, 30, tzinfo=datetime.UTC)
    event = make_event("Night", second, zone="Europe/Berlin")
    assert event.starts_at == second
    content = client.get(f"/events/{event.pk}.ics").content
    assert b"DTSTART:20261025T013000Z" in content


def test_lines_are_folded_and_words_escaped(client, now):
    title = "Größe; Wirkung, und: " + "ä" * 100
    response = client.get(f"/events/{make_event(title, now + DAY).pk}.ics")
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    assert Calendar.from_ical(response.content).events[0]["summary"] == title


def test_the_same_event_gives_the_same_file(client, now):
    url = f"/events/{make_event('Meeting', now + DAY).pk}.ics"
    assert client.get(url).content == client.get(url).content


def test_only_public_events_have_a_file(client, now):
    draft = make_event("Draft", now + DAY, live=False)
    private = make_event("Private", now + DAY)
    private.view_restrictions.create(restriction_type="login")
    for pk in (draft.pk, private.pk, 0, 10**30):
        assert client.get(f"/events/{pk}.ics").status_code == 404
    assert client.get("/events/abc.ics").status_code == 404


def test_a_choice_of_zone_is_remembered_and_leads_back(client):
    response = client.get("/events/time-zone/?tz=Africa/Nairobi&next=/events/%3Fview%3Dmonth")
    assert response.status_code == 302
    assert response["Location"] == "/events/?view=month"
    assert response.cookies["tz"].value == "Africa/Nairobi"
    assert response.cookies["tz"]["max-age"] > 300 * 24 * 3600
    assert "no-store" in response["Cache-Control"]


def test_a_choice_can_be_taken_back(client):
    client.cookies["tz"] = "Africa/Nairobi"
    response = client.get("/events/time-zone/?tz=&next=/events/")
    assert response.cookies["tz"].value == ""


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "\x00", "x" * 5000])
def test_a_zone_that_does_not_exist_is_refused(client, zone):
    response = client.get("/events/time-zone/", {"tz": zone})
    assert response.status_code == 400
    assert "tz" not in response.cookies


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "\x00",
    ],
)
def test_nobody_is_sent_to_another_site(client, url):
    response = client.get("/events/time-zone/", {"tz": "UTC", "next": url})
    assert response.status_code == 302
    assert response["Location"] == "/"


def test_a_choice_changes_nothing_by_post(client):
    assert client.post("/events/time-zone/", {"tz": "UTC"}).status_code == 405
