"""Who sees what of whom. No database, no clock, no Django.

A member has a level as a whole, and may narrow single parts further. What somebody sees depends on
how they stand to the member: a stranger, a member, or a peer, who shares a group with them. The
database works out the same for each row (``members.models.seen``), so that filters never find what
is not shown; a test holds the two together.
"""

import enum
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
STEPS = 4


@dataclass(frozen=True)
class Cells:
    """How many members live where, with nobody in a cell of fewer than three.

    ``rest_of`` is for the countries of a region that have too few, ``rest`` for what is left then,
    and for those who have not said where they live.
    """

    countries: dict[str, int]
    rest_of: dict[str, int]
    rest: int

    @property
    def total(self) -> int:
        """All members that are counted anywhere."""
        return sum(self.countries.values()) + sum(self.rest_of.values()) + self.rest


def cells(numbers: Mapping[str, int], region_of: Mapping[str, str]) -> Cells:
    """Return numbers by country in cells of at least three, empty ones left out.

    What is too small goes to the rest of its region, from there to the rest of the world. Should
    even that be too small, the smallest cell goes there, too: otherwise the total would tell. Fewer
    than three members in the whole world make no cell. A country ``""`` has not been said.
    """
    countries = {slug: n for slug, n in numbers.items() if slug and n >= FEWEST}
    rest_of: dict[str, int] = {}
    rest = 0
    for slug, number in numbers.items():
        if slug in countries:
            continue
        region = region_of.get(slug, "") if slug else ""
        if region:
            rest_of[region] = rest_of.get(region, 0) + number
        else:
            rest += number
    for region in [region for region, number in rest_of.items() if number < FEWEST]:
        rest += rest_of.pop(region)
    if 0 < rest < FEWEST:
        rest = _with_the_smallest(rest, countries, rest_of)
    return Cells(countries, {key: n for key, n in rest_of.items() if n}, rest)


def _with_the_smallest(rest: int, countries: dict[str, int], rest_of: dict[str, int]) -> int:
    """Take the smallest cell away and return the rest together with it; 0 if there is none."""
    held = [(n, slug, kind) for kind in (countries, rest_of) for slug, n in kind.items()]
    if not held:
        return 0
    number, slug, kind = min(held, key=lambda cell: cell[:2])
    del kind[slug]
    return rest + number


def steps(most: int) -> tuple[int, ...]:
    """Return where the steps of shading begin: three, then up to three round numbers to the top."""
    series = [each * 10**power for power in range(1, 7) for each in (1, 3)]
    return (FEWEST, *[number for number in series if number <= most][1 - STEPS :])


def step_of(number: int, begins: Sequence[int]) -> int:
    """Return the step in which a number falls, from 1; 0 for what is below the first."""
    return sum(number >= begin for begin in begins)
