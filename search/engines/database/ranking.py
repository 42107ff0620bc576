"""In which order results stand. Pure: the day is an argument.

The gains are those of the cluster: what is new gains a little, and so do knowledge products and
the reader’s own language. Whose title holds all that was typed gains more, and most of all whose
title is just that; names of groups, people and countries count for more than other titles.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from .rows import Row

FRESH_DAYS = 180  # as good as new
HALF_FRESH_DAYS = 1095  # the gain is half so many days later
FRESH = 0.35
OWN_LANGUAGE = 0.2
ENTITIES = {"product": 0.15}
IN_TITLE = 1.6
WHOLE_TITLE = 3.0
NAME = 1.6
NAMED = frozenset({"group", "person", "country"})


@dataclass(frozen=True)
class Asked:
    """What ranking knows of the search: the whole of it as a title would be, the language, the day.

    ``titled`` are the ids of the documents that hold all words in their title.
    """

    name: str
    language: str
    titled: Collection[int]
    today: datetime.date


def by_date(*, newest: bool) -> Callable[[Row], tuple]:
    """Return the key that sorts rows by date; those without one stand last, by title."""

    def key(row: Row) -> tuple:
        if not row.date:
            return True, 0, row.name, row.id
        return False, -row.day if newest else row.day, "", row.id

    return key


def scores(asked: Asked) -> Callable[[Row], float]:
    """Return the function that says the final score of a row."""
    fresh = _Fresh(asked.today)

    def score(row: Row) -> float:
        own = OWN_LANGUAGE if row.language == asked.language else 0
        gained = row.score * (1 + fresh[row.date] + own + ENTITIES.get(row.entity, 0))
        return gained * _of_title(row, asked.name) if row.id in asked.titled else gained

    return score


def _of_title(row: Row, name: str) -> float:
    gain = WHOLE_TITLE if row.name == name else IN_TITLE
    return gain * NAME if row.entity in NAMED else gain


class _Fresh(dict[str, float]):
    """The gain of each date, found once."""

    def __init__(self, today: datetime.date):
        super().__init__({"": 0.0})
        self._today = today

    def __missing__(self, date: str) -> float:
        days = abs((self._today - datetime.date.fromisoformat(date)).days)
        late = max(0, days - FRESH_DAYS) / HALF_FRESH_DAYS
        gain = self[date] = FRESH * 0.5 ** (late * late)
        return gain
