"""Lists of people as files for a spreadsheet: safe to open, flat in memory, never unlogged.

A cell that somebody typed can be a formula, which a spreadsheet runs on the desk of whoever opens
the file. XLSX says of each cell that it is text, so nothing has to be changed in it; CSV cannot
say so, so what looks like a formula gets a quote before it (R22).
"""

import csv
import datetime
import enum
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import xlsxwriter
from django.contrib.auth.models import AbstractBaseUser
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from .models import ExportLog

BEGINS_A_FORMULA = frozenset("=+-@|%")
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for the code page of the machine
LINES_AT_ONCE = 200
NARROWEST, WIDEST = 12, 40
TEXT_ONLY = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cell = str | int | float | bool | datetime.date | datetime.datetime | None


class Format(enum.StrEnum):
    """The files that a list can be taken as; the first is the one to offer first."""

    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Sheet:
    """A list to take out: ``what`` names it in the log and in the file’s name (“members”).

    ``rows`` may be a generator and is read once, row by row.
    """

    what: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def spreadsheet_response(
    sheet: Sheet, file_format: Format | str, *, by: AbstractBaseUser, now: datetime.datetime
) -> HttpResponseBase:
    """Return the download of a list, and write down who took it, which columns and how many rows.

    The caller has checked that this person may have the list. Rows are written as they are read:
    CSV goes out line by line, XLSX through a file on the disk. Raises ``ValueError`` for a format
    that is none of ``Format``.
    """
    file_format = Format(file_format)
    log = ExportLog.objects.create(
        what=sheet.what,
        columns=[str(column) for column in sheet.columns],
        file_format=file_format,
        by=by,
        at=now,
    )
    rows = _counted(sheet.rows, log)
    answer = (
        StreamingHttpResponse(csv_lines(sheet.columns, rows))
        if file_format is Format.CSV
        else FileResponse(_xlsx_file(sheet.columns, rows))
    )
    answer.headers["Content-Type"] = MEDIA_TYPES[file_format]
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{sheet.what}-{now:%Y-%m-%d}.{file_format}"'
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def safe_cell(value: Cell) -> Cell:
    """Return what may stand in a cell of a CSV file: a text that begins a formula is quoted.

    Blanks, control characters and signs of other widths before or instead of the first sign do
    not hide it. Numbers and dates stay what they are.
    """
    if not isinstance(value, str):
        return value
    return f"'{value}" if _first_sign(value) in BEGINS_A_FORMULA else value


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a CSV file in pieces of some hundred lines, as it is read."""
    lines: list[str] = [BYTE_ORDER_MARK]
    writer = csv.writer(_Lines(lines), quoting=csv.QUOTE_MINIMAL)
    writer.writerow([_as_csv(str(column)) for column in columns])
    for row in rows:
        writer.writerow([_as_csv(cell) for cell in row])
        if len(lines) >= LINES_AT_ONCE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def write_xlsx(file: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write an XLSX file row by row; every text is a text, whatever it looks like."""
    with xlsxwriter.Workbook(file, TEXT_ONLY) as book:
        page = book.add_worksheet()
        head = book.add_format({"bold": True})
        formats = {
            datetime.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        page.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            width = min(max(len(str(column)) + 2, NARROWEST), WIDEST)
            page.set_column(place, place, width)
            page.write_string(0, place, str(column), head)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(page, (number, place), cell, formats)


def _write(page, at: tuple[int, int], cell: Cell, formats: dict) -> None:
    match cell:
        case None | "":
            return
        case bool():
            page.write_boolean(*at, cell)
        case datetime.datetime():
            page.write_datetime(*at, _naive(cell), formats[datetime.datetime])
        case datetime.date():
            page.write_datetime(*at, cell, formats[datetime.date])
        case int() | float():
            page.write_number(*at, cell)
        case _:
            page.write_string(*at, str(cell))


def _xlsx_file(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> BinaryIO:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, columns, rows)
    file.seek(0)
    return file


def _counted(rows: Iterable[Sequence[Cell]], log: ExportLog) -> Iterator[Sequence[Cell]]:
    """Pass rows on; at the end, or where the download breaks off, log how many there were."""
    number = 0
    try:
        for row in rows:
            number += 1
            yield row
    finally:
        ExportLog.objects.filter(pk=log.pk).update(rows=number)


def _as_csv(cell: Cell) -> Cell:
    match cell:
        case datetime.datetime():
            return _naive(cell).isoformat(" ", "minutes")
        case bool() | datetime.date() | int() | float() | None:
            return cell
    return safe_cell(str(cell))


def _naive(moment: datetime.datetime) -> datetime.datetime:
    """Return the moment in UTC: spreadsheets know no time zones."""
    return moment.astimezone(datetime.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _first_sign(text: str) -> str:
    """Return the first sign that is seen, as a spreadsheet reads it; empty if there is none."""
    for sign in text:
        plain = "".join(
            part
            for part in unicodedata.normalize("NFKC", sign)
            if unicodedata.category(part)[0] not in "CZ"
        )
        if plain:
            return plain[0]
    return ""


class _Lines:
    """What ``csv`` writes into: a list of lines."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
