"""Lists that people upload: from bytes to rows of cells, however broken the file is.

A list is read line by line, so a long one needs no more memory than a short one. What is wrong with
the whole file is an ``Unreadable`` with words for who uploaded it; what is wrong with one row is
said of that row, and the next one is read as if nothing had happened.
"""

import codecs
import csv
import hashlib
import io
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

import charset_normalizer
from django.utils.translation import gettext_lazy as _

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 2_000
MOST_LINES_OF_A_ROW = 10
DELIMITERS = ",;\t|"
MOST_LINES_ABOVE = 50  # what some programs write above the heading
SAMPLE = 64 * 1024
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CODE_PAGES = ["cp1252", "cp1256"]
# What else people take for a list, by its first bytes.
OTHER_FILES = {
    b"PK\x03\x04": _("This is an Excel or OpenDocument file. Save the list as CSV (UTF-8) first."),
    b"\xd0\xcf\x11\xe0": _("This is an old Excel file. Save the list as CSV (UTF-8) first."),
    b"%PDF": _("This is a PDF. Ask for the list as a CSV file."),
}


class Unreadable(ValueError):
    """The file as a whole is no list; the first argument says why, in words for its reader."""


@dataclass(frozen=True)
class Row:
    """One row as the spreadsheet numbers it, or what is wrong with it."""

    number: int
    cells: tuple[str, ...] = ()
    fault: str = ""


Likeness = Callable[[Sequence[str]], int]


class ListFile:
    """An uploaded list: ``encoding``, ``delimiter``, ``heading``, ``digest``, and its rows.

    The first row is the heading. Of a program that writes more above it, ``heading_like`` says how
    much a row looks like its heading, 0 for not at all; the row most like it is the heading then.
    """

    def __init__(
        self,
        file: BinaryIO,
        *,
        most_rows: int = MOST_ROWS,
        heading_like: Likeness | None = None,
    ) -> None:
        self._file = file
        self._most_rows = most_rows
        self._refuse_other_files()
        self.digest = self._digest()
        self.encoding = self._encoding()
        sample = self._sample()
        if heading_like is None:
            self.delimiter, self._heading_at = guessed_delimiter(sample), 1
        else:
            self.delimiter, self._heading_at = place_of_heading(sample, heading_like)
        self.heading = self._heading()

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the heading; empty ones are left out and counted."""
        records = enumerate(whole_rows(self._lines()), start=1)
        for number, (text, is_broken) in islice(records, self._heading_at, None):
            if number > self._most_rows + self._heading_at:
                raise Unreadable(
                    _("The list has more than %(most)s rows. Cut it in parts.")
                    % {"most": self._most_rows}
                )
            row = Row(number, fault="broken") if is_broken else self._row(number, text)
            if row.fault or any(row.cells):
                yield row

    def content(self) -> bytes:
        """Return the whole file."""
        self._file.seek(0)
        return self._file.read()

    def _row(self, number: int, text: str) -> Row:
        cells = split(text, self.delimiter)
        if cells is None:
            return Row(number, fault="broken")
        width = len(self.heading)
        if any(cells[width:]):
            return Row(number, fault="too-many")
        if any(len(cell) > LONGEST_CELL for cell in cells):
            return Row(number, fault="too-long")
        return Row(number, tuple([*cells, *[""] * width][:width]))

    def _refuse_other_files(self) -> None:
        self._file.seek(0, io.SEEK_END)
        size = self._file.tell()
        self._file.seek(0)
        first = self._file.read(8)
        if not size:
            raise Unreadable(_("The file is empty."))
        if size > LARGEST_FILE:
            raise Unreadable(_("The file is larger than 10 MB. Cut the list in parts."))
        for signature, words in OTHER_FILES.items():
            if first.startswith(signature):
                raise Unreadable(words)

    def _digest(self) -> str:
        self._file.seek(0)
        return hashlib.file_digest(self._file, "sha256").hexdigest()

    def _encoding(self) -> str:
        self._file.seek(0)
        start = self._file.read(SAMPLE)
        for mark, encoding in BYTE_ORDER_MARKS.items():
            if start.startswith(mark):
                return encoding
        if wide := _without_mark(start):
            return wide
        if start.count(0) * 20 > len(start):
            raise Unreadable(_("This is no text. Save the list as CSV (UTF-8)."))
        if self._is_utf8():
            return "utf-8"
        best = charset_normalizer.from_bytes(start, cp_isolation=CODE_PAGES).best()
        return best.encoding if best else CODE_PAGES[0]

    def _is_utf8(self) -> bool:
        decoder = codecs.getincrementaldecoder("utf-8")()
        self._file.seek(0)
        try:
            while piece := self._file.read(SAMPLE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True

    def _sample(self) -> str:
        text = "".join(islice(self._lines(), MOST_LINES_ABOVE))
        if not text.strip():
            raise Unreadable(_("The file is empty."))
        return text

    def _heading(self) -> tuple[str, ...]:
        text, is_broken = next(islice(whole_rows(self._lines()), self._heading_at - 1, None))
        cells = None if is_broken else split(text, self.delimiter)
        if not cells or not any(cells):
            raise Unreadable(_("The first row must name the columns."))
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(
                _("The list has more than %(most)s columns. Leave out what is not needed.")
                % {"most": MOST_COLUMNS}
            )
        return tuple(cells)

    def _lines(self) -> Iterator[str]:
        """Yield the lines of the file; what its encoding does not know becomes a mark of doubt."""
        self._file.seek(0)
        reader = codecs.getreader(self.encoding)(self._file, errors="replace")
        pending = ""
        while piece := reader.read(SAMPLE):
            *lines, pending = _cut(pending + piece)
            yield from lines
            if len(pending) > SAMPLE * 2:
                raise Unreadable(_("This is no list: it has no lines."))
        if pending:
            yield pending


def whole_rows(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield the text of each row, and whether a quotation mark in it is never closed.

    A cell may hold line breaks. One forgotten mark would swallow the rest of the file that way; so
    a row that does not end within some lines is broken, and the next line is a row of its own.
    """
    source, waiting = iter(lines), deque[str]()

    def following() -> str | None:
        return waiting.popleft() if waiting else next(source, None)

    while (first := following()) is not None:
        taken, text = [], first
        while text.count('"') % 2 and len(taken) < MOST_LINES_OF_A_ROW:
            line = following()
            if line is None:
                break
            taken.append(line)
            text += line
        if text.count('"') % 2:
            waiting.extendleft(reversed(taken))
            yield first, True
        else:
            yield text, False


