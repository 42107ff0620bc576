"""Snippets show where the words stand, and never let markup through."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.snippets import LENGTH, hits, snippet

LONG = "Opening words stand here. " * 30 + "The équité of transfers matters. " + "And so on. " * 40


def marked(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end in hits(text, words)]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("L’équité d’abord", "equite", ["équité"]),
        ("Equity first", "équity", ["Equity"]),
        ("Decentralization and decentralized", "decentral", ["Decentralization", "decentralized"]),
        ("The law and the lawyer", "law", ["law"]),
        ("e\u0301quite\u0301", "équité", ["e\u0301quite\u0301"]),
        ("اللامركزية المالية", "المالية", ["المالية"]),
        ("İstanbul calls", "calls", ["calls"]),
        ("a+b (c)", "c", ["c"]),
    ],
)
def test_accents_and_case_make_no_difference(text, word, found):
    assert marked(text, word) == found


def test_the_summary_stands_where_it_has_a_hit():
    assert snippet("About transfers.", LONG, ["transfers"]).html == "About <mark>transfers</mark>."


def test_else_the_text_around_the_first_hit():
    found = snippet("A summary.", LONG, ["equite"])
    assert "<mark>équité</mark> of transfers" in found.html
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert len(found.text) <= LENGTH + 2


def test_without_a_hit_the_summary_stands_or_the_beginning():
    assert snippet("A summary.", LONG, ["nowhere"]).text == "A summary."
    assert snippet("", LONG, []).text.startswith("Opening words stand here.")
    assert snippet("", "", ["nothing"]).text == ""


def test_markup_is_shown_as_text():
    found = snippet("", '<script>alert("tax")</script> & more', ["tax"])
    assert (
        found.html == "&lt;script&gt;alert(&quot;<mark>tax</mark>&quot;)&lt;/script&gt; &amp; more"
    )


@given(
    st.text(max_size=400),
    st.text(max_size=800),
    st.lists(st.text("aéİßtax1ا", min_size=1, max_size=6), max_size=4),
)
def test_only_marks_are_added_to_the_escaped_text(summary, text, words):
    found = snippet(summary, text, words)
    without_marks = re.sub(r"</?mark>", "", found.html)
    assert html.unescape(without_marks) == found.text
    assert not re.search(r"<(?!/?mark>)", found.html)
