"""On which days meetings come again. Pure: everything comes in as an argument."""

import calendar
import datetime
from collections.abc import Collection
from dataclasses import dataclass

from events.rules import month_after

LAST = -1
MOST = 60


@dataclass(frozen=True)
class Rule:
    """The nth weekday (Monday is 0) of every so many months; ``nth`` −1 is the last."""

    nth: int
    weekday: int
    every_months: int


def occurrences(
    rule: Rule,
    first_on: datetime.date,
    until: datetime.date,
    left_out: Collection[datetime.date] = (),
) -> list[datetime.date]:
    """Return the days from ``first_on`` to ``until`` on which the rule sets a meeting.

    The months are counted from the month of the first meeting. Never more than ``MOST``.
    """
    month = first_on.replace(day=1)
    if nth_weekday(month, rule.nth, rule.weekday) < first_on:
        month = month_after(month)
    days = []
    while month <= until and len(days) < MOST:
        day = nth_weekday(month, rule.nth, rule.weekday)
        if day <= until and day not in left_out:
            days.append(day)
        month = month_after(month, rule.every_months)
    return days


def nth_weekday(month: datetime.date, nth: int, weekday: int) -> datetime.date:
    """Return the first to fourth, or the last, such weekday of the month of a day."""
    first, length = calendar.monthrange(month.year, month.month)
    days = range(1 + (weekday - first) % 7, length + 1, 7)
    return month.replace(day=days[LAST if nth == LAST else nth - 1])


def same_weekday_later(day: datetime.date, months: int = 3) -> datetime.date:
    """Return the day with the same place among the weekdays of a later month.

    A fifth weekday becomes the last one, as not every month has five.
    """
    nth = (day.day - 1) // 7 + 1
    later = month_after(day.replace(day=1), months)
    return nth_weekday(later, nth if nth <= 4 else LAST, day.weekday())
