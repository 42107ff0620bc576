"""What the database says of everything that answers, before it is narrowed, ranked and cut."""

from typing import NamedTuple


class Row(NamedTuple):
    """A document that answers. ``facets`` are lines ``facet=value``, ``name`` its folded title."""

    id: int
    score: float
    date: str
    entity: str
    language: str
    name: str
    facets: str

    @property
    def day(self) -> int:
        """The date as a number that grows with it; 0 without one."""
        return int(self.date.replace("-", "") or 0)

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the values that it has in a facet."""
        lines = (line.partition("=") for line in self.facets.split("\n"))
        return tuple(value for name, _sign, value in lines if name == facet)
