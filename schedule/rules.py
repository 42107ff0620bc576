"""When a job is due. No database, no Django: the clock comes in as an argument.

A rhythm is written as people say it: ``every 5 minutes``, ``at 03:10``, ``on Sunday at 04:00``.
Hours are those of UTC.
"""

import datetime
import re

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# A job that has not finished for so long was killed.
LONGEST_RUN = datetime.timedelta(hours=6)
_EVERY = re.compile(r"every ([1-9]\d*) minutes?")
_AT = re.compile(rf"(?:on ({'|'.join(DAYS)}) )?at (\d\d):(\d\d)")
_BEGINNING = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def last_moment(rhythm: str, now: datetime.datetime) -> datetime.datetime:
    """Return when a job was to run last; raises ``ValueError`` for what is no rhythm."""
    if every := _EVERY.fullmatch(rhythm):
        step = datetime.timedelta(minutes=int(every[1]))
        return now - (now - _BEGINNING) % step
    if at := _AT.fullmatch(rhythm):
        time = datetime.time(int(at[2]), int(at[3]), tzinfo=datetime.UTC)
        moment = datetime.datetime.combine(now.astimezone(datetime.UTC).date(), time)
        while moment > now or (at[1] and DAYS[moment.weekday()] != at[1]):
            moment -= datetime.timedelta(days=1)
        return moment
    raise ValueError(f"“{rhythm}” is no rhythm.")


def is_due(
    rhythm: str,
    started_at: datetime.datetime,
    finished_at: datetime.datetime | None,
    now: datetime.datetime,
) -> bool:
    """Say whether a job is to run now. After a gap of days it runs once, not once for each day.

    One that is still running is left alone.
    """
    runs = finished_at is None and now - started_at < LONGEST_RUN
    return not runs and started_at < last_moment(rhythm, now)


def waits_at_first(rhythm: str) -> bool:
    """Say whether a new job waits for its hour instead of running at once."""
    return not _EVERY.fullmatch(rhythm)
