"""Quotation marks as each language writes them."""

from django.utils.translation import get_language

# What is not listed takes the English ones.
MARKS = {"fr": ("«\u202f", "\u202f»"), "es": ("«", "»"), "ar": ("«", "»")}


def quoted(text: str, language: str | None = None) -> str:
    """Return a text between the quotation marks of its language, by default the active one."""
    opening, closing = MARKS.get(language or get_language() or "", ("“", "”"))
    return f"{opening}{text}{closing}"
