"""Text as it is extracted from files, made into text as people type it."""

import re
import unicodedata

# Letters in the shape of their place in a word, and ligatures: what PDF files keep of words.
_SHAPES = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
# Soft hyphens with the end of their line, marks of direction and of width, the Arabic kashida.
_SOFT_HYPHENS = re.compile("\u00ad\\s*")
_INVISIBLE = re.compile("[\u0640\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# Possessive, and only from the start of a word: a text of one endless word takes no longer.
_HYPHENATED = re.compile(r"\b([^\W\d_]{2,}+)[-‐][^\S\n]*+\n\s*+([^\W\d_]++)")
_COMPOUND = re.compile(r"\b[^\W\d_]++[-‐][^\W\d_]++")
_LEADERS = re.compile(r"(?:[.·•…_]\s?){4,}")
_NO_TEXT = {"Cc", "Cn", "Co", "Cs"}


def clean(text: str) -> str:
    """Return a page’s text in one line, composed, with the words whole that lines had divided."""
    text = _SHAPES.sub(lambda shapes: unicodedata.normalize("NFKC", shapes.group()), text)
    text = unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", _SOFT_HYPHENS.sub("", text))
    text = _join_divided_words(text)
    text = "".join(letter if _is_text(letter) else " " for letter in text)
    return " ".join(_LEADERS.sub(" ", text).split())


def _join_divided_words(text: str) -> str:
    """Return the text without hyphens at the ends of lines, unless they belong to the word.

    They belong to it before a capital letter and in a word that has its hyphen elsewhere too.
    """
    compounds = {compound.replace("‐", "-").lower() for compound in _COMPOUND.findall(text)}

    def joined(match: re.Match[str]) -> str:
        start, end = match.groups()
        is_compound = not end[0].islower() or f"{start}-{end}".lower() in compounds
        return f"{start}-{end}" if is_compound else start + end

    return _HYPHENATED.sub(joined, text)


def _is_text(letter: str) -> bool:
    return unicodedata.category(letter) not in _NO_TEXT
