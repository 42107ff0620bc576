"""R12, R13: the hour on the wall is the truth; what it is elsewhere is derived, and never wrong."""

import datetime
import itertools
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz as other_zones
from django.core.exceptions import ValidationError

from events import rules
from events.models import EventPage
from events.series.planning import Hours
from events.series.rules import LAST, Rule, occurrences
from tests.factories.events import calendar_page, make_event

UTC = datetime.UTC
HOUR, DAY, NONE = (datetime.timedelta(hours=hours) for hours in (1, 24, 0))

# Before, on and after both changes of the year, where there are any: local noon and what it is in
# UTC, from the published rules of each country.
NOONS = [
    ("Europe/Berlin", "2026-03-28", "11:00"),
    ("Europe/Berlin", "2026-03-29", "10:00"),
    ("Europe/Berlin", "2026-10-24", "10:00"),
    ("Europe/Berlin", "2026-10-25", "11:00"),
    ("America/New_York", "2026-03-07", "17:00"),
    ("America/New_York", "2026-03-08", "16:00"),
    ("America/New_York", "2026-10-31", "16:00"),
    ("America/New_York", "2026-11-01", "17:00"),
    ("Africa/Cairo", "2026-04-23", "10:00"),
    ("Africa/Cairo", "2026-04-24", "09:00"),
    ("Africa/Cairo", "2026-10-29", "09:00"),
    ("Africa/Cairo", "2026-10-30", "10:00"),
    ("Africa/Casablanca", "2026-02-14", "11:00"),
    ("Africa/Casablanca", "2026-02-15", "12:00"),
    ("Africa/Casablanca", "2026-03-21", "12:00"),
    ("Africa/Casablanca", "2026-03-22", "11:00"),
    ("Asia/Kathmandu", "2026-03-29", "06:15"),
    ("Asia/Kathmandu", "2026-10-25", "06:15"),
    ("Australia/Lord_Howe", "2026-04-04", "01:00"),
    ("Australia/Lord_Howe", "2026-04-05", "01:30"),
    ("Australia/Lord_Howe", "2026-10-03", "01:30"),
    ("Australia/Lord_Howe", "2026-10-04", "01:00"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "day", "instant"), NOONS)
def test_r12_noon_on_the_wall_is_the_right_instant(home, zone, day, instant):
    event = EventPage(
        title="Noon",
        starts_on=datetime.date.fromisoformat(day),
        start_time=datetime.time(12),
        end_time=datetime.time(13),
        time_zone=zone,
    )
    calendar_page().add_child(instance=event)
    event.refresh_from_db()
    assert f"{event.starts_at:%Y-%m-%d %H:%M}" == f"{day} {instant}"
    assert event.ends_at - event.starts_at == HOUR
    assert event.start_time == datetime.time(12)


# The matrix: 20 zones, 4 changes each, 6 rules ----------------------------------------------------

ZONES = [
    *("Europe/Berlin", "Europe/Skopje", "Europe/London", "Europe/Lisbon", "Europe/Kyiv"),
    *("Europe/Chisinau", "Atlantic/Azores", "America/New_York", "America/Los_Angeles"),
    *("America/St_Johns", "America/Halifax", "America/Havana", "America/Santiago"),
    *("Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Jerusalem"),
    *("Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland"),
]


def changes(zone: str) -> list[datetime.datetime]:
    """Return the first four instants from 2026 on at which the clocks of a zone change."""
    there = ZoneInfo(zone)
    found = []
    at = datetime.datetime(2026, 1, 1, tzinfo=UTC)
    while len(found) < 4:
        if at.astimezone(there).utcoffset() != (at + HOUR).astimezone(there).utcoffset():
            found.append(_exactly(there, at))
        at += HOUR
    return found


def _exactly(there: ZoneInfo, at: datetime.datetime) -> datetime.datetime:
    """Return the minute of a change within the hour that follows ``at``."""
    before = at.astimezone(there).utcoffset()
    minutes = (at + datetime.timedelta(minutes=minute) for minute in range(1, 61))
    return next(each for each in minutes if each.astimezone(there).utcoffset() != before)


@pytest.fixture(params=[pytest.param(zone, id=zone) for zone in ZONES])
def zone(request) -> str:
    return request.param


@pytest.fixture(params=range(4))
def change(request, zone) -> datetime.datetime:
    return changes(zone)[request.param]


def independently(local: datetime.datetime, zone: str, fold: int = 0) -> datetime.datetime:
    """Return the instant as another library works it out."""
    there = other_zones.gettz(zone)
    return other_zones.enfold(local, fold).replace(tzinfo=there).astimezone(UTC)


def _shift(zone: str, change: datetime.datetime) -> datetime.timedelta:
    there = ZoneInfo(zone)
    before = (change - datetime.timedelta(minutes=1)).astimezone(there).utcoffset()
    return change.astimezone(there).utcoffset() - before


