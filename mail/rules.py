"""When a mail is tried again. No database, no clock: everything comes in as an argument."""

import datetime

MOST_ATTEMPTS = 6
FIRST_PAUSE = datetime.timedelta(minutes=5)
LONGEST_PAUSE = datetime.timedelta(hours=6)
LOST_AFTER = datetime.timedelta(minutes=15)


def pause_after(attempts: int) -> datetime.timedelta:
    """Return how long to wait after this many failed attempts: 5, 10, 20 minutes and so on."""
    if attempts < 1:
        return datetime.timedelta(0)
    doublings = min(attempts - 1, 10)  # enough to reach the longest pause
    return min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)


def is_exhausted(attempts: int) -> bool:
    """Say whether no further attempt is made without somebody asking for it."""
    return attempts >= MOST_ATTEMPTS


def is_due(attempts: int, last_try: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Say whether a mail that was tried this often, last at this time, may be tried again."""
    return last_try is None or last_try + pause_after(attempts) <= now
