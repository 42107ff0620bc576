"""What a search asks for, read from the address, and the one address that asks for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from django.http import QueryDict

from . import query

FACETS = ("type", "group", "region", "theme", "country", "year", "language")
SORTS = ("relevance", "newest", "oldest")
FORMATS = ("html", "json")
MOST_VALUES = 30

_VALUE = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_PAGE = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class SearchRequest:
    """A search. Values of one facet stand side by side (or); facets narrow each other (and).

    Everything in it is clean: ``q`` is readable text, values are lower-case slugs or years, each
    once and in order. ``page`` is 0 where the address asks for a page that no list can have.
    """

    q: str = ""
    type: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    sort: str = ""
    page: int = 1
    format: str = "html"

    @property
    def words(self) -> tuple[str, ...]:
        """The words to look for; none when everything is asked for."""
        return query.words(self.q)

    @property
    def order(self) -> str:
        """How results are sorted: as asked, else by relevance, or the newest without words."""
        return self.sort or self.default_order

    @property
    def default_order(self) -> str:
        """How results are sorted where the address does not say it."""
        return "relevance" if self.q else "newest"

    @property
    def is_narrowed(self) -> bool:
        """Whether this asks for anything but everything, from the start."""
        return bool(self.query_string)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values of one facet."""
        return getattr(self, facet)

    def criteria(self) -> Iterator[tuple[str, str]]:
        """Yield each ``(facet, value)`` that narrows the search."""
        for facet in FACETS:
            for value in self.chosen(facet):
                yield facet, value

    def without(self, facet: str, value: str) -> "SearchRequest":
        """Return the same search, from its first page, without one value of a facet."""
        kept = tuple(other for other in self.chosen(facet) if other != value)
        return replace(self, page=1, **{facet: kept})

    def sorted_by(self, sort: str) -> "SearchRequest":
        """Return the same search, from its first page, in another order."""
        return replace(self, page=1, sort="" if sort == self.default_order else sort)

    def without_words(self) -> "SearchRequest":
        """Return the search for everything that the facets leave."""
        sort = "" if self.sort in {"newest", "relevance"} else self.sort
        return replace(self, page=1, q="", sort=sort)

    @property
    def parameters(self) -> QueryDict:
        """The parameters of the canonical address: sorted, each once, without defaults."""
        pairs = QueryDict(mutable=True)
        for field in sorted(fields(self), key=lambda field: field.name):
            value = getattr(self, field.name)
            if value != field.default and field.name != "format":
                pairs.setlist(field.name, value if isinstance(value, tuple) else [str(value)])
        return pairs

    @property
    def query_string(self) -> str:
        """What follows the question mark in the canonical address."""
        return self.parameters.urlencode()


def parse(parameters: QueryDict) -> SearchRequest:
    """Return the search that an address asks for; what makes no sense in it is left out."""
    text = query.clean(parameters.get("q", ""))
    asked = SearchRequest(
        q=text,
        page=_page(parameters.get("page", "1")),
        format=_one_of(FORMATS, parameters.get("format", ""), "html"),
        **{facet: _values(facet, parameters.getlist(facet)) for facet in FACETS},
    )
    orders = SORTS if text else ("newest", "oldest")
    sort = _one_of(orders, parameters.get("sort", ""), "")
    return replace(asked.sorted_by(sort), page=asked.page)


def _values(facet: str, given: list[str]) -> tuple[str, ...]:
    pattern = _YEAR if facet == "year" else _VALUE
    clean = {value.strip().lower() for value in given[: MOST_VALUES * 4]}
    return tuple(sorted(value for value in clean if pattern.fullmatch(value)))[:MOST_VALUES]


def _one_of(known: tuple[str, ...], given: str, otherwise: str) -> str:
    return given if given in known else otherwise


def _page(given: str) -> int:
    given = given or "1"
    return int(given) if _PAGE.fullmatch(given) else 0
