"""Marks in a file’s text: every piece of it says its page, and no reader sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.projection import page_marks

WORDS = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc", "Co"]), min_size=1, max_size=9)
WORDS = WORDS.filter(lambda word: word.split() == [word])
PAGES = st.lists(st.lists(WORDS, max_size=40).map(" ".join), max_size=6)
FILES = st.integers(0, page_marks.FILES_AT_MOST - 1)


@given(PAGES, FILES)
def test_without_its_marks_a_text_is_as_it_was(pages, file_index):
    text = page_marks.without(page_marks.marked(pages, file_index))
    assert text.split() == " ".join(pages).split()
    assert "  " not in text


@given(st.text(), FILES)
def test_taking_marks_away_moves_no_letter(text, file_index):
    marked = page_marks.marked([text, "end"], file_index)
    shown = page_marks.without(marked)
    assert len(shown) == len(marked)
    assert all(a == b for a, b in zip(shown, marked, strict=True) if ord(b) < page_marks.FIRST)


@given(PAGES.filter(lambda pages: len(pages) > 1), FILES, st.data())
def test_every_piece_of_a_dozen_words_says_its_page(pages, file_index, data):
    marked = page_marks.marked(pages, file_index)
    ends = [0, *(i for i, letter in enumerate(page_marks.without(marked)) if letter == " ")]
    start = data.draw(st.sampled_from(ends))
    piece = marked[start : next((end for end in ends[ends.index(start) :][12:13]), len(marked))]
    if len(page_marks.without(piece).split()) < 12:
        return
    found, page = page_marks.place(piece)
    assert found == file_index
    assert set(page_marks.without(piece).split()) & set(pages[page - 1].split())


@given(st.lists(WORDS, min_size=1, max_size=60))
def test_marks_stand_close_enough_for_a_short_piece(words):
    marked = page_marks.marked([" ".join(words), "end"], 3)
    for group in marked.replace(chr(page_marks.FIRST + 3 * 4096 + 1), "\n").split("\n"):
        assert len(group.split()) <= page_marks.WORDS_APART
        assert len(group) <= page_marks.LETTERS_APART + 10


def test_the_place_is_that_of_the_words_found_and_not_of_the_start():
    text = page_marks.marked(["the end of a page", "the start of the next"], 1)
    assert page_marks.place(text) == (1, 1)
    assert page_marks.place(text, text.index("start")) == (1, 2)
    assert page_marks.place(text, text.index("end")) == (1, 1)
    assert page_marks.place(text[3:], 0) == (1, 2)


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
    text = page_marks.marked(["before\U000f1005after", "end"], 0)
    assert page_marks.place(text, text.index("after")) == (0, 1)


def test_text_without_marks_has_no_place():
    assert page_marks.place("a plain text") is None
    assert page_marks.place("") is None


@pytest.mark.parametrize(("pages", "file_index"), [(1, -1), (1, 32), (4094, 0)])
def test_what_cannot_be_marked_is_refused(pages, file_index):
    with pytest.raises(ValueError, match="no mark"):
        page_marks.marked(["word"] * pages, file_index)
