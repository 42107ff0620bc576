"""Small decisions about people. No database, no clock: everything comes in as an argument."""

import unicodedata


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name.

    Particles count as words; a name of one word gives one letter; a name without letters gives
    an empty text.
    """
    words = [word for word in name.split() if unicodedata.category(word[0]).startswith("L")]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0].upper() for word in ends)
