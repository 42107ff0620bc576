"""When a job is due. No database, no Django: the clock comes in as an argument.

A rhythm is written as people say it: ``every 5 minutes``, ``at 03:10``, ``on Sunday at 04:00``.
Hours are those of UTC.
"""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# A job that has not finished for so long was killed.
LONGEST_RUN = datetime.timedelta(hours=6)
_EVERY = re.compile(r"every ([1-9]\d*) minutes?")
_AT = re.compile(rf"(?:on ({'|'.join(DAYS)}) )?at (\d\d):(\d\d)")
_BEGINNING = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Past:
    """Since when a job is known, and its last run; one without an end still runs, or was killed."""

    known_since: datetime.datetime
    started_at: datetime.datetime | None = None
    finished_at: datetime.datetime | None = None


class Standing(StrEnum):
    """How a job stands."""

    NEW = "new"
    RUNNING = "running"
    CUT_OFF = "cut-off"
    FAILED = "failed"
    DONE = "done"


def last_moment(rhythm: str, now: datetime.datetime) -> datetime.datetime:
    """Return when a job was to run last; raises ``ValueError`` for what is no rhythm."""
    if every := _EVERY.fullmatch(rhythm):
        return now - (now - _BEGINNING) % _step(every)
    if at := _AT.fullmatch(rhythm):
        time = datetime.time(int(at[2]), int(at[3]), tzinfo=datetime.UTC)
        moment = datetime.datetime.combine(now.astimezone(datetime.UTC).date(), time)
        while moment > now or (at[1] and DAYS[moment.weekday()] != at[1]):
            moment -= datetime.timedelta(days=1)
        return moment
    raise ValueError(f"“{rhythm}” is no rhythm.")


def next_moment(rhythm: str, now: datetime.datetime) -> datetime.datetime:
    """Return when a job is to run next; raises ``ValueError`` for what is no rhythm."""
    last = last_moment(rhythm, now)
    if every := _EVERY.fullmatch(rhythm):
        return last + _step(every)
    return last + datetime.timedelta(days=7 if rhythm.startswith("on ") else 1)


def is_due(rhythm: str, past: Past, now: datetime.datetime) -> bool:
    """Say whether a job is to run now. After a gap of days it runs once, not once for each day.

    One that is still running is left alone. A new one runs at once if it runs every few minutes,
    else it waits for its hour.
    """
    if past.started_at is None:
        return bool(_EVERY.fullmatch(rhythm)) or past.known_since < last_moment(rhythm, now)
    return not _runs(past, now) and past.started_at < last_moment(rhythm, now)


def standing(past: Past, now: datetime.datetime, *, has_failed: bool) -> Standing:
    """Return how a job stands, given whether its last run left an error behind."""
    if past.started_at is None:
        return Standing.NEW
    if past.finished_at is None:
        return Standing.RUNNING if _runs(past, now) else Standing.CUT_OFF
    return Standing.FAILED if has_failed else Standing.DONE


def _runs(past: Past, now: datetime.datetime) -> bool:
    return past.finished_at is None and now - past.started_at < LONGEST_RUN


def _step(every: re.Match[str]) -> datetime.timedelta:
    return datetime.timedelta(minutes=int(every[1]))
