"""Cuts a line of text into words, as readers write them. Pure: no database, no settings.

It finds the words that ``folding.words`` finds, but keeps what that throws away: capitals, which
tell an acronym, accents, and the hyphens between words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import fold

_PARTS_OF_WORDS = {"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "Mn", "Mc", "Me"}
_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_ELISION = re.compile(
    r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi|quel)?qu)['’‘ʼ＇](?=\w)", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"(?<=\w)['’‘ʼ＇]s(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """A word as it was typed; ``joined`` says that a hyphen ties it to the word before."""

    typed: str
    joined: bool = False

    @property
    def word(self) -> str:
        """The word in lower-case letters."""
        return self.typed.lower()


def tokens(text: str) -> list[Token]:
    """Return the words of a text in their order, without elisions (l’eau) and possessive ’s."""
    text = _POSSESSIVE.sub("", _ELISION.sub("", text))
    chunks = "".join(_marked(character) for character in text).split()
    return [token for chunk in chunks for token in _of_chunk(chunk.split("-"))]


def words(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text in their order."""
    return tuple(token.word for token in tokens(text))


def _of_chunk(pieces: list[str]) -> Iterator[Token]:
    """Yield the words that stand together, with hyphens between them or alone."""
    follows = False
    for piece in pieces:
        is_word = bool(fold(piece).strip())
        if is_word:
            yield Token(piece, joined=follows)
        follows = is_word


def _marked(character: str) -> str:
    """Return the character, a plain hyphen for every kind of it, a space for all other signs."""
    if character in _HYPHENS:
        return "-"
    return character if unicodedata.category(character) in _PARTS_OF_WORDS else " "
