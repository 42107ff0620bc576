"""Narrows what was found to the values in use, and counts the values of all facets. Pure.

Each facet is counted with all others applied but not itself, so that its counts say what one more
value would bring. A result that only one facet shuts out counts in that facet, and nowhere else.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from .rows import Row

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Narrowed:
    """The rows that pass every facet in use, and those that all but one would let pass."""

    rows: list[Row]
    missed: Mapping[str, list[Row]]

    def counts(self, counted: Collection[str]) -> Counts:
        """Return how many results each value of these facets has."""
        facets: Counts = {facet: {} for facet in counted}
        _add(facets, self.rows)
        for facet, rows in self.missed.items():
            if facet in facets:
                _add({facet: facets[facet]}, rows)
        return facets


def narrow(rows: Iterable[Row], chosen: Mapping[str, Sequence[str]]) -> Narrowed:
    """Return which rows pass; values of one facet widen, facets narrow."""
    wanted = {
        facet: frozenset(f"{facet}={value}" for value in values)
        for facet, values in chosen.items()
        if values
    }
    if not wanted:
        return Narrowed(list(rows), {})
    passing, missed = [], defaultdict(list)
    for row in rows:
        own = row.facets.split("\n")
        failed = [facet for facet, values in wanted.items() if values.isdisjoint(own)]
        if not failed:
            passing.append(row)
        elif len(failed) == 1:
            missed[failed[0]].append(row)
    return Narrowed(passing, missed)


def _add(facets: Mapping[str, dict[str, int]], rows: Iterable[Row]) -> None:
    """Count the values of these facets in the rows; the loop over all of them is the counter’s."""
    counts = Counter(chain.from_iterable(row.facets.split("\n") for row in rows))
    for line, number in counts.items():
        facet, _sign, value = line.partition("=")
        if facet in facets:
            facets[facet][value] = facets[facet].get(value, 0) + number
