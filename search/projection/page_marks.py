"""Page numbers inside a text: each is one character that no text uses and no reader sees.

A file’s text is indexed as a whole, and an engine gives back a piece of it. The piece says on
which page it stands because marks take the place of spaces everywhere in the text. They are
characters for private use, which every engine reads as a gap between words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

FIRST = 0xF0000  # the private use planes 15 and 16 hold 32 files of 4,096 pages
PAGES_EACH = 4096
FILES_AT_MOST = 32
PAGES_AT_MOST = 4093  # the last two characters of a plane are none
WORDS_APART = 8
LETTERS_APART = 60

_MARK = re.compile("[\U000f0000-\U0010ffff]")
_SENTENCE_ENDS = (".", "!", "?", ":", "…", "؟", "۔")


def marked(pages: Sequence[str], file_index: int) -> str:
    """Return the texts of a file’s pages as one, with marks; spaces are made single.

    The only page of a file is page 0: there is nothing to open it at.
    """
    if not (0 <= file_index < FILES_AT_MOST and len(pages) <= PAGES_AT_MOST):
        raise ValueError(f"no mark for file {file_index} with {len(pages)} pages")
    first_page = 1 if len(pages) > 1 else 0
    return "".join(
        _marked_page(without(text).split(), chr(FIRST + file_index * PAGES_EACH + number))
        for number, text in enumerate(pages, first_page)
    )


def place(text: str, at: int = 0) -> tuple[int, int] | None:
    """Return the file’s index and the page on which position ``at`` of a piece of text stands."""
    before: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if mark.start() > at and before:
            break
        before = mark
    return divmod(ord(before.group()) - FIRST, PAGES_EACH) if before else None


def without(text: str) -> str:
    """Return a text as people read it: a space for each mark, so that positions stay."""
    return _MARK.sub(" ", text)


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
