"""How to cite: plain text, BibTeX, RIS."""

import datetime
from dataclasses import replace

import pytest

from pages.citation import Work, bibtex, key, plain, ris

WORK = Work(
    slug="childcare-in-county-budgets",
    title="Childcare in county budgets",
    url="https://example.org/library/childcare/",
    publisher="Local Public Sector Alliance",
    authors=("Thandi Sample", "Nina Beispiel"),
    date=datetime.date(2025, 3, 4),
    edition="1.2",
    kind="Policy brief",
    language="en",
)


def test_the_plain_text_is_one_line_of_a_list_of_references():
    assert plain(WORK) == (
        "Thandi Sample & Nina Beispiel (2025). Childcare in county budgets (Policy brief, 1.2). "
        "Local Public Sector Alliance. https://example.org/library/childcare/"
    )


def test_a_work_without_authors_is_cited_by_its_publisher():
    assert plain(replace(WORK, authors=())).startswith(
        "Local Public Sector Alliance (2025). Childcare in county budgets (Policy brief, 1.2). http"
    )
    assert "author = {{Local Public Sector Alliance}}" in bibtex(replace(WORK, authors=()))


def test_three_authors_are_joined():
    assert plain(replace(WORK, authors=("A", "B", "C"))).startswith("A, B & C (2025)")


def test_an_undated_work_says_so():
    undated = replace(WORK, date=None)
    assert "(n.d.)" in plain(undated)
    assert "year" not in bibtex(undated)
    assert "PY  -" not in ris(undated)


def test_a_doi_is_the_address_for_good():
    assert plain(replace(WORK, doi="10.1/x")).endswith(" https://doi.org/10.1/x")


def test_bibtex_is_whole():
    assert bibtex(WORK) == (
        "@techreport{childcare-in-county-budgets-2025,\n"
        "  author = {{Thandi Sample} and {Nina Beispiel}},\n"
        "  title = {{Childcare in county budgets}},\n"
        "  institution = {Local Public Sector Alliance},\n"
        "  type = {Policy brief},\n"
        "  edition = {1.2},\n"
        "  year = {2025},\n"
        "  month = {3},\n"
        "  url = {https://example.org/library/childcare/},\n"
        "  langid = {en},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("100% & more_or #1 $5", r"100\% \& more\_or \#1 \$5"),
        ("a {b} c", r"a \{b\} c"),
        ("}, url = {evil", r"\}, url = \{evil"),
        ("back\\slash ~ ^", r"back\textbackslash{}slash \textasciitilde{} \textasciicircum{}"),
        ("two\nlines", "two lines"),
        ("دليل تمهيدي", "دليل تمهيدي"),
    ],
)
def test_bibtex_escapes_what_latex_would_read(title, written):
    assert f"  title = {{{{{written}}}}},\n" in bibtex(replace(WORK, title=title))


def test_an_address_cannot_end_its_field():
    assert "url = {https://e.org/%7Bx%7D}" in bibtex(replace(WORK, url="https://e.org/{x}"))


def test_a_line_break_begins_no_new_ris_field():
    written = ris(replace(WORK, title="One\r\nER  - \r\nTY  - JOUR"))
    lines = written.split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert "TI  - One ER - TY - JOUR" in lines
    assert [line for line in lines if line.startswith("ER")] == ["ER  - "]


def test_ris_names_each_author():
    assert ris(WORK).count("AU  - ") == 2


@pytest.mark.parametrize(
    ("slug", "name"),
    [("café-au-lait", "cafe-au-lait-2025"), ("دليل", "lpsa-2025"), ("a,b{c}", "a-b-c-2025")],
)
def test_a_key_is_plain_letters(slug, name):
    assert key(replace(WORK, slug=slug)) == name
