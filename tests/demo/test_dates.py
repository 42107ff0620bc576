"""The demo’s dates move with the day of loading, and what was to come is still to come."""

import datetime

import pytest

from demo.dates import Calendar

REFERENCE = datetime.date(2026, 11, 22)


def calendar(today: str) -> Calendar:
    return Calendar(REFERENCE, datetime.date.fromisoformat(today))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_on_the_reference_day_nothing_moves():
    assert calendar("2026-11-22").day(day("2027-01-20")) == day("2027-01-20")


@pytest.mark.parametrize("today", ["2026-11-23", "2026-11-28", "2026-12-31", "2028-02-29"])
@pytest.mark.parametrize("outlined", ["2026-11-05", "2026-11-22", "2015-03-01"])
def test_what_was_over_is_over(today, outlined):
    assert calendar(today).day(day(outlined)) <= day(today)


@pytest.mark.parametrize("today", ["2026-11-23", "2026-11-28", "2026-12-31", "2028-02-29"])
@pytest.mark.parametrize("outlined", ["2026-11-23", "2026-11-25", "2027-05-18"])
def test_what_was_to_come_is_to_come(today, outlined):
    assert calendar(today).day(day(outlined)) > day(today)


@pytest.mark.parametrize("today", ["2026-11-25", "2027-07-03", "2026-10-01"])
@pytest.mark.parametrize("outlined", ["2026-10-22", "2026-11-25"])
def test_a_meeting_keeps_its_weekday(today, outlined):
    assert calendar(today).day(day(outlined)).weekday() == day(outlined).weekday()


def test_an_earlier_day_moves_the_outline_back():
    assert calendar("2026-11-15").day(day("2026-11-25")) == day("2026-11-18")


@pytest.mark.parametrize(
    ("today", "year"), [("2026-11-22", 2026), ("2027-06-30", 2026), ("2027-07-01", 2027)]
)
def test_a_workplan_moves_with_the_workplan_year(today, year):
    assert calendar(today).workplan_year(2026) == year


def test_a_planned_meeting_moves_by_a_year_and_keeps_its_weekday():
    assert calendar("2027-08-01").workplan_day(day("2026-10-22")) == day("2027-10-21")


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Quarterly meeting, October 2026", "Quarterly meeting, November 2026"),
        ("es", "Reunión, octubre de 2026", "Reunión, noviembre de 2026"),
        ("fr", "Réunion, octobre 2026", "Réunion, octobre 2026"),
    ],
)
def test_a_title_names_the_month_of_the_moved_date(language, before, after):
    assert calendar("2026-12-20").words(before, day("2026-10-22"), language) == after
