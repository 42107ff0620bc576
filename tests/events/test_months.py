"""A month as a table."""

import datetime
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils import translation

from events import months

FIRST = datetime.date(2027, 4, 1)
TODAY = datetime.date(2027, 4, 22)


@dataclass
class Event:
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime | None
    time_zone: str = "UTC"
    status: str = "scheduled"
    recording: str = ""
    language: str = "en"
    url: str = field(default="/event/")

    def get_url(self) -> str:
        return self.url


def event(title: str, start: str, end: str, zone: str = "UTC", **facts) -> Event:
    begins, ends = (
        datetime.datetime.fromisoformat(text)
        .replace(tzinfo=ZoneInfo(zone))
        .astimezone(datetime.UTC)
        for text in (start, end)
    )
    return Event(title, begins, ends, zone, **facts)


def days(month: months.Month) -> dict[str, months.Day]:
    return {day.iso: day for week in month.weeks for day in week}


WEEK = event("Week", "2027-04-19T08:00", "2027-04-23T12:00", "America/New_York")


def test_an_event_of_several_days_runs_through_its_week():
    found = days(months.month(FIRST, [WEEK], None, TODAY))
    pieces = [found[f"2027-04-{day}"].events[0] for day in range(19, 24)]
    assert [piece.bar for piece in pieces] == ["start", "middle", "middle", "middle", "end"]
    assert [piece.continues for piece in pieces] == [False, True, True, True, True]
    assert [piece.time for piece in pieces] == ["08:00 New York", "", "", "", ""]
    assert [piece.span for piece in pieces] == [5, 0, 0, 0, 0]


def test_a_bar_says_its_title_again_where_a_week_begins():
    long = event("Long", "2027-04-09T08:00", "2027-04-13T12:00")
    found = days(months.month(FIRST, [long], None, TODAY))
    spans = [found[f"2027-04-{day:02d}"].events[0].span for day in range(9, 14)]
    assert spans == [3, 0, 0, 2, 0]


def test_bars_of_one_week_keep_their_lines():
    first = event("First", "2027-04-19T08:00", "2027-04-20T12:00")
    second = event("Second", "2027-04-20T08:00", "2027-04-22T12:00")
    found = days(months.month(FIRST, [first, second], None, TODAY))
    assert [entry.title for entry in found["2027-04-20"].events] == ["First", "Second"]
    assert [entry.gap for entry in found["2027-04-21"].events] == [True, False]


def test_days_of_other_months_stay_empty():
    may = event("May", "2027-05-01T08:00", "2027-05-01T09:00")
    month = months.month(FIRST, [may], None, TODAY)
    assert month.count == 0
    assert not any(day.events for day in days(month).values())


def test_an_event_stands_on_the_day_of_the_readers_clock():
    late = event("Late", "2027-04-30T22:00", "2027-04-30T23:00")
    assert months.month(FIRST, [late], None, TODAY).count == 1
    assert months.month(FIRST, [late], ZoneInfo("Asia/Tokyo"), TODAY).count == 0
    may = months.month(datetime.date(2027, 5, 1), [late], ZoneInfo("Asia/Tokyo"), TODAY)
    assert days(may)["2027-05-01"].events[0].time == "07:00"


def test_a_late_evening_is_no_bar():
    late = event("Late", "2027-04-07T23:00", "2027-04-08T01:00")
    found = days(months.month(FIRST, [late], None, TODAY))
    assert found["2027-04-07"].events[0].bar == ""
    assert found["2027-04-08"].events == []


def test_today_is_marked_and_a_postponed_event_says_so():
    off = event("Off", "2027-04-07T10:00", "2027-04-07T11:00", status="postponed")
    found = days(months.month(FIRST, [off], None, TODAY))
    assert [iso for iso, day in found.items() if day.today] == ["2027-04-22"]
    assert found["2027-04-07"].events[0].status_label == "Postponed"


def test_weeks_begin_as_the_reader_expects():
    assert months.month(FIRST, [], None, TODAY).weekdays[0].long == "Monday"
    with translation.override("ar"):
        assert months.month(FIRST, [], None, TODAY).weeks[0][0].iso == "2027-03-28"


def test_the_window_holds_every_zone():
    start, end = months.window(FIRST)
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        begins = datetime.datetime(2027, 4, 1, tzinfo=ZoneInfo(zone))
        ends = datetime.datetime(2027, 4, 30, 23, 59, tzinfo=ZoneInfo(zone))
        assert start <= begins
        assert ends < end
