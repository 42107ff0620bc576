"""Decisions about time, where clocks make it hard."""

import datetime
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from events import rules
from events.rules import Phase, Schedule, Stretch

UTC = datetime.UTC
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Nairobi",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Budapest",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "UTC",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
wall = datetime.datetime.fromisoformat
local_times = st.datetimes(wall("2000-01-02"), wall("2037-12-30"))
instants = local_times.map(lambda at: at.replace(tzinfo=UTC))


def at(text: str, zone: str = "UTC") -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


# From the wall clock to an instant


@given(instants, zones)
def test_every_instant_comes_back_from_the_clock_that_showed_it(instant, zone):
    shown = instant.astimezone(zone)
    assert rules.to_utc(shown.replace(tzinfo=None, fold=0), zone, shown.fold) == instant


@given(local_times, zones)
def test_a_local_time_is_found_or_refused_with_its_neighbours(local, zone):
    try:
        found = rules.to_utc(local, zone)
    except rules.LocalTimeError as error:
        neighbours = (error.before, error.after)
    else:
        neighbours = ()
        assert found.astimezone(zone).replace(tzinfo=None, fold=0) == local
    assert not neighbours or neighbours[0] < local < neighbours[1]


@pytest.mark.parametrize(
    ("zone", "local", "before", "after"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30", "2026-03-29T03:30"),
        ("America/New_York", "2026-03-08T02:15", "2026-03-08T01:15", "2026-03-08T03:15"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T01:45", "2026-10-04T02:45"),
        ("Africa/Cairo", "2026-04-24T00:30", "2026-04-23T23:30", "2026-04-24T01:30"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused(zone, local, before, after):
    with pytest.raises(rules.LocalTimeError) as refused:
        rules.to_utc(wall(local), ZoneInfo(zone))
    assert refused.value.before == wall(before)
    assert refused.value.after == wall(after)


def test_a_time_that_happens_twice_has_two_instants():
    local, berlin = wall("2026-10-25T02:30"), ZoneInfo("Europe/Berlin")
    assert rules.to_utc(local, berlin, 0) == at("2026-10-25T00:30")
    assert rules.to_utc(local, berlin, 1) == at("2026-10-25T01:30")


def test_lord_howe_repeats_half_an_hour():
    local, island = wall("2026-04-05T01:45"), ZoneInfo("Australia/Lord_Howe")
    first, second = (rules.to_utc(local, island, fold) for fold in (0, 1))
    assert second - first == datetime.timedelta(minutes=30)


def test_an_end_in_the_repeated_hour_follows_the_begin():
    berlin = ZoneInfo("Europe/Berlin")
    starts_at = rules.to_utc(wall("2026-10-25T02:45"), berlin)
    ends_at = rules.end_to_utc(wall("2026-10-25T02:15"), berlin, starts_at)
    assert ends_at - starts_at == datetime.timedelta(minutes=30)


# What the event is doing now

START, END = at("2026-12-03T12:00"), at("2026-12-03T13:30")
HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START - 25 * HOUR, Phase.BEFORE),
        (START - 24 * HOUR, Phase.SOON),
        (START - MINUTE, Phase.SOON),
        (START, Phase.LIVE),
        (END - MINUTE, Phase.LIVE),
        (END, Phase.HELD),
    ],
)
def test_the_clock_leads_an_event_through_its_life(now, expected):
    assert rules.phase(Schedule(START, END), now) == expected


@pytest.mark.parametrize(
    ("recording", "expected"),
    [
        ("", Phase.HELD),
        ("processing", Phase.RECORDING_COMING),
        ("available", Phase.RECORDING_AVAILABLE),
        ("none", Phase.NO_RECORDING),
    ],
)
def test_once_held_the_recording_decides(recording, expected):
    phase = rules.phase(Schedule(START, END, recording=recording), END + HOUR)
    assert phase == expected
    assert phase.is_over


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
@pytest.mark.parametrize("now", [START - 48 * HOUR, START, END + HOUR])
def test_what_the_organisers_said_goes_before_the_clock(status, now):
    phase = rules.phase(Schedule(START, END, status, "available"), now)
    assert phase == status
    assert not phase.is_over
    assert not phase.is_ahead


def test_a_saved_date_is_saved_until_it_comes():
    saved = Schedule(START, END, "save-the-date")
    assert rules.phase(saved, START - HOUR) == Phase.SAVE_THE_DATE
    assert rules.phase(saved, START) == Phase.LIVE
    assert rules.phase(saved, END) == Phase.HELD


def test_an_event_without_a_date_or_an_end_has_a_phase_too():
    assert rules.phase(Schedule(None, None), START) == Phase.UNDATED
    assert rules.phase(Schedule(START, None), START) == Phase.HELD


# One stretch on several clocks


def test_zones_that_agree_on_that_day_share_a_line():
    clocks = [("event", ZoneInfo("Africa/Accra")), ("utc", ZoneInfo("UTC"))]
    (reading,) = rules.readings(START, END, clocks)
    assert reading.names == ("event", "utc")


@pytest.mark.parametrize(
    ("day", "hours_apart"),
    [("2026-03-01", 6), ("2026-03-18", 5), ("2026-04-01", 6), ("2026-10-28", 5), ("2026-11-11", 6)],
)
def test_budapest_and_new_york_come_closer_between_their_clock_changes(day, hours_apart):
    starts_at = at(f"{day}T09:00", "America/New_York")
    budapest = rules.on_the_clock(starts_at, None, ZoneInfo("Europe/Budapest"))
    assert budapest.starts.hour == 9 + hours_apart


@given(instants, st.lists(zones, min_size=1, max_size=4))
def test_every_clock_stands_in_one_line(starts_at, found):
    clocks = [(str(number), zone) for number, zone in enumerate(found)]
    lines = rules.readings(starts_at, starts_at + HOUR, clocks)
    assert sorted(name for line in lines for name in line.names) == [name for name, _ in clocks]
    assert len({line.stretch.wall_clock for line in lines}) == len(lines)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "UTC"), (180, "UTC+3"), (345, "UTC+5:45"), (-300, "UTC−5"), (-570, "UTC−9:30")],
)
def test_the_distance_from_utc_is_written_as_people_write_it(minutes, words):
    assert rules.offset_words(datetime.timedelta(minutes=minutes)) == words


