"""Who sees what of whom. No database, no clock, no Django.

A member has a level as a whole, and may narrow single parts further. What somebody sees depends on
how they stand to the member: a stranger, a member, or a peer, who shares a group with them. The
database works out the same for each row (``members.models.seen``), so that filters never find what
is not shown; a test holds the two together.
"""

import enum
import re
import unicodedata
from collections.abc import Iterable, Mapping

# From the narrowest to the widest; the place of a level is its rank.
LEVELS = ("hidden", "groups", "members", "public")
NOBODY = 0
# What can be narrowed by itself. A name is shown wherever a member is.
PARTS = ("country", "affiliation", "position", "about", "photo", "groups", "interests")


class Standing(enum.IntEnum):
    """How somebody stands to a member, as the lowest rank that they see."""

    PEER = 1
    MEMBER = 2
    STRANGER = 3


def rank(level: str) -> int:
    """Return how widely a level shows something; what is no level shows nothing."""
    return LEVELS.index(level) if level in LEVELS else NOBODY


def part_rank(level: str, field_levels: Mapping[str, str], part: str) -> int:
    """Return how widely a part of a profile is shown: never more than the profile itself."""
    own = field_levels.get(part)
    return rank(level) if own is None else min(rank(level), rank(own))


def shown_parts(
    level: str, field_levels: Mapping[str, str], standing: Standing
) -> frozenset[str] | None:
    """Return which parts somebody of this standing sees; ``None`` where not even the name."""
    if rank(level) < standing:
        return None
    return frozenset(part for part in PARTS if part_rank(level, field_levels, part) >= standing)


LONGEST_FOLDED = 200
_WORD = re.compile(r"\w+")
# Letters that have no accent to take off, yet are typed without it.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def folded(name: str) -> str:
    """Return a name as it is sorted and searched: small letters, no accents, words only."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare.translate(_PLAIN)))[:LONGEST_FOLDED]


def starts_of_words(typed: str, most: int = 5) -> list[str]:
    """Return what somebody typed as beginnings of words to look for."""
    return folded(typed).split()[:most]


FEWEST = 3


def countable(numbers: Iterable[int]) -> bool:
    """Say whether numbers may be shown one by one: none stands for so few that it names them."""
    return all(number >= FEWEST for number in numbers)
