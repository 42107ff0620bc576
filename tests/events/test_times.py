"""Times in words."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from events import cities, times
from events.rules import on_the_clock

UTC = datetime.UTC


@dataclass
class Event:
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    time_zone: str = "Africa/Nairobi"
    status: str = "scheduled"
    recording: str = ""


def event(start: str, end: str, zone: str = "Africa/Nairobi", **facts) -> Event:
    begins, ends = (
        datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        for text in (start, end)
    )
    return Event(begins, ends, zone, **facts)


MEETING = event("2026-12-03T15:00", "2026-12-03T16:30")
LATE = event("2026-12-03T23:30", "2026-12-04T01:00")
WEEK = event("2027-04-19T08:00", "2027-04-23T12:00", "America/New_York")


def said(lines) -> list[tuple[str, str, str, str]]:
    return [(line.role, line.zone_label, line.time, line.date) for line in lines]


def test_a_reader_without_a_zone_gets_the_events_zone_and_utc():
    assert said(times.times(MEETING, None)) == [
        ("event", "Nairobi (UTC+3)", "15:00–16:30", "Thu 3 December 2026"),
        ("utc", "UTC", "12:00–13:30", "Thu 3 December 2026"),
    ]


def test_the_readers_own_day_stands_beside_their_time():
    late = event("2026-12-03T22:00", "2026-12-03T23:00")
    assert said(times.times(late, ZoneInfo("Asia/Jakarta")))[-1] == (
        "viewer",
        "Jakarta (UTC+7), your time",
        "02:00–03:00",
        "Fri 4 December 2026",
    )


def test_a_reader_who_lives_by_the_same_clock_gets_one_line():
    lines = said(times.times(MEETING, ZoneInfo("Africa/Addis_Ababa")))
    assert [(role, label) for role, label, *_ in lines] == [
        ("viewer", "Nairobi (UTC+3), your time"),
        ("utc", "UTC"),
    ]


def test_a_zone_that_is_on_utc_that_day_is_named_by_its_city():
    winter = event("2026-12-03T15:00", "2026-12-03T16:30", "Europe/London")
    summer = event("2026-07-03T15:00", "2026-07-03T16:30", "Europe/London")
    assert [line.zone_label for line in times.times(winter, None)] == ["London (UTC)"]
    assert [line.zone_label for line in times.times(summer, None)] == ["London (UTC+1)", "UTC"]


def test_an_evening_that_ends_after_midnight_says_both_days():
    assert said(times.times(LATE, None))[0][2:] == (
        "23:30–01:00",
        "Thu 3 December to Fri 4 December 2026",
    )


def test_several_days_say_the_day_beside_each_time():
    assert said(times.times(WEEK, None))[0][2:] == (
        "Mon 19 April, 08:00 to Fri 23 April, 12:00",
        "2027",
    )


def test_the_date_block_follows_the_readers_clock():
    block = times.date_block(LATE, None)
    assert (block.day, block.month, block.weekday, block.until) == ("3", "Dec 2026", "Thu", "")
    assert times.date_block(LATE, ZoneInfo("Asia/Tokyo")).day == "4"
    assert times.date_block(WEEK, None).until == "to 23 Apr"


def test_a_draft_without_a_date_has_words_too():
    draft = Event(None, None, "")
    assert times.times(draft, None) == []
    assert times.date_block(draft, None).month == "date to come"
    assert times.state(draft, datetime.datetime(2026, 11, 22, tzinfo=UTC)).label == "Date to come"


def test_an_unknown_zone_is_shown_in_utc():
    strange = Event(MEETING.starts_at, MEETING.ends_at, "Mars/Olympus")
    assert [line.zone_label for line in times.times(strange, None)] == ["UTC"]


def test_cities_with_the_same_time_share_a_line():
    lines = times.elsewhere(MEETING, ("Africa/Dakar", "Africa/Accra", "Africa/Lagos"))
    assert [(line.zone_label, line.time) for line in lines] == [
        ("Dakar, Accra", "12:00–13:30"),
        ("Lagos", "13:00–14:30"),
    ]


def test_the_cities_move_with_the_clock_changes_of_that_day():
    between = event("2026-03-18T09:00", "2026-03-18T10:30", "America/New_York")
    lines = times.elsewhere(between, ("Europe/Budapest", "America/Bogota"))
    assert [line.time for line in lines] == ["08:00–09:30", "14:00–15:30"]


@pytest.mark.parametrize(
    ("hours_before", "words"),
    [
        (24 * 70, "In 2\xa0months"),
        (72, "In 3 days"),
        (30, "In 1 day"),
        (5, "Starts in 5\xa0hours"),
        (-1, "Now"),
    ],
)
def test_the_state_says_how_long_it_takes(hours_before, words):
    now = MEETING.starts_at - datetime.timedelta(hours=hours_before)
    assert times.state(MEETING, now).label == words


def test_arabic_names_the_city_and_the_month():
    with translation.override("ar"):
        line = times.times(MEETING, None)[0]
    assert "UTC+3" in line.zone_label
    assert "ديسمبر" in line.date


def test_every_offered_zone_and_audience_exists():
    named = {name for _label, names in cities.OFFERED for name in names}
    named |= {name for names in cities.AUDIENCES.values() for name in names} | set(cities.EVERYBODY)
    for name in named:
        assert str(times.zone_named(name)) == name
        assert name in cities.NAMES


def test_the_audience_of_many_regions_is_everybody():
    assert cities.audience(["africa"]) == cities.AUDIENCES["africa"]
    assert cities.audience([]) == cities.EVERYBODY
    assert cities.audience(["africa", "asia", "lac"]) == cities.EVERYBODY
    assert cities.audience(["global"]) == cities.EVERYBODY


def test_a_zone_that_nobody_named_is_called_by_its_last_word():
    assert cities.city(ZoneInfo("America/Argentina/Ushuaia")) == "Ushuaia"
    assert cities.city(ZoneInfo("America/Port_of_Spain")) == "Port of Spain"


def test_words_of_a_stretch_without_an_end():
    stretch = on_the_clock(MEETING.starts_at, None, ZoneInfo("Africa/Nairobi"))
    assert times.words(stretch) == ("15:00", "Thu 3 December 2026")
