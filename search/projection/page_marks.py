"""Page numbers inside a text, in letters that no reader sees and no engine takes for a word.

A file’s text is indexed as a whole, and an engine gives back a piece of it. The piece says on
which page it stands because marks take the place of spaces everywhere in the text.

A mark is two Braille patterns, the first of one half of their block and the second of the other.
They are chosen because the tokenizers of Elasticsearch, PostgreSQL and SQLite all read them as a
gap between words; SQLite’s takes characters for private use as letters. Braille in a file itself
becomes a gap too.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

FILES_AT_MOST = 16
PAGES_AT_MOST = 1023
WORDS_APART = 8
LETTERS_APART = 60

_FIRST, _SECOND, _HALF = 0x2800, 0x2880, 128
_MARK = re.compile("([\u2800-\u287f])([\u2880-\u28ff])")
_MARKS_AND_PIECES = re.compile("[\u2800-\u28ff]+")
_SENTENCE_ENDS = (".", "!", "?", ":", "…", "؟", "۔")


def marked(pages: Sequence[str], file_index: int) -> str:
    """Return the texts of a file’s pages as one, with marks; spaces are made single.

    The only page of a file is page 0: there is nothing to open it at.
    """
    if not (0 <= file_index < FILES_AT_MOST and len(pages) <= PAGES_AT_MOST):
        raise ValueError(f"no mark for file {file_index} with {len(pages)} pages")
    first_page = 1 if len(pages) > 1 else 0
    return "".join(
        _marked_page(without(text).split(), _mark(file_index, number))
        for number, text in enumerate(pages, first_page)
    )


def place(text: str, at: int = 0) -> tuple[int, int] | None:
    """Return the file’s index and the page on which position ``at`` of a piece of text stands."""
    nearest: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if nearest and mark.start() > at:
            break
        nearest = mark
    if not nearest:
        return None
    first, second = nearest.groups()
    number = (ord(first) - _FIRST) * _HALF + ord(second) - _SECOND
    return divmod(number, PAGES_AT_MOST + 1)


def without(text: str) -> str:
    """Return a text as people read it, with one space for each mark and each piece of a mark.

    It is shorter than the text with marks: positions are counted afterwards.
    """
    return _MARKS_AND_PIECES.sub(" ", text)


def _mark(file_index: int, page: int) -> str:
    first, second = divmod(file_index * (PAGES_AT_MOST + 1) + page, _HALF)
    return chr(_FIRST + first) + chr(_SECOND + second)


def _marked_page(words: list[str], mark: str) -> str:
    """Return the words of a page with a mark before each group of them."""
    numbered = zip(_groups(words), words, strict=True)
    groups = (" ".join(word for _, word in group) for _, group in groupby(numbered, lambda n: n[0]))
    return "".join(mark + group for group in groups)


def _groups(words: list[str]) -> Iterator[int]:
    """Yield for each word the number of its group.

    A group ends after the first word of a sentence, not before it: engines cut texts where a
    sentence begins, which they see by the space, and each sentence carries a mark this way.
    """
    number = count = letters = 0
    begins = False
    for index, word in enumerate(words):
        yield number
        count, letters = count + 1, letters + len(word) + 1
        if begins or count >= WORDS_APART or letters >= LETTERS_APART:
            number, count, letters = number + 1, 0, 0
        begins = index + 1 < len(words) and word.endswith(_SENTENCE_ENDS)
