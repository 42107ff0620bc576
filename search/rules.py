"""What may be counted of what people search. Pure: plain values only."""

import unicodedata

LONGEST_COUNTED = 80
DIGITS_OF_A_NUMBER = 6


def may_be_counted(words: str) -> bool:
    """Return whether a search can be kept without knowing anything about a person.

    An e-mail address, a number of a telephone or a passport and whole sentences are not kept.
    """
    plain = unicodedata.normalize("NFKC", words)
    digits = sum(character.isdigit() for character in plain)
    return 0 < len(plain) <= LONGEST_COUNTED and "@" not in plain and digits < DIGITS_OF_A_NUMBER
