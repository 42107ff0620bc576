"""The most that is asked of an engine at once: each refuses queries with too many clauses."""

from dataclasses import replace

from search.words.wanted import Part, Wanted, Words

MOST_PARTS = 16
MOST_PHRASES = 8
MOST_WORDS = 16  # of a part or a phrase
MOST_ALTERNATIVES = 48  # of all parts together
MOST_FOR_ONE = 8


def bounded(wanted: Wanted) -> Wanted:
    """Return what is wanted without what is too much; a search that a reader types has room."""
    parts = wanted.parts[:MOST_PARTS]
    alternatives = min(MOST_FOR_ONE, MOST_ALTERNATIVES // max(len(parts), 1))
    return replace(
        wanted,
        parts=tuple(
            Part(part.words[:MOST_WORDS], _short(part.alternatives[:alternatives]))
            for part in parts
        ),
        phrases=_short(wanted.phrases[:MOST_PHRASES]),
        excluded=_short(wanted.excluded[:MOST_PHRASES]),
    )


def _short(phrases: tuple[Words, ...]) -> tuple[Words, ...]:
    return tuple(words[:MOST_WORDS] for words in phrases)
