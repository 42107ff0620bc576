"""R16: what a feed of the calendar tells, and to whom."""

import datetime
import json
from xml.etree import ElementTree

import pytest
import time_machine
from icalendar import Calendar

from events.models import EventState
from tests.factories.content import tag
from tests.factories.events import calendar_page, make_event
from tests.factories.groups import make_group

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _site(home, now):
    """The site exists, and it is the time at which the tests take place."""
    with time_machine.travel(now, tick=False):
        yield


def calendar(client, query: str = "", language: str = "") -> Calendar:
    response = client.get(f"{language}/events/calendar.ics{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def titles(client, query: str = "") -> list[str]:
    return [str(event["summary"]) for event in calendar(client, query).events]


def test_r16_a_feed_has_a_name_an_interval_and_no_method(client, now):
    make_event("Meeting", now + DAY)
    found = calendar(client)
    assert "METHOD" not in found
    assert found["x-wr-calname"] == "Events – Decentralization.Net"
    assert found["refresh-interval"].dt == datetime.timedelta(hours=1)
    assert [str(zone["tzid"]) for zone in found.timezones] == ["Africa/Nairobi"]


def test_r16_an_entry_says_what_its_own_file_says_and_nothing_twice(client, now):
    event = make_event("Meeting", now + DAY, summary="What it is about.")
    alone = Calendar.from_ical(client.get(f"/events/{event.pk}.ics").content).events[0]
    listed = calendar(client).events[0]
    assert alone.keys() - listed.keys() == {"LAST-MODIFIED", "URL", "DTEND"}
    assert listed.keys() - alone.keys() == {"DURATION"}
    assert (listed.start, listed.end) == (alone.start, alone.end)
    assert all(listed[name] == alone[name] for name in alone.keys() & listed.keys())
    assert listed.to_ical().count(event.get_url().encode()) == 1


@pytest.mark.parametrize(
    ("begins", "hours"),
    [
        (datetime.datetime(2027, 3, 28, 0, 30, tzinfo=datetime.UTC), 2),
        (datetime.datetime(2027, 6, 1, 12, tzinfo=datetime.UTC), 24),
        (datetime.datetime(2027, 3, 27, 12, tzinfo=datetime.UTC), 50),
    ],
)
def test_r16_what_lasts_a_day_or_sees_the_clocks_change_says_when_it_ends(client, begins, hours):
    length = datetime.timedelta(hours=hours)
    event = make_event("Meeting", begins, zone="Europe/Berlin", length=length)
    (entry,) = calendar(client).events
    assert "DURATION" not in entry
    assert entry.end.astimezone(datetime.UTC) == event.ends_at == begins + length


def test_r16_a_feed_looks_60_days_back_and_18_months_ahead(client, now):
    midnight = now.replace(hour=0)
    make_event("Too old", midnight - 61 * DAY)
    make_event("Just old enough", midnight - 60 * DAY)
    make_event("Just near enough", datetime.datetime(2028, 5, 21, 23, tzinfo=datetime.UTC))
    make_event("Too far", datetime.datetime(2028, 5, 22, 0, tzinfo=datetime.UTC))
    assert titles(client) == ["Just old enough", "Just near enough"]


def test_r16_what_is_cancelled_stays_until_it_would_have_ended(client, now):
    make_event("Tomorrow", now + DAY, status="cancelled")
    make_event("Yesterday", now - DAY, status="cancelled")
    make_event("Put off", now - DAY, status="postponed")
    (entry,) = calendar(client).events
    assert (entry["summary"], entry["status"]) == ("Cancelled: Tomorrow", "CANCELLED")
    assert titles(client, "?cancelled=0") == []


def test_r16_only_what_everybody_may_read_is_told(client, now):
    make_event("Public", now + DAY)
    make_event("Draft", now + DAY, live=False)
    make_event("Withdrawn", now + DAY, is_listed=False)
    make_event("Private", now + DAY).view_restrictions.create(restriction_type="login")
    for form in ("ics", "atom", "json"):
        content = client.get(f"/events/calendar.{form}").content.decode()
        assert "Public" in content
        assert not any(word in content for word in ("Draft", "Withdrawn", "Private"))


def test_r16_the_filters_are_those_of_the_page(client, now):
    webinar = make_event("Webinar", now + DAY, kind="webinar", language="fr")
    tag(webinar, regions=["africa"], themes=["gender-equity"])
    webinar.save()
    make_event("Meeting", now + DAY, kind="group-meeting")
    for query in ("kind=webinar", "language=fr", "region=africa", "theme=gender-equity"):
        assert titles(client, f"?{query}") == ["Webinar"], query
    assert titles(client, "?kind=webinar&kind=group-meeting") == ["Webinar", "Meeting"]
    assert titles(client, "?kind=webinar&language=en") == []
    name = calendar(client, "?kind=webinar&region=africa")["x-wr-calname"]
    assert name == "Webinar, Sub-Saharan Africa – Decentralization.Net"


def test_r16_a_group_has_a_feed_of_its_own(client, now):
    make_event("Of the group", now + DAY, parent=make_group("Sample group"))
    make_event("Of all", now + DAY)
    assert titles(client, "?group=sample-group") == ["Of the group"]


def test_r16_a_reader_gets_the_words_of_the_language_of_the_address(client, now):
    make_event("Meeting", now + DAY, status="cancelled")
    entry = calendar(client, language="/fr").events[0]
    assert entry["summary"] != "Cancelled: Meeting"
    assert entry["summary"].params["LANGUAGE"] == "en"


@pytest.mark.parametrize(
    "query",
    [
        "?kind=%00",
        "?kind=' OR 1=1 --",
        "?group=../../etc",
        "?region=" + "x" * 10_000,
        "?" + "&".join(f"theme={number}" for number in range(2_000)),
        "?nonsense=1&cancelled=maybe&view=month&month=never",
    ],
)
@pytest.mark.parametrize("form", ["ics", "atom", "json"])
def test_r16_filters_that_mean_nothing_are_left_out(client, now, query, form):
    make_event("Meeting", now + DAY)
    response = client.get(f"/events/calendar.{form}{query}")
    assert response.status_code == 200
    assert b"Meeting" in response.content
    assert b"x" * 200 not in response.content


@pytest.mark.parametrize("form", ["rss", "xml", "icss", "ICS"])
def test_r16_other_forms_do_not_exist(client, form):
    assert client.get(f"/events/calendar.{form}").status_code == 404


def test_r16_a_feed_is_only_read(client):
    assert client.post("/events/calendar.ics").status_code == 405


def test_r16_atom_says_when_and_where(client, now):
    event = make_event("Meeting", now + DAY, summary="What it is about.", status="postponed")
    root = ElementTree.fromstring(client.get("/events/calendar.atom").content)  # noqa: S314
    (found,) = root.findall(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}title") == "Postponed: Meeting"
    assert found.findtext(f"{ATOM}id") == f"urn:uuid:{event.translation_key}:en"
    words = found.findtext(f"{ATOM}summary")
    assert "15:00–16:30 Nairobi (UTC+3)" in words
    assert "12:00–13:30 UTC" in words
    assert "What it is about." in words


def test_r16_json_says_all_that_a_program_needs(client, now):
    event = make_event("Meeting", now + DAY, kind="webinar")
    tag(event, regions=["africa"])
    event.save()
    feed = json.loads(client.get("/events/calendar.json?kind=webinar&utm=x").content)
    assert feed["feed_url"].endswith("/events/calendar.json?kind=webinar")
    (item,) = feed["items"]
    assert item["tags"] == ["Africa"]
    assert item["_event"]["uid"] == EventState.objects.get().ical_uid
    assert item["_event"]["starts_at"] == "2026-11-23T12:00:00+00:00"
    assert item["_event"]["local_start"] == "2026-11-23T15:00:00+03:00"
    assert item["_event"]["time_zone"] == "Africa/Nairobi"


def test_r16_control_characters_break_no_feed(client, now):
    make_event("Bell\x07 and\x0b tab", now + DAY)
    ElementTree.fromstring(client.get("/events/calendar.atom").content)  # noqa: S314
    json.loads(client.get("/events/calendar.json").content)
    assert len(calendar(client).events) == 1


def test_r16_an_empty_feed_is_still_a_calendar(client):
    assert calendar(client).events == []
    assert json.loads(client.get("/events/calendar.json").content)["items"] == []


def test_r16_the_calendar_page_names_its_feeds(client, now):
    content = client.get(f"{calendar_page().url}?kind=webinar").content.decode()
    assert 'type="application/atom+xml"' in content
