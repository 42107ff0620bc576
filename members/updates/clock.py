"""When updates are due on somebody’s own clock. No database: everything comes in as an argument.

A digest’s hour is eight in the morning. A period is named after the day on which its hour falls:
``2026-11-23`` for a daily digest, ``2026-W48``, the week of that Monday, for a weekly one.
"""

import datetime
import re

from accounts.preferences import zone
from mail.models import Cadence

UTC = datetime.UTC
DIGEST_HOUR = 8
EVENING_HOUR = 22
MORNING_HOUR = 7
DAY = datetime.timedelta(days=1)
# What an editor mends right after publishing is mended before anybody is told of it.
SETTLE = datetime.timedelta(minutes=10)
# What could not be told within these days is no news any more.
FRESH = datetime.timedelta(days=3)
LONGEST_GAP = {Cadence.DAILY: 7 * DAY, Cadence.WEEKLY: 28 * DAY}
LENGTH = {Cadence.DAILY: DAY, Cadence.WEEKLY: 7 * DAY}
# How long a digest may wait for a mail server that is down.
KEEPS = {Cadence.DAILY: 3 * DAY, Cadence.WEEKLY: 7 * DAY}


def period_of(cadence: Cadence, now: datetime.datetime, place: datetime.tzinfo) -> str:
    """Return the period whose hour came last on the clocks of this zone."""
    local = now.astimezone(place)
    day = local.date() if local.hour >= DIGEST_HOUR else local.date() - DAY
    return _named(cadence, day)


def before(cadence: Cadence, period: str) -> str:
    """Return the name of the period before."""
    return _named(cadence, day_of(period) - LENGTH[cadence])


def after(cadence: Cadence, period: str) -> str:
    """Return the name of the period after."""
    return _named(cadence, day_of(period) + LENGTH[cadence])


def day_of(period: str) -> datetime.date:
    """Return the day on which the hour of a period falls; ``ValueError`` for no period."""
    if not re.fullmatch(r"\d{4}-(W\d{2}|\d{2}-\d{2})", period):
        raise ValueError(f"“{period}” names no day and no week.")
    return datetime.date.fromisoformat(period)


def hour_of(period: str, place: datetime.tzinfo) -> datetime.datetime:
    """Return the instant, in UTC, at which the clocks of a zone show the hour of a period."""
    local = datetime.datetime.combine(day_of(period), datetime.time(DIGEST_HOUR), tzinfo=place)
    return local.astimezone(UTC)


def is_daytime(now: datetime.datetime, place: datetime.tzinfo) -> bool:
    """Say whether a digest may be planned: one that is late does not come in the night."""
    return DIGEST_HOUR <= now.astimezone(place).hour < EVENING_HOUR


def after_the_night(now: datetime.datetime, place: datetime.tzinfo) -> datetime.datetime:
    """Return when an update may leave: now, or at seven in the morning of the reader’s clock."""
    local = now.astimezone(place)
    if MORNING_HOUR <= local.hour < EVENING_HOUR:
        return now
    day = local.date() if local.hour < MORNING_HOUR else local.date() + DAY
    morning = datetime.datetime.combine(day, datetime.time(MORNING_HOUR), tzinfo=place)
    return morning.astimezone(UTC)


def clock_of(name: str) -> datetime.tzinfo:
    """Return the zone of this name; UTC for one that this machine does not know."""
    return zone(name) or UTC


def _named(cadence: Cadence, day: datetime.date) -> str:
    if cadence == Cadence.DAILY:
        return day.isoformat()
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"
