"""What was searched and opened over a time: the days of the same words in one row."""

import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Window
from django.db.models.functions import RowNumber

from .models import Click, Document, Question


def searched(since: datetime.date) -> QuerySet[Question]:
    """Return one row for the same words in the same language: the newest, with all sums.

    It carries ``times``, ``times_nothing`` and ``times_opened``.
    """
    return _newest(
        Question.objects.filter(day__gte=since),
        ("words", "language"),
        times="asked",
        times_nothing="found_nothing",
        times_opened="opened",
    )


def opened(since: datetime.date) -> QuerySet[Click]:
    """Return one row for the same words and result: the newest, with all sums.

    It carries ``times``, ``places``, the number of ``searches`` for the words in any language, and
    the ``title`` of the result, if it still is one.
    """
    asked = Question.objects.filter(day__gte=since, words=OuterRef("words")).order_by()
    searches = asked.values("words").annotate(sum=Sum("asked")).values("sum")
    titles = Document.objects.filter(uid=OuterRef("uid")).values("title")
    rows = Click.objects.filter(day__gte=since)
    return _newest(rows, ("words", "uid"), times="number", places="sum_of_places").annotate(
        searches=Subquery(searches), title=Subquery(titles)
    )


def _newest(rows: QuerySet, same: tuple[str, ...], **sums: str) -> QuerySet:
    """Return the newest of the rows with the same values, with sums over all of them."""
    window = {"partition_by": [F(name) for name in same]}
    return rows.annotate(
        **{name: Window(Sum(field), **window) for name, field in sums.items()},
        age=Window(RowNumber(), order_by=["-day", "-pk"], **window),
    ).filter(age=1)
