"""Trying a meeting tool’s report, which marks nobody, and taking it over, whole or not at all."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import BinaryIO

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models import AttendanceReport, AttendanceRow, EventPage
from files.lists import ListFile, Row, Unreadable

from . import actions
from .actions import Mark, Newcomer, Report
from .importing import columns
from .importing.people import Register, name_key, said

MOST_ROWS = 100_000
AT_ONCE = 1_000
Fate = AttendanceRow.Fate
FOUND = (Fate.MATCHED, Fate.BY_NAME)
OTHERS = (Fate.UNKNOWN, Fate.NO_SEAT)


@dataclass(frozen=True)
class Wishes:
    """What to do beside marking those who were found."""

    adds_others: bool = False
    rest_is_absent: bool = False


@dataclass(frozen=True)
class Done:
    """What taking over a report has changed."""

    report: Report
    added: int = 0
    absent: int = 0


def read(file: BinaryIO) -> ListFile:
    """Return an uploaded report, read as far as its heading; raises ``Unreadable`` with words."""
    return ListFile(file, most_rows=MOST_ROWS, heading_like=columns.heading_like)


@transaction.atomic
def try_report(
    file: ListFile, file_name: str, event: EventPage, by: User, now: datetime.datetime
) -> AttendanceReport:
    """Return a report that is only tried: every row’s fate is known, and nobody is marked.

    Raises ``Unreadable`` for one without rows, or with too many.
    """
    fields = columns.fields_of(file.heading)
    tried = AttendanceReport.objects.create(
        event=event,
        file_name=file_name[:200],
        digest=file.digest,
        encoding=file.encoding,
        columns=[list(pair) for pair in zip(file.heading, fields, strict=True)],
        by=by,
        at=now,
    )
    register = Register(event)
    for rows in _parts(_own_rows(file, fields)):
        AttendanceRow.objects.bulk_create([_line(tried, row, fields, register) for row in rows])
    tried.counts = fates(tried)
    tried.save(update_fields=["counts"])
    if not tried.counts:
        raise Unreadable(_("The list has a heading and no rows."))
    return tried


@transaction.atomic
def take_over(
    report: AttendanceReport, wishes: Wishes, by: User, now: datetime.datetime
) -> Done | None:
    """Mark those whom a report found, and return what changed: all of it or nothing.

    ``None`` for a report that was taken over before. What the rows say of people is deleted then.
    Raises ``NotBegun``.
    """
    waiting = AttendanceReport.objects.filter(pk=report.pk, state=AttendanceReport.State.TRIED)
    if not waiting.update(state=AttendanceReport.State.DONE, done_at=now):
        return None
    event = report.event
    marked = actions.set_attendance(event, _marks(report), by, now)
    added = 0
    if wishes.adds_others:
        newcomers = _newcomers(report)
        added = sum(actions.add_walk_in(event, each, by, now)[1] for each in newcomers)
    absent = actions.mark_the_rest_absent(event, by, now) if wishes.rest_is_absent else 0
    report.lines.all().delete()
    return Done(marked, added, absent)


def fates(report: AttendanceReport) -> dict[str, int]:
    """Return how many rows have which fate, in the order of the fates."""
    rows = report.lines.order_by().values_list("fate").annotate(number=Count("pk"))
    found = dict(rows)
    return {fate: found[fate] for fate in Fate.values if fate in found}


def _own_rows(file: ListFile, fields: list[str]) -> Iterator[Row]:
    """Yield the rows of the list of people; some reports go on with other lists below it."""

    def goes_on(row: Row) -> bool:
        return bool(row.fault) or not columns.ends_the_list(row.cells, fields)

    yield from takewhile(goes_on, file.rows())


def _line(
    report: AttendanceReport, row: Row, fields: list[str], register: Register
) -> AttendanceRow:
    who = None if row.fault else said(fields, row.cells)
    if who is None:
        return AttendanceRow(report=report, number=row.number, fate=Fate.UNREADABLE)
    fate, registration = register.fate(who)
    return AttendanceRow(
        report=report,
        number=row.number,
        fate=fate,
        registration_id=registration,
        name=who.name,
        address=who.address,
        was_there=who.was_there,
        minutes=who.minutes if who.was_there else None,
    )


def _marks(report: AttendanceReport) -> Iterator[Mark]:
    """Yield one mark for each person: who came and left several times stayed for the sum."""
    stayed: dict[int, list[int | None]] = {}
    rows = report.lines.filter(fate__in=FOUND).values_list("registration", "was_there", "minutes")
    for registration, was_there, minutes in rows:
        times = stayed.setdefault(registration, [])
        if was_there:
            times.append(minutes)
    for registration, times in stayed.items():
        yield Mark(registration, attended=bool(times), minutes=_sum(times))


def _newcomers(report: AttendanceReport) -> list[Newcomer]:
    """Return those who were there and had no seat, each once."""
    stayed: dict[str, list[AttendanceRow]] = {}
    for row in report.lines.filter(fate__in=OTHERS, was_there=True):
        stayed.setdefault(row.address or name_key(row.name), []).append(row)
    return [
        Newcomer(
            name=next((row.name for row in rows if row.name), rows[0].address.partition("@")[0]),
            email=rows[0].address,
            minutes=_sum([row.minutes for row in rows]),
        )
        for rows in stayed.values()
    ]


def _sum(times: Iterable[int | None]) -> int | None:
    known = [minutes for minutes in times if minutes is not None]
    return sum(known) if known else None


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while some := list(islice(source, AT_ONCE)):
        yield some
