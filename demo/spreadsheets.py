"""Make workbooks and comma-separated files from the tables of a text."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Rows = list[list[str]]

HEADER_FILL = PatternFill("solid", fgColor="0B5058")
HEADER_FONT = Font(bold=True, color="FFFFFF")
NARROWEST, WIDEST = 10, 60
SHEET_NAME_LENGTH = 31


def make_workbook(tables: dict[str, Rows], *, title: str) -> bytes:
    """Return an ``.xlsx`` file with one sheet per table, the header row kept in view."""
    workbook = Workbook()
    workbook.properties.title = title
    workbook.properties.creator = "Decentralization.Net"
    workbook.remove(workbook.active)
    for name, rows in tables.items():
        sheet = workbook.create_sheet(name[:SHEET_NAME_LENGTH])
        for row in rows:
            sheet.append([_value(cell) for cell in row])
        for cell in sheet[1]:
            cell.font, cell.fill = HEADER_FONT, HEADER_FILL
        for column, cells in enumerate(zip(*rows, strict=True), start=1):
            width = min(max(max(len(cell) for cell in cells) + 2, NARROWEST), WIDEST)
            sheet.column_dimensions[get_column_letter(column)].width = width
        for row in sheet.iter_rows():
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def make_csv(rows: Rows) -> bytes:
    """Return a ``.csv`` file; the mark in front lets spreadsheets read it as UTF-8."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def _value(cell: str) -> str | int | float:
    """Return a number where the cell is one; a code such as ``01`` or ``NA`` stays text."""
    if cell.isdecimal() and (cell == "0" or not cell.startswith("0")):
        return int(cell)
    try:
        return float(cell) if "." in cell else cell
    except ValueError:
        return cell
