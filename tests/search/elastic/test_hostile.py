"""Whatever is typed is answered, soon, and nothing of it is a command."""

import time

import pytest

from search.engines.answers import Question
from search.words.wanted import Part, Wanted

HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"unclosed revenue',
    "revenue” “",
    "*",
    "?",
    "re*enue",
    "revenue~2",
    "title_x:revenue",
    "_exists_:reader",
    "reader:superuser",
    "AND OR NOT",
    "revenue AND NOT",
    "(revenue",
    "revenue))",
    "[2019 TO 2020]",
    "{a: b}",
    "\\",
    "\\\\revenue\\",
    "/re.*/",
    "+ - = && || > < ! ( ) { } [ ] ^ ~ * ? : / @ # &",
    "revenue\x00\x01\x1f",
    "\ue000revenue\ue001",
    "\u202erevenue\u202c",
    "\u2066\u2069\u200f",
    "\ud800",
    "\U0001f4a9" * 50,
    "\u28ff\u2800",
    "<script>alert(1)</script>",
    "'; DROP TABLE search_document; --",
    "{{ 7*7 }} ${jndi:ldap://x}",
    "revenue " * 1500,
    "a" * 10_000,
    " ".join(f"word{number}" for number in range(3000)),
    "-" * 5000,
    "-revenue",
    '-"own revenue" -kenya',
    '"' * 999,
    "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p",
    "l'" * 200,
    "٠١٢٣ كشيدهـــــــــ",
    "\n\t\r",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_typed_is_answered_within_the_budget(find, engine, typed):
    started = time.monotonic()
    found = find(typed)
    assert time.monotonic() - started < 6
    assert found.total <= 10
    assert "page:minutes" not in [hit.uid for hit in found.hits]
    assert isinstance(engine.suggest(typed, frozenset({"public"}), "en", 5), list)


def test_more_words_than_any_parser_lets_through_are_still_no_error(engine):
    words = tuple(f"word{number}" for number in range(400))
    part = Part(("budget",), tuple((word,) for word in words))
    wanted = Wanted(
        text=" ".join(words),
        parts=(part,) * 200,
        phrases=(words,) * 50,
        excluded=(words,) * 50,
    )
    assert engine.find(Question(wanted)).total == 0


@pytest.mark.parametrize("value", ["", "x" * 40_000, "\x00", "\ud800", "[a TO b]", "*"])
def test_any_value_of_a_facet_is_answered(engine, value):
    found = engine.find(Question(chosen={"theme": [value] * 50}))
    assert (found.total, found.facets["theme"][value]) == (0, 0)


def test_an_interface_in_another_language_is_answered(find):
    assert find("revenue", language="xx").total > 0