def test_r12_every_local_hour_around_a_change_is_the_right_instant(zone, change):
    there = ZoneInfo(zone)
    for step in range(-48, 49):
        at = change + step * datetime.timedelta(minutes=30)
        local = at.astimezone(there)
        found = rules.to_utc(local.replace(tzinfo=None, fold=0), there, local.fold)
        assert found == at
        assert found == independently(local.replace(tzinfo=None, fold=0), zone, local.fold)


def test_r13_an_hour_that_is_skipped_is_refused_with_its_neighbours(zone):
    there, found = ZoneInfo(zone), [each for each in changes(zone) if _shift(zone, each) > NONE]
    assert len(found) == 2
    for change in found:
        last = (change - datetime.timedelta(minutes=1)).astimezone(there).replace(tzinfo=None)
        missing, gap = last + datetime.timedelta(minutes=11), _shift(zone, change)
        assert not other_zones.datetime_exists(missing, other_zones.gettz(zone))
        with pytest.raises(rules.LocalTimeError) as refused:
            rules.to_utc(missing, there)
        assert (refused.value.before, refused.value.after) == (missing - gap, missing + gap)
        for neighbour in (refused.value.before, refused.value.after):
            assert rules.to_utc(neighbour, there)


def test_r13_an_hour_that_comes_twice_is_two_instants_to_choose_from(zone):
    there, found = ZoneInfo(zone), [each for each in changes(zone) if _shift(zone, each) < NONE]
    assert len(found) == 2
    for change in found:
        at = change + datetime.timedelta(minutes=5)
        twice = at.astimezone(there).replace(tzinfo=None, fold=0)
        assert other_zones.datetime_ambiguous(twice, other_zones.gettz(zone))
        first, second = (rules.to_utc(twice, there, fold) for fold in (0, 1))
        assert (first, second) == (at + _shift(zone, change), at)


def test_r12_an_end_after_a_change_lies_after_the_begin(zone, change):
    there = ZoneInfo(zone)
    begins, ends = change - 12 * HOUR, change + 12 * HOUR
    local = [at.astimezone(there).replace(tzinfo=None, fold=0) for at in (begins, ends)]
    starts_at = rules.to_utc(local[0], there)
    assert rules.end_to_utc(local[1], there, starts_at) - starts_at == 24 * HOUR


def test_r12_the_day_before_at_nine_is_nine_on_the_wall(zone, change):
    there = ZoneInfo(zone)
    for days in (-1, 0, 1):
        day = change.astimezone(there).date() + days * DAY
        nine = datetime.datetime.combine(day, datetime.time(9))
        found = rules.to_utc(nine, there)
        assert found.astimezone(there).replace(tzinfo=None) == nine
        assert found == independently(nine, zone)


def test_r12_a_series_keeps_its_hour_on_the_wall(zone, change):
    local = change.astimezone(ZoneInfo(zone)).date()
    rule = Rule(LAST, local.weekday(), 1)
    days = occurrences(rule, local - 70 * DAY, local + 70 * DAY)
    assert len(days) >= 4
    hours = Hours(datetime.time(15), datetime.time(16, 30), zone)
    for day in days:
        starts_at, ends_at = hours.instants(day)
        assert starts_at == independently(datetime.datetime.combine(day, hours.start), zone)
        assert ends_at == independently(datetime.datetime.combine(day, hours.end), zone)


# R13 in the form of an event ----------------------------------------------------------------------


def at_half_past_two(day: str, fold: int = 0) -> EventPage:
    return EventPage(
        title="Night",
        slug="night",
        starts_on=datetime.date.fromisoformat(day),
        start_time=datetime.time(2, 30),
        end_time=datetime.time(5),
        time_zone="Europe/Berlin",
        fold=fold,
    )


def test_r13_an_event_at_an_hour_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError) as refused:
        at_half_past_two("2026-03-29").clean()
    (words,) = refused.value.message_dict["start_time"]
    assert "01:30" in words
    assert "03:30" in words


def test_r13_an_event_at_an_hour_that_comes_twice_keeps_which_one_was_meant():
    first, second = (at_half_past_two("2026-10-25", fold).instants()[0] for fold in (0, 1))
    assert (first.hour, second.hour) == (0, 1)


@pytest.mark.django_db
def test_r13_which_one_was_meant_survives_a_draft(home):
    second = datetime.datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    event = make_event("Night", second, zone="Europe/Berlin")
    event.save_revision().publish()
    event.refresh_from_db()
    assert event.starts_at == second


def test_every_zone_of_the_matrix_has_its_four_changes():
    counted = list(itertools.chain.from_iterable(changes(zone) for zone in ZONES))
    assert (len(ZONES), len(counted)) == (20, 80)
