"""The few words around a hit, with the hits marked; accents make no difference.

Pure text work: everything that comes out as HTML was escaped here, piece by piece.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .query import finds_longer

LENGTH = 200
BEFORE = 60
CUT = "…"

Span = tuple[int, int]


@dataclass(frozen=True)
class Snippet:
    """A piece of text and where in it the hits stand."""

    text: str
    hits: tuple[Span, ...] = ()

    @property
    def html(self) -> SafeString:
        """The text, escaped, with ``<mark>`` around the hits."""
        pieces, done = [], 0
        for start, end in self.hits:
            pieces += [(self.text[done:start], self.text[start:end])]
            done = end
        marked = format_html_join("", "{}<mark>{}</mark>", pieces)
        return format_html("{}{}", marked, self.text[done:])


def snippet(summary: str, text: str, words: Sequence[str]) -> Snippet:
    """Return the summary with its hits; where it has none, the text around the first hit.

    Where nothing is looked for, or the hit is in neither (it is in the title), the summary stands,
    or the beginning of the text where there is no summary.
    """
    summary, text = _one_line(summary), _one_line(text)
    found = hits(summary, words)
    if found:
        return Snippet(summary, tuple(found))
    if found := hits(text, words):
        return _around(text, found)
    return Snippet(summary or _beginning(text))


def hits(text: str, words: Sequence[str]) -> list[Span]:
    """Return where the words stand in the text, as ``(start, end)``, whole words always."""
    patterns = [
        re.escape(folded) + (r"\w*" if finds_longer(word) else "")
        for word in words
        if (folded := _fold(word)[0])
    ]
    if not patterns:
        return []
    folded, places = _fold(text)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
    return [(places[hit.start()], places[hit.end()]) for hit in pattern.finditer(folded)]


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """Return the text in small letters without accents, and where each letter came from."""
    table = {character: _fold_one(character) for character in set(text)}
    folded = text.translate(str.maketrans(table))
    if all(len(letters) == 1 for letters in table.values()):
        return folded, range(len(text) + 1)
    places = [place for place, character in enumerate(text) for _letter in table[character]]
    return folded, [*places, len(text)]


def _fold_one(character: str) -> str:
    parts = unicodedata.normalize("NFD", character).lower()
    return "".join(part for part in parts if not unicodedata.combining(part))


def _around(text: str, found: Sequence[Span]) -> Snippet:
    """Return about ``LENGTH`` characters from a little before the first hit, in whole words."""
    first = found[0][0]
    start = _start_of_word(text, max(first - BEFORE, 0), first)
    end = min(start + LENGTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", first, end), min(found[0][1], start + LENGTH))
    opening = CUT if start else ""
    shift = len(opening) - start
    inside = tuple((a + shift, b + shift) for a, b in found if b <= end)
    return Snippet(f"{opening}{text[start:end]}{CUT if end < len(text) else ''}", inside)


def _start_of_word(text: str, start: int, latest: int) -> int:
    if not start:
        return 0
    space = text.find(" ", start, latest)
    return latest if space < 0 else space + 1


def _beginning(text: str) -> str:
    if len(text) <= LENGTH:
        return text
    return f"{text[:LENGTH].rpartition(' ')[0] or text[:LENGTH]}{CUT}"


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
