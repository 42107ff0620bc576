"""Decisions about groups and workplans."""

import datetime

import pytest

from working_groups.rules import (
    Leadership,
    MeetingState,
    PlannedDate,
    Progress,
    YearState,
    leadership,
    match_meetings,
    meeting_state,
    most_at_once,
    progress,
    quarter_bounds,
    quarter_label,
    sits_on_advisory_board,
    workplan_year,
    year_state,
)

TODAY = datetime.date(2026, 11, 22)


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


@pytest.mark.parametrize(
    ("co_chairs", "state"),
    [
        (0, Leadership.SEEKING),
        (1, Leadership.SEEKING_MORE),
        (2, Leadership.COMPLETE),
        (4, Leadership.COMPLETE),
    ],
)
def test_leadership_follows_from_the_number_of_co_chairs(co_chairs, state):
    assert leadership(co_chairs) == state


def test_terms_that_touch_on_one_day_overlap():
    terms = [(day(1, 1), day(6, 30)), (day(6, 30), None), (day(7, 1), None)]
    assert most_at_once(terms) == 2
    assert most_at_once([]) == 0


@pytest.mark.parametrize(
    ("holds_seat", "is_co_chair", "is_member"),
    [(True, False, True), (False, True, True), (True, True, True), (False, False, False)],
)
def test_a_seat_or_an_office_as_co_chair_makes_a_member(holds_seat, is_co_chair, is_member):
    found = sits_on_advisory_board(holds_seat=holds_seat, is_co_chair=is_co_chair)
    assert found is is_member


def test_a_workplan_year_runs_from_july_to_june():
    assert workplan_year(2099) == "2099–00"
    assert [quarter_label(2026, quarter) for quarter in (3, 4, 1, 2)] == [
        "Q3 2026",
        "Q4 2026",
        "Q1 2027",
        "Q2 2027",
    ]
    assert quarter_bounds(2026, 4) == (day(10, 1), day(12, 31))
    assert quarter_bounds(2027, 1) == (day(1, 1, 2028), day(3, 31, 2028))
    assert quarter_bounds(2027, 2)[1] == day(6, 30, 2028)


@pytest.mark.parametrize(
    ("year", "state"),
    [(2025, YearState.OVER), (2026, YearState.RUNNING), (2027, YearState.COMING)],
)
def test_a_year_is_over_running_or_coming(year, state):
    assert year_state(year, TODAY) == state


@pytest.mark.parametrize(
    ("planned", "done", "today", "state"),
    [
        (6, 6, TODAY, Progress.DONE),
        (6, 7, TODAY, Progress.DONE),
        (6, 2, TODAY, Progress.ON_TRACK),
        (6, 1, TODAY, Progress.LATE),
        (2, 0, TODAY, Progress.NOT_STARTED),
        (2, 0, day(1, 15, 2027), Progress.LATE),
        (2, 0, day(6, 1), Progress.NOT_STARTED),
        (2, 1, day(6, 30, 2027), Progress.ON_TRACK),
        (2, 1, day(7, 1, 2027), Progress.MISSED),
        (2, 2, day(7, 1, 2027), Progress.DONE),
    ],
)
def test_progress_is_measured_against_the_time_that_has_passed(planned, done, today, state):
    assert progress(planned, done, 2026, today) == state


def test_a_real_meeting_counts_for_its_quarter_and_once():
    planned = [PlannedDate(3), PlannedDate(4, day(10, 22)), PlannedDate(4, day(12, 1))]
    real = [day(10, 20), day(12, 2), day(6, 30)]
    assert match_meetings(planned, real, 2026) == [None, day(10, 20), day(12, 2)]


def test_the_nearest_of_several_meetings_is_taken():
    assert match_meetings([PlannedDate(4, day(12, 1))], [day(10, 2), day(11, 30)], 2026) == [
        day(11, 30)
    ]


@pytest.mark.parametrize(
    ("planned", "real", "state"),
    [
        (PlannedDate(4, day(10, 22)), day(10, 22), MeetingState.HELD),
        (PlannedDate(4, day(12, 1)), day(12, 1), MeetingState.ANNOUNCED),
        (PlannedDate(4, day(12, 1)), None, MeetingState.PLANNED),
        (PlannedDate(4, day(11, 1)), None, MeetingState.LATE),
        (PlannedDate(1), None, MeetingState.DATE_OPEN),
        (PlannedDate(3, day(7, 16)), None, MeetingState.NOT_HELD),
        (PlannedDate(3), None, MeetingState.NOT_HELD),
    ],
)
def test_what_became_of_a_planned_meeting(planned, real, state):
    assert meeting_state(planned, real, 2026, TODAY) == state
