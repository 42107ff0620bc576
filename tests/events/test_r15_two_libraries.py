"""R15: whatever we write, two libraries that know nothing of each other read the same from it."""

import datetime

import pytest
import time_machine
import vobject
from icalendar import Calendar

from events import ical
from events.feeds import personal
from events.models import EventState
from members.models import GroupMembership
from tests.factories.events import make_event
from tests.factories.groups import make_group
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
UTC = datetime.UTC
DAY = datetime.timedelta(days=1)
ZONES = [
    *("Africa/Nairobi", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Africa/Casablanca"),
    *("Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "America/Santiago", "UTC"),
]
DAYS = [
    datetime.datetime(2026, 7, 1, 12, tzinfo=UTC),
    datetime.datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime.datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime.datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    datetime.datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
]
AWKWARD = 'Größe; Wirkung, und: \\n "“ك”" 🌍 ' + "ä" * 90


@pytest.fixture(autouse=True)
def _site(home, now):
    """The site exists."""
    with time_machine.travel(now, tick=False):
        yield


def end_of(entry) -> datetime.datetime:
    """Return the end as vobject reads it: feeds say how long most meetings take."""
    if hasattr(entry, "dtend"):
        return entry.dtend.value
    return entry.dtstart.value + entry.duration.value


def read_twice(content: bytes) -> list[dict]:
    """Return the entries as icalendar reads them, after vobject has read the same.

    vobject keeps what it read of a zone for ever, as if no two files could describe other years.
    """
    vars(vobject.icalendar)["__tzidMap"].clear()
    first = [
        {
            "uid": str(entry["uid"]),
            "sequence": int(entry["sequence"]),
            "status": str(entry["status"]),
            "summary": str(entry["summary"]),
            "starts": entry.start.astimezone(UTC),
            "ends": entry.end.astimezone(UTC),
        }
        for entry in Calendar.from_ical(content).events
    ]
    second = [
        {
            "uid": entry.uid.value,
            "sequence": int(entry.sequence.value),
            "status": entry.status.value,
            "summary": entry.summary.value,
            "starts": entry.dtstart.value.astimezone(UTC),
            "ends": end_of(entry).astimezone(UTC),
        }
        for entry in getattr(vobject.readOne(content.decode()), "vevent_list", [])
    ]
    assert first == second
    return first


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", DAYS, ids=str)
def test_r15_both_read_the_instant_that_we_mean(zone, at):
    event = make_event("Meeting", at, zone=zone)
    (entry,) = read_twice(ical.event_ics(event))
    assert (entry["starts"], entry["ends"]) == (event.starts_at, event.ends_at)
    assert event.starts_at == at


def test_r15_both_read_awkward_words(client, now):
    event = make_event(AWKWARD, now)
    assert read_twice(client.get(f"/events/{event.pk}.ics").content)[0]["summary"] == AWKWARD


@pytest.mark.parametrize("method", [ical.REQUEST, ical.CANCEL])
def test_r15_both_read_invitations(now, method):
    event = make_event("Meeting", now + DAY)
    content = ical.event_ics(event, method, ical.Attendee("amina@example.org", "Amina, “A” Sample"))
    assert read_twice(content)[0]["uid"] == EventState.objects.get().ical_uid
    assert vobject.readOne(content.decode()).method.value == method


def test_r15_both_read_the_feed_of_all_zones(client, now):
    events = [
        make_event(f"Meeting {number}", now + number * 40 * DAY, zone=zone)
        for number, zone in enumerate(ZONES)
    ]
    entries = read_twice(client.get("/events/calendar.ics").content)
    read = [(entry["starts"], entry["ends"]) for entry in entries]
    assert read == [(event.starts_at, event.ends_at) for event in events]


def test_r15_both_read_a_personal_feed(client, now):
    member, group = make_member(), make_group("Sample group")
    GroupMembership.objects.create(member=member, group=group, joined_at=now)
    make_event("Ours", now + DAY, parent=group)
    token = personal.renew(member.user, now).token
    content = client.get(f"/events/mine/{token}.ics").content
    assert [entry["summary"] for entry in read_twice(content)] == ["Ours"]


def test_r15_the_zones_are_described_for_the_years_in_use_only(now):
    content = ical.event_ics(make_event("Meeting", now + DAY, zone="Europe/Berlin")).decode()
    assert "TZID:Europe/Berlin" in content
    years = {line[8:12] for line in content.splitlines() if line.startswith("DTSTART:")}
    assert years <= {"2024", "2025", "2026", "2027", "2028"}
    assert len(content) < 3_000
