"""Generated files are real: PDFs with text in them, workbooks, data and pictures."""

import csv
import datetime
import io

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from demo import pictures
from demo.pdf import Imprint, make_pdf
from demo.spreadsheets import make_csv, make_workbook

TEXT = {
    "en": ("Local budgets", "The treasurer’s “first” question – and fifty more."),
    "fr": ("Le budget local", "L’élève paie-t-il ? Où, à qui et « combien » ?"),
    "es": ("Presupuesto", "¿Quién decide? El concejo, según la ley."),
    "pt": ("Orçamento", "A câmara não decide sozinha: há transferências."),
    "ar": ("الموازنة المحلية", "يقرر المجلس البلدي أولويات الإنفاق"),
}
ROWS = [["code", "share", "note"], ["NA", "12.5", ""], ["01", "7", "sample value"]]


def imprint(language: str) -> Imprint:
    return Imprint(
        slug="local-budgets",
        language=language,
        authors="Amina Sample",
        edition="1.0",
        licence="CC BY 4.0",
        published_on=datetime.date(2026, 3, 1),
    )


def pdf(language: str) -> PdfReader:
    title, sentence = TEXT[language]
    chapters = "\n\n".join(f"## {number}. {title}\n\n{sentence}" for number in range(1, 9))
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    markdown = f"# {title}\n\n{chapters}\n\n- one\n- two\n\n1. first\n\n> quoted\n\n{table}\n"
    return PdfReader(io.BytesIO(make_pdf(markdown, imprint(language))))


@pytest.mark.parametrize("language", TEXT)
def test_a_pdf_has_several_pages_whose_text_can_be_read(language):
    title, sentence = TEXT[language]
    reader = pdf(language)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) > 2
    assert title.split()[0] in text
    for word in sentence.split()[:3]:
        assert word.strip("“”,?") in text


@pytest.mark.parametrize("language", TEXT)
def test_a_pdf_says_what_it_is(language):
    reader = pdf(language)
    assert reader.metadata.title == TEXT[language][0]
    assert reader.metadata.author == "Amina Sample"
    assert "CC BY 4.0" in reader.metadata.subject
    assert reader.metadata.creation_date.year == 2026
    assert reader.trailer["/Root"]["/Lang"] == language


def test_a_pdf_lists_its_chapters():
    assert [entry.title for entry in pdf("en").outline][:2] == [
        "1. Local budgets",
        "2. Local budgets",
    ]


def test_a_workbook_has_a_sheet_for_each_table():
    workbook = load_workbook(io.BytesIO(make_workbook({"data": ROWS, "more": ROWS}, title="Data")))
    assert workbook.sheetnames == ["data", "more"]
    assert [cell.value for cell in workbook["data"][2]] == ["NA", 12.5, None]
    assert workbook["data"]["A3"].value == "01"
    assert workbook["data"].freeze_panes == "A2"


def test_data_is_utf_8_with_its_mark():
    data = make_csv([["é", "NA"], ["a,b", "1"]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [["é", "NA"], ["a,b", "1"]]


@pytest.mark.parametrize("draw", [pictures.landscape, pictures.tessellation])
def test_a_picture_is_small_and_always_the_same(draw):
    first, second = draw("a-slug", "africa"), draw("a-slug", "africa")
    assert first == second
    assert first != draw("another", "africa")
    assert len(first) < 60_000
    assert Image.open(io.BytesIO(first)).size == (pictures.WIDTH, pictures.HEIGHT)
