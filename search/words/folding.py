"""Words as they are compared: small letters without accents, and their stems. Pure.

An index and a search meet when both pass through here. Each folded word consists of letters and
digits only, so it can stand in the notation of any engine.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

from .arabic import light_stem

LANGUAGES = ("en", "fr", "es", "pt", "ar")
LONGEST_WORD = 64
SHORTEST_WITH_STEM = 4

_ALGORITHMS = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "pt": "portuguese",
}
_WRITTEN_OUT = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ı": "i"}
_ARABIC = {"ى": "ي", "ة": "ه", "ـ": ""}  # as Elasticsearch’s arabic_normalization
_APOSTROPHES = "'’‘ʼ＇"
_ELISION = re.compile(
    rf"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu)[{_APOSTROPHES}](?=\w)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(rf"(?<=\w)[{_APOSTROPHES}]s(?!\w)", re.IGNORECASE)
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
_IS_FOR_IZ = re.compile(r"is(?=(?:ations?|ational|e|ed|er|ers|es|ing)$)")
_stemmers = threading.local()  # a stemmer keeps the word on which it works


class _Letters(dict[int, str]):
    """What each character is in a folded text, found once: letters, nothing, or a space."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_one(chr(code))
        return folded


def fold(text: str) -> str:
    """Return the text in small letters without accents; what is no letter or digit is a space."""
    return text.translate(_FOLDED)


def words(text: str) -> list[str]:
    """Return the folded words of a text in their order, without elided articles: “eau” of “l’eau”.

    What hangs together by hyphens is several words.
    """
    text = _POSSESSIVE.sub("", _ELISION.sub("", text))
    return [word[:LONGEST_WORD] for word in fold(text).split()]


def compounds(text: str) -> list[str]:
    """Return what hangs together by hyphens as one folded word each: “subnational”."""
    return ["".join(words(compound)) for compound in _COMPOUND.findall(text)]


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word; a language without stems leaves it as it is.

    Arabic words have Arabic stems in a text of any language.
    """
    if is_arabic(word):
        return light_stem(word)
    if language not in _ALGORITHMS or len(word) < SHORTEST_WITH_STEM:
        return word
    if language == "en":
        word = _IS_FOR_IZ.sub("iz", word)
    return _stemmer(language).stemWord(word) or word


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a folded word in all languages, each once.

    Of what somebody types the language is unknown.
    """
    return tuple(dict.fromkeys(stem(word, language) for language in LANGUAGES))


def is_arabic(word: str) -> bool:
    """Return whether a word is written in Arabic letters."""
    return "\u0600" <= word[:1] <= "\u06ff"


def _stemmer(language: str):
    if not hasattr(_stemmers, language):
        setattr(_stemmers, language, snowballstemmer.stemmer(_ALGORITHMS[language]))
    return getattr(_stemmers, language)


def _fold_one(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":  # soft hyphens, joiners, marks of direction
        return ""
    if category == "No":  # a raised number is a note to the word before it
        return " "
    parts = unicodedata.normalize("NFKD", character.lower())
    return "".join(_plain(part) for part in parts)


def _plain(part: str) -> str:
    known = _WRITTEN_OUT.get(part, _ARABIC.get(part))
    if known is not None:
        return known
    category = unicodedata.category(part)[0]
    if category == "M":
        return ""
    return part if category in "LN" else " "


_FOLDED = _Letters()
