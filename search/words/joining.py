"""Words that some write as one: “child care” and “childcare”, “data set” and “dataset”. Pure."""

from dataclasses import replace
from itertools import pairwise

from .wanted import Part, Wanted

SHORTEST = 3


def with_joined(wanted: Wanted) -> Wanted:
    """Return what is wanted, with each two words in a row answered by both written as one."""
    parts = list(wanted.parts)
    for place, (first, second) in enumerate(pairwise(wanted.parts)):
        if _can_join(first) and _can_join(second):
            joined = (first.words[0] + second.words[0],)
            for number in (place, place + 1):
                others = parts[number].alternatives
                parts[number] = replace(parts[number], alternatives=(*others, joined))
    return replace(wanted, parts=tuple(parts))


def _can_join(part: Part) -> bool:
    return len(part.words) == 1 and len(part.words[0]) >= SHORTEST and part.words[0].isalpha()
