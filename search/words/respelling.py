"""A search with some of its words spelled otherwise."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .folding import fold
from .wanted import Part, Wanted, Words


def respelled(wanted: Wanted, better: Sequence[str]) -> Wanted | None:
    """Return what is wanted in a better spelling, given for each of its words in their order.

    A word that differs only in its accents stays as it was typed; ``None`` if nothing differs.
    """
    if len(better) != len(wanted.words):
        return None
    pairs = zip(wanted.words, better, strict=True)
    changed = {typed: right for typed, right in pairs if fold(typed) != fold(right)}
    if not changed:
        return None
    return replace(
        wanted,
        text=_with(changed, wanted.text),
        parts=tuple(_part(changed, part) for part in wanted.parts),
        phrases=tuple(_words(changed, phrase) for phrase in wanted.phrases),
    )


def _part(changed: Mapping[str, str], part: Part) -> Part:
    """Return a part with its words changed; what means the same holds for it no longer."""
    words = _words(changed, part.words)
    return part if words == part.words else Part(words)


def _words(changed: Mapping[str, str], words: Words) -> Words:
    return tuple(changed.get(word, word) for word in words)


def _with(changed: Mapping[str, str], text: str) -> str:
    for typed, right in changed.items():
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", right, text, flags=re.IGNORECASE)
    return text
