"""Small decisions about people. No database, no clock: everything comes in as an argument."""

import datetime
import unicodedata


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name.

    Particles count as words; a name of one word gives one letter; a name without letters gives
    an empty text.
    """
    words = [word for word in name.split() if unicodedata.category(word[0]).startswith("L")]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0].upper() for word in ends)


def includes(since: datetime.date, until: datetime.date | None, day: datetime.date) -> bool:
    """Return whether a term of office includes a day; both ends belong to it."""
    return since <= day and (until is None or day <= until)


def years(first: int, last: int) -> str:
    """Return a span of years: ``2022–2024``, or one year alone."""
    return str(first) if first == last else f"{first}–{last}"
