"""Eight in the morning, and the night, on clocks all over the world."""

import datetime
import zoneinfo

import pytest

from mail.models import Cadence
from members.updates import clock

UTC = datetime.UTC
ZONES = ("UTC", "Africa/Cairo", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Bogota")


def at(*moment: int) -> datetime.datetime:
    return datetime.datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        # Cairo goes to summer time in the night to 24 April 2026, and back on 30 October.
        ("Africa/Cairo", "2026-04-23", at(2026, 4, 23, 6)),
        ("Africa/Cairo", "2026-04-24", at(2026, 4, 24, 5)),
        ("Africa/Cairo", "2026-10-30", at(2026, 10, 30, 6)),
        ("Asia/Kathmandu", "2026-11-22", at(2026, 11, 22, 2, 15)),
        # Lord Howe moves its clocks by half an hour, on 5 April and 4 October 2026.
        ("Australia/Lord_Howe", "2026-04-04", at(2026, 4, 3, 21)),
        ("Australia/Lord_Howe", "2026-04-05", at(2026, 4, 4, 21, 30)),
        ("Australia/Lord_Howe", "2026-10-04", at(2026, 10, 3, 21)),
        ("America/New_York", "2026-W11", at(2026, 3, 9, 12)),
    ],
)
def test_the_hour_is_eight_on_the_clock_of_the_reader(zone, day, instant):
    assert clock.hour_of(day, zoneinfo.ZoneInfo(zone)) == instant


@pytest.mark.parametrize("zone", ZONES)
def test_a_period_begins_with_its_hour_and_not_a_minute_before(zone):
    place = zoneinfo.ZoneInfo(zone)
    for cadence in (Cadence.DAILY, Cadence.WEEKLY):
        period = clock.period_of(cadence, at(2026, 10, 28, 12), place)
        hour = clock.hour_of(period, place)
        assert clock.period_of(cadence, hour, place) == period
        early = hour - datetime.timedelta(minutes=1)
        assert clock.period_of(cadence, early, place) == clock.before(cadence, period)


def test_a_week_is_named_after_its_monday_also_over_the_new_year():
    place = zoneinfo.ZoneInfo("UTC")
    assert clock.period_of(Cadence.WEEKLY, at(2027, 1, 3, 12), place) == "2026-W53"
    assert clock.day_of("2026-W53") == datetime.date(2026, 12, 28)
    assert clock.before(Cadence.WEEKLY, "2027-W01") == "2026-W53"


@pytest.mark.parametrize("period", ["", "2026", "2026-W99", "yesterday", "2026-13-01"])
def test_what_names_no_day_and_no_week_is_refused(period):
    with pytest.raises(ValueError, match=r".+"):
        clock.day_of(period)


@pytest.mark.parametrize(
    ("local", "leaves"),
    [
        ((2026, 11, 22, 21, 59), (2026, 11, 22, 21, 59)),
        ((2026, 11, 22, 22, 0), (2026, 11, 23, 7, 0)),
        ((2026, 11, 23, 3, 0), (2026, 11, 23, 7, 0)),
        ((2026, 11, 23, 7, 0), (2026, 11, 23, 7, 0)),
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_nothing_leaves_in_the_night_of_the_reader(zone, local, leaves):
    place = zoneinfo.ZoneInfo(zone)
    now = datetime.datetime(*local, tzinfo=place)
    assert clock.after_the_night(now, place) == datetime.datetime(*leaves, tzinfo=place)


def test_a_digest_that_is_late_does_not_come_in_the_night():
    place = zoneinfo.ZoneInfo("Asia/Kathmandu")
    assert clock.is_daytime(at(2026, 11, 22, 2, 15), place)
    assert not clock.is_daytime(at(2026, 11, 22, 2, 14), place)
    assert not clock.is_daytime(at(2026, 11, 22, 16, 15), place)


def test_an_unknown_zone_is_read_as_utc():
    assert clock.clock_of("Mars/Olympus") is UTC
