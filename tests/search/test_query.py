"""What somebody types becomes a query that no engine can misunderstand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import query


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  own   source revenue ", "own source revenue"),
        ("revenue\x00\x07 sharing", "revenue sharing"),
        ("line\nbreak\u2028here", "line break here"),
        ("right\u202eto\u2066left", "righttoleft"),
        ("broken \ufffd\ud800 text", "broken text"),
        ("e\u0301conomie", "économie"),
        ('"', ""),
        ("* ' ( ) : ^ ~ \\", ""),
        ("   ", ""),
        ("l’eau & santé", "l’eau & santé"),
    ],
)
def test_typed_text_becomes_one_readable_line(typed, line):
    assert query.clean(typed) == line


def test_long_text_is_cut():
    assert len(query.clean("word " * 2_000)) <= query.LONGEST_TEXT
    assert len(query.words(query.clean("w" * 10_000))) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Own-source revenue", ("own", "source", "revenue")),
        ('"fiscal" AND (transfers)', ("fiscal", "and", "transfers")),
        ("title:budget*", ("title", "budget")),
        ("l’eau d'Afrique", ("eau", "afrique")),
        ("budget Budget BUDGET", ("budget",)),
        ("اللامركزية المالية", ("اللامركزية", "المالية")),
        ("a b", ("a", "b")),
        ("2026", ("2026",)),
    ],
)
def test_words_are_letters_and_digits(typed, words):
    assert query.words(typed) == words


def test_only_so_many_words_are_looked_for():
    assert len(query.words(" ".join(f"word{number}" for number in range(400)))) == query.MOST_WORDS


def test_engines_are_asked_for_all_words_and_for_beginnings_of_longer_ones():
    assert query.fts5(("tax", "transfer")) == '{title body} : ("tax" AND "transfer"*)'
    assert query.tsquery(("tax", "transfer")) == "'tax' & 'transfer':*"


@given(st.text(max_size=300))
def test_no_sign_of_a_query_language_is_left_in_a_word(text):
    for word in query.words(query.clean(text)):
        assert re.search(r"""["'()*:^&|!<>\\\s\x00]""", word) is None
        assert any(character.isalnum() for character in word)


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text):
    assert query.clean(query.clean(text)) == query.clean(text)


@given(st.text(max_size=300))
def test_a_line_that_is_left_has_a_word_to_look_for(text):
    line = query.clean(text)
    assert bool(line) == bool(query.words(line))
