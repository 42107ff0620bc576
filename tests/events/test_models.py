"""What an event keeps true when an editor saves it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from events.models import EventPage
from tests.factories.events import make_event

FACTS = {
    "title": "Meeting",
    "slug": "meeting",
    "kind": "webinar",
    "starts_on": datetime.date(2026, 12, 3),
    "start_time": datetime.time(15, 0),
    "end_time": datetime.time(16, 30),
    "time_zone": "Africa/Nairobi",
}


def problems(**facts) -> dict:
    """Return what is wrong with the times of an event, by field."""
    event = EventPage(**FACTS | facts)
    try:
        event.clean_fields(exclude=["path", "depth", "content_type", "locale", "date"])
        event.clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.django_db
def test_the_instants_follow_from_the_local_times(home, now):
    event = make_event("Meeting", now, zone="Asia/Kathmandu")
    assert event.start_time == datetime.time(17, 45)
    assert event.starts_at == now
    assert event.date == event.starts_on


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"end_time": datetime.time(14, 0)}, "end_time"),
        ({"ends_on": datetime.date(2027, 2, 3)}, "ends_on"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"starts_on": datetime.date(1, 1, 1)}, "starts_on"),
        ({"starts_on": datetime.date(9999, 12, 31), "time_zone": "America/Bogota"}, "starts_on"),
    ],
)
@pytest.mark.django_db
def test_times_that_cannot_be_are_refused_at_their_field(facts, field):
    assert field in problems(**facts)


@pytest.mark.django_db
def test_a_time_that_the_clocks_skip_names_its_neighbours():
    skipped = {
        "time_zone": "Europe/Berlin",
        "starts_on": datetime.date(2026, 3, 29),
        "start_time": datetime.time(2, 30),
        "end_time": datetime.time(4, 0),
    }
    assert "01:30 and 03:30" in problems(**skipped)["start_time"][0]
    late = skipped | {"start_time": datetime.time(1, 0), "end_time": datetime.time(2, 30)}
    assert "end_time" in problems(**late)


@pytest.mark.django_db
def test_an_unknown_zone_is_refused_and_not_a_crash():
    event = EventPage(**FACTS | {"time_zone": "../../etc/passwd"})
    with pytest.raises(ValidationError):
        event.full_clean()


@pytest.mark.django_db
def test_good_times_are_accepted():
    assert problems() == {}
