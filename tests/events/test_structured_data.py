"""What search engines read of an event."""

import datetime
import json
import re

import pytest

from tests.factories.events import make_event
from tests.factories.groups import make_group

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(home):
    """The site exists."""


def said(client, event) -> dict:
    content = client.get(event.get_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', content, re.S)
    graph = json.loads(found[1])["@graph"]
    return next(thing for thing in graph if thing["@type"] == "Event")


def test_an_event_says_when_on_its_own_clock_where_and_by_whom(client, now):
    group = make_group("Sample group", short_name="Sample")
    event = make_event("Meeting", now + DAY, parent=group, mode="hybrid", venue="Example Hall")
    told = said(client, event)
    assert told["startDate"] == "2026-11-23T15:00:00+03:00"
    assert told["endDate"] == "2026-11-23T16:30:00+03:00"
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in told["location"]] == ["VirtualLocation", "Place"]
    assert told["inLanguage"] == "en"
    assert told["organizer"]["name"] == "Sample"
    assert told["organizer"]["parentOrganization"]["@type"] == "NGO"
    assert "previousStartDate" not in told


def test_an_event_that_moved_says_from_when(client, now):
    event = make_event("Meeting", now + DAY)
    event.starts_on += DAY
    event.ends_on += DAY
    event.save_revision().publish()
    told = said(client, event)
    assert told["eventStatus"] == "https://schema.org/EventRescheduled"
    assert told["previousStartDate"] == "2026-11-23T15:00:00+03:00"
    assert told["startDate"] == "2026-11-24T15:00:00+03:00"


@pytest.mark.parametrize(
    ("status", "word"), [("cancelled", "EventCancelled"), ("postponed", "EventPostponed")]
)
def test_an_event_that_is_off_says_so(client, now, status, word):
    told = said(client, make_event("Meeting", now + DAY, status=status))
    assert told["eventStatus"] == f"https://schema.org/{word}"
