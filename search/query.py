"""From what somebody typed to what an engine is asked. Pure: no database, no settings.

What is typed is never an engine’s query language here. It is cleaned to readable text, cut into
words of letters and digits, and the words are put together anew in the engine’s own notation. So
no quote, operator or control character of a reader ever reaches an engine.
"""

import unicodedata
from collections.abc import Sequence

LONGEST_TEXT = 200
MOST_WORDS = 16
BEGINNING_FROM = 4  # a word of so many letters also finds longer words that begin with it

_DROPPED = {"Cf", "Cn", "Co", "Cs"}
_LETTERS_AND_DIGITS = ("L", "N")
_PARTS_OF_WORDS = (*_LETTERS_AND_DIGITS, "M")
_NOT_DECODED = "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    """Return one readable line: no control, format or broken characters, not longer than a box.

    Text without a single letter or digit asks nothing and becomes empty.
    """
    text = unicodedata.normalize("NFC", text[: LONGEST_TEXT * 10])
    kept = (_kept(character) for character in text)
    line = " ".join("".join(kept).split())[:LONGEST_TEXT].rstrip()
    return line if any(_is_part(character, _LETTERS_AND_DIGITS) for character in line) else ""


def words(text: str) -> tuple[str, ...]:
    """Return the words to look for, each once, in the order in which they were typed.

    Single letters are left out where there are longer words: they come from apostrophes, as in
    “l’eau”, and would only shut out good results.
    """
    cut = "".join(
        character if _is_part(character, _PARTS_OF_WORDS) else " " for character in text.lower()
    )
    found = dict.fromkeys(
        word
        for word in cut.split()
        if any(_is_part(character, _LETTERS_AND_DIGITS) for character in word)
    )
    longer = [word for word in found if len(word) > 1]
    return tuple((longer or list(found))[:MOST_WORDS])


def finds_longer(word: str) -> bool:
    """Return whether the word also finds longer words that begin with it."""
    return len(word) >= BEGINNING_FROM


def fts5(wanted: Sequence[str]) -> str:
    """Return the query of SQLite’s FTS5: all of the words, in the title or in the text."""
    parts = (f'"{word}"*' if finds_longer(word) else f'"{word}"' for word in wanted)
    return f"{{title body}} : ({' AND '.join(parts)})"


def tsquery(wanted: Sequence[str]) -> str:
    """Return the query of PostgreSQL’s ``to_tsquery``: all of the words."""
    return " & ".join(f"'{word}':*" if finds_longer(word) else f"'{word}'" for word in wanted)


def _kept(character: str) -> str:
    if character == _NOT_DECODED:
        return ""
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    return " " if category[0] in "CZ" else character


def _is_part(character: str, categories: Sequence[str]) -> bool:
    return unicodedata.category(character)[0] in categories
