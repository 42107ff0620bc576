"""What a search asks for, read from the address, and the one address that asks for it."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from django.http import QueryDict

from .engines.answers import FACETS
from .words.parsing import clean

SORTS = ("relevance", "newest", "oldest")
FORMATS = ("html", "json", "rss")
MOST_VALUES = 30

_VALUE = re.compile(r"\w[\w-]{0,149}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_PAGE = re.compile(r"[1-9][0-9]{0,5}")
_NOT_IN_ADDRESSES = {"format", "unknown"}

# Says which of some values of a facet mean something.
Knows = Callable[[str, Sequence[str]], Collection[str]]


@dataclass(frozen=True)
class SearchRequest:
    """A search. Values of one facet stand side by side (or); facets narrow each other (and).

    Everything in it is clean: ``q`` is readable text, values are known, lower-case, each once and
    in order. ``page`` is 0 where the address asks for a page that no list can have. ``exact`` asks
    for the words as typed. ``unknown`` are the ``(facet, value)`` that mean nothing; they narrow
    nothing and stand in no address.
    """

    q: str = ""
    type: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    recording: tuple[str, ...] = ()
    exact: bool = False
    sort: str = ""
    page: int = 1
    format: str = "html"
    unknown: tuple[tuple[str, str], ...] = field(default=(), compare=False)

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

    @property
    def in_use(self) -> dict[str, tuple[str, ...]]:
        """The values by facet, of the facets that narrow the search."""
        return {facet: values for facet in FACETS if (values := self.chosen(facet))}

    def criteria(self) -> Iterator[tuple[str, str]]:
        """Yield each ``(facet, value)`` that narrows the search."""
        for facet, values in self.in_use.items():
            for value in values:
                yield facet, value

    @property
    def criteria_in_use(self) -> int:
        """How many values narrow the search."""
        return len(list(self.criteria()))

    def without(self, facet: str, value: str) -> "SearchRequest":
        """Return the same search, from its first page, without one value of a facet."""
        kept = tuple(other for other in self.chosen(facet) if other != value)
        return replace(self, page=1, **{facet: kept})

    def sorted_by(self, sort: str) -> "SearchRequest":
        """Return the same search, from its first page, in another order."""
        return replace(self, page=1, sort="" if sort == self.default_order else sort)

    def with_words(self, words: str, *, exact: bool = False) -> "SearchRequest":
        """Return the search for other words within the same facets, from its first page."""
        return replace(self, page=1, q=words, exact=exact)

    def without_words(self) -> "SearchRequest":
        """Return the search for everything that the facets leave."""
        sort = "" if self.sort in {"newest", "relevance"} else self.sort
        return replace(self, page=1, q="", exact=False, sort=sort)

    def without_facets(self) -> "SearchRequest":
        """Return the search for the same words in everything."""
        return replace(self, page=1, **dict.fromkeys(FACETS, ()))

    @property
    def parameters(self) -> QueryDict:
        """The parameters of the canonical address: sorted, each once, without defaults."""
        pairs = QueryDict(mutable=True)
        for each in sorted(fields(self), key=lambda each: each.name):
            value = getattr(self, each.name)
            if value != each.default and each.name not in _NOT_IN_ADDRESSES:
                pairs.setlist(each.name, _written(value))
        return pairs

    @property
    def query_string(self) -> str:
        """What follows the question mark in the canonical address."""
        return self.parameters.urlencode()


def parse(parameters: QueryDict, knows: Knows) -> SearchRequest:
    """Return the search that an address asks for; what makes no sense in it is left out."""
    text = clean(parameters.get("q", ""))
    readable, unknown = _facets(parameters, knows)
    asked = SearchRequest(
        q=text,
        exact=bool(text) and parameters.get("exact") == "1",
        page=_page(parameters.get("page", "1")),
        format=_one_of(FORMATS, parameters.get("format", ""), "html"),
        unknown=unknown,
        **readable,
    )
    orders = SORTS if text else ("newest", "oldest")
    sort = _one_of(orders, parameters.get("sort", ""), "")
    return replace(asked.sorted_by(sort), page=asked.page)


def _facets(
    parameters: QueryDict, knows: Knows
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Return the values by facet that mean something, and the others as ``(facet, value)``."""
    known, unknown = {}, []
    for facet in FACETS:
        given = {value.strip().lower() for value in parameters.getlist(facet)[: MOST_VALUES * 4]}
        pattern = _YEAR if facet == "year" else _VALUE
        readable = {value for value in given if pattern.fullmatch(value)}
        asked = sorted(readable)[:MOST_VALUES]
        meant = set(knows(facet, asked)) if asked else set()
        known[facet] = tuple(value for value in asked if value in meant)
        left_out = {clean(value) for value in (given - readable) | (set(asked) - meant)}
        unknown += [(facet, value) for value in sorted(left_out) if value]
    return known, tuple(unknown)


def _written(value: str | int | tuple[str, ...]) -> list[str]:
    """Return a value of a search as it stands in an address."""
    if isinstance(value, tuple):
        return list(value)
    return [str(int(value)) if isinstance(value, bool) else str(value)]


def _one_of(known: Sequence[str], given: str, otherwise: str) -> str:
    return given if given in known else otherwise


def _page(given: str) -> int:
    given = given or "1"
    return int(given) if _PAGE.fullmatch(given) else 0
