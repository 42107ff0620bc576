"""What people search and open, counted by day, with nothing about who it was.

Counting never costs a reader time and never fails a page: what a view notes is written when its
response has been sent, each line in one statement that two processes can run at once.
"""

import datetime
import logging
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from .models import Click, Question
from .rules import may_be_counted
from .words.parsing import clean

MONTHS_KEPT = 13
MOST_PENDING = 100

logger = logging.getLogger(__name__)


class Asked(NamedTuple):
    """One search: its words, the language of the interface, and how much these words found."""

    day: datetime.date
    words: str
    language: str
    total: int | None


class _Pending(threading.local):
    """What the running request has noted."""

    def __init__(self) -> None:
        self.searches: deque[Asked] = deque(maxlen=MOST_PENDING)


_pending = _Pending()


def record(
    words: str, language: str, total: int | None, *, day: datetime.date | None = None
) -> None:
    """Note that somebody searched for this and found so much; written after the response.

    To be told of first pages only, and without a total where filters narrowed the search: then
    nothing is known of what its words find. What could be somebody’s own data is not noted, nor is
    a search without words.
    """
    line = clean(words).lower()
    if may_be_counted(line):
        _pending.searches.append(Asked(day or timezone.now().date(), line, language, total))


def write_pending() -> None:
    """Write what the running request has noted; what cannot be written is lost, and logged."""
    while _pending.searches:
        asked = _pending.searches.popleft()
        try:
            with transaction.atomic():
                _write(asked)
        except DatabaseError:
            logger.exception("A search could not be counted.")


def record_click(
    words: str, language: str, uid: str, place: int, *, day: datetime.date | None = None
) -> bool:
    """Count that a result was opened, and return whether it was.

    It counts only where somebody searched for these words on that day or the day before, so that
    nobody can fill the list with words that were never searched.
    """
    line = clean(words).lower()
    day = day or timezone.now().date()
    days = (day, day - datetime.timedelta(days=1))
    asked = Question.objects.filter(day__in=days, words=line, language=language).first()
    if asked is None:
        return False
    with transaction.atomic():
        Question.objects.filter(pk=asked.pk).update(opened=models.F("opened") + 1)
        _add(
            Click,
            {"day": asked.day, "words": line, "uid": uid},
            {"number": 1, "sum_of_places": place},
        )
    return True


def purge(now: datetime.datetime) -> int:
    """Delete what is older than thirteen months and return how many lines that were."""
    first = _months_before(now.date(), MONTHS_KEPT)
    return sum(model.objects.filter(day__lt=first).delete()[0] for model in (Question, Click))


def _write(asked: Asked) -> None:
    line = {"day": asked.day, "words": asked.words, "language": asked.language}
    counts = {"asked": 1, "found_nothing": int(asked.total == 0), "opened": 0}
    if asked.total is None:
        _add(Question, line, {**counts, "results": 0})
    else:
        _add(Question, line, counts, {"results": asked.total})


def _add(
    model: type[models.Model],
    key: Mapping[str, object],
    counts: Mapping[str, int],
    latest: Mapping[str, int] | None = None,
) -> None:
    """Add the counts to the line with this key, which is made if need be; replace ``latest``.

    One statement, as no other way both counts right and asks once: Django’s own upsert can only
    replace.
    """
    latest = latest or {}
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    values = {**key, **counts, **latest}
    added = (f"{quote(name)} = {table}.{quote(name)} + excluded.{quote(name)}" for name in counts)
    replaced = (f"{quote(name)} = excluded.{quote(name)}" for name in latest)
    # Every name in the statement is one of a model’s; every value is a parameter.
    statement = (
        f"insert into {table} ({_listed(values)}) values ({', '.join(['%s'] * len(values))}) "  # noqa: S608
        f"on conflict ({_listed(key)}) do update set {', '.join((*added, *replaced))}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values.values()))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the first day of the month so many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, 1)
