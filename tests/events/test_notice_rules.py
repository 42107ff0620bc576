"""Who hears of which change: the rule alone, without a database."""

import datetime
from dataclasses import dataclass, replace

import pytest

from events.notices.rules import Headline, Part, differences, headline, known_since, to_tell

START = datetime.datetime(2026, 12, 1, 14, tzinfo=datetime.UTC)
NOW = START - datetime.timedelta(days=9)
HOUR = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Facts:
    sequence: int = 0
    starts_at: datetime.datetime | None = START
    ends_at: datetime.datetime | None = START + HOUR
    time_zone: str = "Africa/Nairobi"
    status: str = "scheduled"
    mode: str = "online"
    venue: str = ""
    said_at: datetime.datetime = NOW
    is_told: bool = True


FIRST = Facts()


def then(before: Facts, *, is_told: bool = True, **changes) -> Facts:
    """Return the next facts, said an hour later."""
    later = {"sequence": before.sequence + 1, "said_at": before.said_at + HOUR}
    return replace(before, is_told=is_told, **later, **changes)


LATER = {"starts_at": START + HOUR, "ends_at": START + 2 * HOUR}


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        (LATER, Part.WHEN),
        ({"ends_at": START + 2 * HOUR}, Part.WHEN),
        ({"time_zone": "Africa/Kampala"}, Part.ZONE),
        ({"mode": "hybrid"}, Part.PLACE),
        ({"venue": "Example Hall"}, Part.PLACE),
        ({"status": "cancelled"}, Part.STATUS),
    ],
)
def test_each_of_these_is_told_to_who_has_a_seat(changes, part):
    history = [FIRST, then(FIRST, **changes)]
    assert to_tell(history, 0, "confirmed", NOW) == {part}


def test_who_knows_how_things_stand_is_told_nothing():
    assert not to_tell([FIRST, then(FIRST, **LATER)], 1, "confirmed", NOW)


def test_what_was_taken_back_is_not_told():
    moved = then(FIRST, **LATER)
    back = then(moved, starts_at=START, ends_at=START + HOUR)
    assert not to_tell([FIRST, moved, back], 0, "confirmed", NOW)


def test_who_registered_in_between_is_told_what_was_taken_back():
    moved = then(FIRST, **LATER)
    back = then(moved, starts_at=START, ends_at=START + HOUR)
    assert to_tell([FIRST, moved, back], 1, "confirmed", NOW) == {Part.WHEN}


def test_what_was_changed_quietly_is_not_told():
    quiet = then(FIRST, venue="Example Hall", is_told=False)
    assert not to_tell([FIRST, quiet], 0, "confirmed", NOW)


def test_a_mail_that_goes_out_anyway_hides_nothing():
    quiet = then(FIRST, venue="Example Hall", is_told=False)
    moved = then(quiet, **LATER)
    assert to_tell([FIRST, quiet, moved], 0, "confirmed", NOW) == {Part.WHEN, Part.PLACE}


def test_what_is_left_of_a_change_taken_back_is_the_quiet_one_and_stays_untold():
    quiet = then(FIRST, venue="Example Hall", is_told=False)
    moved = then(quiet, **LATER)
    back = then(moved, starts_at=START, ends_at=START + HOUR)
    assert not to_tell([FIRST, quiet, moved, back], 0, "confirmed", NOW)


def test_a_change_told_and_quietly_changed_further_is_told_as_it_is():
    moved = then(FIRST, **LATER)
    further = then(moved, ends_at=START + 3 * HOUR, is_told=False)
    assert to_tell([FIRST, moved, further], 0, "confirmed", NOW) == {Part.WHEN}


def test_who_wants_the_recording_hears_whether_it_takes_place_and_not_when():
    moved = then(FIRST, **LATER)
    assert not to_tell([FIRST, moved], 0, "recording", NOW)
    off = then(moved, status="cancelled")
    assert to_tell([FIRST, moved, off], 0, "recording", NOW) == {Part.STATUS}


def test_what_changes_while_a_meeting_is_off_is_told_once_it_is_on_again():
    off = then(FIRST, status="cancelled")
    moved = then(off, **LATER)
    assert not to_tell([FIRST, off, moved], 1, "confirmed", NOW)
    on = then(moved, status="scheduled")
    assert to_tell([FIRST, off, moved, on], 1, "confirmed", NOW) == {Part.STATUS, Part.WHEN}


def test_what_is_over_is_told_to_nobody():
    put_right = then(FIRST, ends_at=START + 2 * HOUR)
    assert not to_tell([FIRST, put_right], 0, "confirmed", START + 3 * HOUR)


def test_a_meeting_moved_into_the_past_is_told_to_those_who_would_come():
    early = then(FIRST, starts_at=NOW - 9 * HOUR, ends_at=NOW - 8 * HOUR)
    assert to_tell([FIRST, early], 0, "confirmed", NOW) == {Part.WHEN}


def test_who_registers_knows_what_was_said_at_that_moment():
    history = [FIRST, then(FIRST, **LATER)]
    assert known_since(history, NOW + HOUR) == 0
    assert known_since(history, NOW + 2 * HOUR) == 1
    assert known_since(history, NOW - HOUR) == 0


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({}, {"status": "cancelled", **LATER}, Headline.CANCELLED),
        ({}, {"status": "postponed"}, Headline.POSTPONED),
        ({"status": "cancelled"}, {"status": "scheduled", **LATER}, Headline.BACK),
        ({"status": "postponed"}, {"status": "scheduled"}, Headline.BACK),
        ({}, {"venue": "Example Hall", **LATER}, Headline.MOVED),
        ({}, {"venue": "Example Hall"}, Headline.ELSEWHERE),
        ({"status": "save-the-date"}, {"status": "scheduled"}, Headline.CHANGED),
        ({}, {"time_zone": "Africa/Kampala"}, Headline.CHANGED),
    ],
)
def test_a_notice_begins_with_what_matters_most(before, now, said):
    first = replace(FIRST, **before)
    last = then(first, **now)
    assert headline(first, last, differences(first, last)) == said