def split(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of one row without blanks around them; ``None`` where quotes are wrong."""
    try:
        cells = next(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), []
        )
    except csv.Error:
        return None
    return [cell.strip(" \t\r\n\u00a0\ufeff") for cell in cells]


def guessed_delimiter(sample: str) -> str:
    """Return the sign that parts the cells: the one that gives most rows the same width."""
    rows = [
        text for text, is_broken in whole_rows(sample.splitlines(keepends=True)) if text.strip()
    ]

    def likeness(delimiter: str) -> tuple[int, int]:
        widths = [len(split(row, delimiter) or ()) for row in rows]
        width = widths[0] if widths else 1
        return (sum(each == width for each in widths), width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=likeness)


def place_of_heading(sample: str, heading_like: Likeness) -> tuple[str, int]:
    """Return the sign that parts the cells, and which row is most like a heading; the first of two.

    Raises ``Unreadable`` where no row is like one.
    """
    rows = [text for text, _is_broken in whole_rows(sample.splitlines(keepends=True))]
    likeness, place, delimiter = max(
        (heading_like(split(text, delimiter) or ()), -place, delimiter)
        for delimiter in DELIMITERS
        for place, text in enumerate(rows, start=1)
    )
    if not likeness:
        raise Unreadable(_("No row names the columns."))
    return delimiter, -place


_ARABIC_FORMS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ـ": None})
_WORDS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Return a name as it is compared: small letters without accents, words with one blank."""
    apart = unicodedata.normalize("NFKD", text.translate(_ARABIC_FORMS).casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(_WORDS.findall(bare))


def _cut(text: str) -> list[str]:
    r"""Return the lines of a text; ``\r`` alone ends one too. The last may go on."""
    held, text = ("\r", text[:-1]) if text.endswith("\r") else ("", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [*(f"{line}\n" for line in lines[:-1]), lines[-1] + held]


def _without_mark(start: bytes) -> str:
    """Return which UTF-16 it is, if any: the zeros of its signs stand on one side of each."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 20 < len(start) or max(even, odd) < 4 * min(even, odd) + 4:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
