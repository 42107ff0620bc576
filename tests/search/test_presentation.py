"""What is shown of a result: hits marked, markup harmless, files opened where the words stand."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.answers import InFile
from search.presentation import in_file, marked


def test_hits_are_marked_and_the_rest_is_text():
    assert marked("<b>own</b> & revenue", [(3, 6), (13, 20)]) == (
        "&lt;b&gt;<mark>own</mark>&lt;/b&gt; &amp; <mark>revenue</mark>"
    )


def test_hits_that_follow_or_overlap_each_other_share_a_mark():
    assert marked("own  revenue here", [(5, 12), (0, 3)]) == "<mark>own  revenue</mark> here"
    assert marked("revenues", [(0, 7), (3, 8)]) == "<mark>revenues</mark>"


texts = st.text(max_size=40)
spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple))


@given(texts, spans)
def test_marking_changes_no_letter_and_lets_no_markup_through(text, hits):
    shown = str(marked(text, [span for span in hits if span[1] <= len(text)]))
    assert html.unescape(re.sub("</?mark>", "", shown)) == text
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<mark>", "</mark>"}


@pytest.mark.parametrize(
    ("name", "url", "page"),
    [
        ("a.pdf", "/documents/1/a.pdf#page=12", 12),
        ("a.PDF", "/documents/1/a.PDF#page=12", 12),
        ("a.pptx", "/documents/1/a.pptx", 12),
        ("a.xlsx", "/documents/1/a.xlsx", 0),
        ("a.docx", "/documents/1/a.docx", 0),
    ],
)
def test_a_file_opens_at_the_page_where_it_can(name, url, page):
    found = in_file(InFile("A file", f"/documents/1/{name}", "en", page=12))
    assert (found.url, found.page) == (url, page)


def test_a_file_without_known_page_opens_at_its_beginning():
    assert in_file(InFile("A file", "/documents/1/a.pdf", "en")).url == "/documents/1/a.pdf"