def test_kathmandu_keeps_its_quarter_of_an_hour():
    shown = rules.on_the_clock(START, END, ZoneInfo("Asia/Kathmandu"))
    assert (shown.starts.hour, shown.starts.minute) == (17, 45)
    assert rules.offset_words(shown.starts.utcoffset()) == "UTC+5:45"


def test_an_event_that_ends_at_midnight_does_not_touch_the_next_day():
    day = Stretch(at("2026-12-03T20:00"), at("2026-12-04T00:00"))
    assert day.days == [datetime.date(2026, 12, 3)]


def test_a_long_event_touches_every_day_between():
    week = Stretch(at("2027-04-19T08:00"), at("2027-04-23T12:00"))
    assert week.is_long
    assert [day.day for day in week.days] == [19, 20, 21, 22, 23]


def test_a_day_of_25_hours_is_counted_by_what_passes_not_by_what_clocks_show():
    berlin = ZoneInfo("Europe/Berlin")
    begins = datetime.datetime(2026, 10, 24, 12, tzinfo=berlin)
    assert Stretch(begins, datetime.datetime(2026, 10, 25, 12, tzinfo=berlin)).is_long


@given(instants, zones, st.integers(min_value=1, max_value=31 * 24 * 60))
def test_the_days_of_a_stretch_follow_each_other(starts_at, zone, minutes):
    shown = rules.on_the_clock(starts_at, starts_at + minutes * MINUTE, zone)
    days = shown.days
    assert days[0] == shown.starts.date()
    assert all((b - a).days == 1 for a, b in itertools.pairwise(days))
    assert len(days) <= minutes // (24 * 60) + 3


# Months


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "99999-01", "1999-12", "2101-01",
     "2026-11-01", "２０２６-11", "2026-11\n", "abc"],
)  # fmt: skip
def test_what_is_no_month_is_none(text):
    assert rules.parse_month(text) is None


def test_a_month_is_its_first_day():
    assert rules.parse_month("2026-11") == datetime.date(2026, 11, 1)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 1)), st.integers(-30, 30))
def test_walking_on_and_back_ends_in_the_same_month(day, months):
    first = day.replace(day=1)
    assume(2000 <= first.year + months // 12 <= 2100)
    assert rules.month_after(rules.month_after(first, months), -months) == first


def test_weeks_begin_where_the_reader_expects():
    monday = rules.weeks(datetime.date(2026, 11, 1), 0)
    saturday = rules.weeks(datetime.date(2026, 11, 1), 5)
    assert monday[0][0].weekday() == 0
    assert saturday[0][0].weekday() == 5


def test_bars_that_overlap_run_on_lines_of_their_own():
    week = [datetime.date(2026, 11, day) for day in range(2, 9)]
    bars = [week[0:2], week[1:4], week[2:5]]
    assert rules.lanes(week, bars) == [0, 1, 0]
