"""When something that failed is tried again."""

from datetime import datetime, timedelta

MOST_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(minutes=10)


def next_try(attempts: int, now: datetime) -> datetime:
    """Return when to try again what has failed this often: the pause doubles, up to the longest."""
    return now + min(timedelta(seconds=2**attempts), LONGEST_PAUSE)
