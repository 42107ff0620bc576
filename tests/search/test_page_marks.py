"""Marks in a file’s text: every piece of it says its page, and no reader or engine sees them."""

import re
import sqlite3

import psycopg
import pytest
from elasticsearch import Elasticsearch
from hypothesis import given
from hypothesis import strategies as st

from search.projection import page_marks

WORDS = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc", "So"]), min_size=1, max_size=9)
WORDS = WORDS.filter(lambda word: word.split() == [word])
PAGES = st.lists(st.lists(WORDS, max_size=40).map(" ".join), max_size=6)
FILES = st.integers(0, page_marks.FILES_AT_MOST - 1)


@given(PAGES, FILES)
def test_without_its_marks_a_text_is_as_it_was(pages, file_index):
    text = page_marks.without(page_marks.marked(pages, file_index))
    assert text.split() == " ".join(pages).split()
    assert "  " not in text


@given(PAGES.filter(lambda pages: len(pages) > 1), FILES, st.data())
def test_every_piece_of_a_dozen_words_says_its_page(pages, file_index, data):
    marked = page_marks.marked(pages, file_index)
    words = re.findall("[\u2800-\u28ff]* ?[^ \u2800-\u28ff]+", marked)
    start = data.draw(st.integers(0, max(0, len(words) - 12)))
    piece = words[start : start + 12]
    if len(piece) < 12:
        return
    found, page = page_marks.place("".join(piece))
    assert found == file_index
    assert set(page_marks.without("".join(piece)).split()) & set(pages[page - 1].split())


@given(st.lists(WORDS, min_size=1, max_size=60))
def test_marks_stand_close_enough_for_a_short_piece(words):
    marked = page_marks.marked([" ".join(words), "end"], 3)
    for group in re.split("[\u2800-\u28ff]+", marked):
        assert len(group.split()) <= page_marks.WORDS_APART
        assert len(group) <= page_marks.LETTERS_APART + 10


@given(st.integers(0, 15), st.integers(1, 1023))
def test_the_place_of_every_page_of_every_file_can_be_said(file_index, page):
    pages = [""] * page_marks.PAGES_AT_MOST
    pages[page - 1] = "words"
    assert page_marks.place(page_marks.marked(pages, file_index)) == (file_index, page)


def test_the_place_is_that_of_the_words_found_and_not_of_the_start():
    text = page_marks.marked(["the end of a page", "the start of the next"], 1)
    assert page_marks.place(text) == (1, 1)
    assert page_marks.place(text, text.index("start")) == (1, 2)
    assert page_marks.place(text, text.index("end")) == (1, 1)
    assert page_marks.place(text[3:], 0) == (1, 2)


def test_half_a_mark_at_the_edge_of_a_piece_is_neither_shown_nor_read():
    text = page_marks.marked(["one", "two", "three"], 0)
    piece = text[1 : text.index("three") - 1]
    assert page_marks.without(piece).strip() == "one two"
    assert page_marks.place(piece) == (0, 2)


def test_empty_pages_count():
    text = page_marks.marked(["", "words", "", "more"], 0)
    assert page_marks.place(text) == (0, 2)
    assert page_marks.place(text, text.index("more")) == (0, 4)


def test_a_file_of_one_page_has_no_page_number():
    assert page_marks.place(page_marks.marked(["all of it"], 2)) == (2, 0)


def test_each_sentence_carries_a_mark_but_not_at_its_start():
    text = page_marks.marked(["One ends here. Two ends here. Three is last.", "end"], 0)
    sentences = text.split(". ")
    assert len(sentences) == 3
    assert all(page_marks.place(sentence) for sentence in sentences)


def test_a_text_cannot_bring_marks_of_its_own():
    forged = page_marks.marked(["", "forged"], 5)
    text = page_marks.marked([f"before{forged}", "end"], 0)
    assert page_marks.place(text, text.index("forged")) == (0, 1)


def test_text_without_marks_has_no_place():
    assert page_marks.place("a plain text") is None
    assert page_marks.place("") is None


@pytest.mark.parametrize(("pages", "file_index"), [(1, -1), (1, 16), (1024, 0)])
def test_what_cannot_be_marked_is_refused(pages, file_index):
    with pytest.raises(ValueError, match="no mark"):
        page_marks.marked(["word"] * pages, file_index)


def between_words() -> tuple[str, set[str]]:
    """Return a text with every mark’s character between two words, and the words."""
    words = [f"word{number}" for number in range(257)]
    marks = [chr(0x2800 + number) for number in range(256)]
    text = "".join(word + mark for word, mark in zip(words, [*marks, ""], strict=True))
    return text, set(words)


def test_sqlite_reads_marks_as_gaps():
    text, words = between_words()
    with sqlite3.connect(":memory:") as database:
        tokenize = "unicode61 remove_diacritics 2 categories 'L* N*'"
        database.execute(f'CREATE VIRTUAL TABLE texts USING fts5(text, tokenize="{tokenize}")')
        database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'row')")
        database.execute("INSERT INTO texts VALUES (?)", [text])
        assert {term for (term,) in database.execute("SELECT term FROM terms")} == words


def test_postgresql_reads_marks_as_gaps(postgres_url):
    text, words = between_words()
    with psycopg.connect(postgres_url) as database:
        query = "SELECT tsvector_to_array(to_tsvector('simple', %s))"
        assert set(database.execute(query, [text]).fetchone()[0]) == words


def test_elasticsearch_reads_marks_as_gaps(elasticsearch_url):
    text, words = between_words()
    with Elasticsearch(elasticsearch_url) as cluster:
        answer = cluster.indices.analyze(tokenizer="standard", text=text)
    assert {token["token"] for token in answer["tokens"]} == words
