"""Lists as files for a spreadsheet: safe to open, flat in memory, logged."""

import csv
import datetime
import io
import tracemalloc
import zipfile
from xml.etree import ElementTree

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections

from files import spreadsheets
from files.models import ExportLog
from files.spreadsheets import Sheet, safe_cell, spreadsheet_response

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
TRAPS = [
    "=1+1",
    "+49 30 1234",
    "-2+3",
    "@SUM(A1)",
    "|cmd",
    "%0A",
    " =1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "＝1+1",
    "＋1",
    "＠SUM(A1)",
    "﹣1",
    "=\u03381",
    '=HYPERLINK("https://example.org")',
]
HARMLESS = ["Amina", "a=b", "’=1", "2026-11-22", "1+1", "", " ", "العربية", "\u200f"]


@pytest.fixture
def _keeps_the_connection():
    """Let the end of an answer leave the test’s database connection open."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.mark.parametrize("text", TRAPS)
def test_r22_what_looks_like_a_formula_is_quoted(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_r22_other_texts_stay_as_they_are(text):
    assert safe_cell(text) == text


@pytest.mark.parametrize("value", [-5, 1.5, None, True, datetime.date(2026, 1, 2)])
def test_r22_what_is_no_text_stays_what_it_is(value):
    assert safe_cell(value) is value


def test_r22_no_field_of_a_csv_file_begins_a_formula():
    written = "".join(spreadsheets.csv_lines(["=name"], ([trap] for trap in TRAPS)))
    fields = [row[0] for row in csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))]
    assert fields == [f"'{text}" for text in ["=name", *TRAPS]]


def test_r22_xlsx_keeps_texts_as_texts_without_formulas_and_links():
    file = io.BytesIO()
    spreadsheets.write_xlsx(file, ["name"], [[trap] for trap in [*TRAPS, "https://example.org"]])
    with zipfile.ZipFile(file) as parts:
        page = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - ours
    cells = [cell for cell in page.iter() if cell.tag.endswith("}c")]
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    assert len(cells) == len(TRAPS) + 2
    assert not [tag for tag in page.iter() if tag.tag.endswith(("}f", "}hyperlink"))]


def test_numbers_and_times_are_such_in_both_formats():
    row = [3, 1.5, True, datetime.date(2026, 1, 2), NOW, None]
    lines = "".join(spreadsheets.csv_lines(["a"] * 6, [row])).splitlines()
    assert lines[1] == "3,1.5,True,2026-01-02,2026-11-22 12:00,"
    file = io.BytesIO()
    spreadsheets.write_xlsx(file, ["a"] * 6, [row])
    with zipfile.ZipFile(file) as parts:
        assert b'<c r="A2"><v>3</v></c>' in parts.read("xl/worksheets/sheet1.xml")


@pytest.mark.django_db
@pytest.mark.usefixtures("_keeps_the_connection")
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_every_download_is_logged_with_its_columns_and_rows(django_user_model, file_format):
    reader = django_user_model.objects.create_user("reader@example.org")
    sheet = Sheet("members", ["name", "country"], ([str(n), "KE"] for n in range(3)))
    answer = spreadsheet_response(sheet, file_format, by=reader, now=NOW)
    assert b"".join(answer.streaming_content)
    answer.close()
    log = ExportLog.objects.get()
    assert (log.what, log.columns, log.rows) == ("members", ["name", "country"], 3)
    assert (log.file_format, log.by, log.at) == (file_format, reader, NOW)
    assert answer.headers["Content-Disposition"].endswith(f'members-2026-11-22.{file_format}"')


@pytest.mark.django_db
@pytest.mark.usefixtures("_keeps_the_connection")
def test_a_download_that_breaks_off_is_logged_with_the_rows_that_left(django_user_model):
    reader = django_user_model.objects.create_user("reader@example.org")
    sheet = Sheet("members", ["name"], ([str(n)] for n in range(10_000)))
    answer = spreadsheet_response(sheet, "csv", by=reader, now=NOW)
    next(iter(answer.streaming_content))
    answer.close()
    assert 0 < ExportLog.objects.get().rows < 10_000


@pytest.mark.django_db
def test_an_unknown_format_is_refused_and_leaves_no_log(django_user_model):
    reader = django_user_model.objects.create_user("reader@example.org")
    with pytest.raises(ValueError, match="pdf"):
        spreadsheet_response(Sheet("members", [], []), "pdf", by=reader, now=NOW)
    assert not ExportLog.objects.exists()


def test_twice_the_rows_need_no_more_memory(tmp_path):
    def peak(rows: int) -> int:
        tracemalloc.start()
        with (tmp_path / f"{rows}.xlsx").open("wb") as file:
            cells = ([f"name {n}", f"{n}@example.org", n] for n in range(rows))
            spreadsheets.write_xlsx(file, ["name", "address", "number"], cells)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(100)
    assert peak(4_000) < 1.3 * peak(2_000)
