"""A search with some of its words spelled otherwise. Pure."""

import re
from collections.abc import Sequence

from .folding import fold
from .wanted import Wanted


def respelled(wanted: Wanted, better: Sequence[str]) -> str:
    """Return what was typed in a better spelling, given for each wanted word in their order.

    A word that differs only in its accents stays as it was typed; nothing if no other differs.
    """
    if len(better) != len(wanted.words):
        return ""
    pairs = zip(wanted.words, better, strict=True)
    changed = {typed: right for typed, right in pairs if fold(typed) != fold(right)}
    text = wanted.text if changed else ""
    for typed, right in changed.items():
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", right, text, flags=re.IGNORECASE)
    return text
