"""Lists of pages with their filters.

What a list finds is remembered until the content changes, so a list costs no more queries, and no
more work, on a large site than on a small one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext

from . import card_lists
from .card_lists import whole
from .filters import Facet, Filters, Group, Overview
from .models import SitePage
from .pagination import Pager, paginate
from .querysets import SitePageQuerySet
from .quotation import quoted
from .remembered import remembered


@dataclass(frozen=True)
class Chip:
    """A filter in use and the address of the list without it."""

    label: str
    group_label: str
    remove_url: str
    language: str = ""


class Listing:
    """One page of a filtered list, as ``pages/listing.html`` shows it."""

    def __init__(self, parameters: QueryDict, overview: Overview, pager: Pager):
        self._parameters = parameters
        self._overview = overview
        self.pager = pager

    @property
    def pages(self) -> Sequence[int]:
        """The ids of the pages to show."""
        return self.pager.page.object_list

    @property
    def count(self) -> int:
        """How many pages the whole list has."""
        return self._overview.count

    @property
    def facets(self) -> Sequence[Facet]:
        """The filters, each with what can be chosen."""
        return self._overview.facets

    @property
    def unknown(self) -> Sequence[tuple[str, str]]:
        """``(filter, value)`` of what the address asks for and nothing is called."""
        return self._overview.unknown

    @property
    def unknown_words(self) -> str:
        """What was left out, as a list of words."""
        return " · ".join(f"{legend}: {quoted(value[:60])}" for legend, value in self.unknown)

    @property
    def start_again(self) -> dict[str, str]:
        """The way to the list without filters."""
        return {"label": gettext("Show everything"), "url": "?"}

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in use."""
        return [
            Chip(
                label=option.label,
                group_label=facet.legend,
                remove_url=self._without(facet.name, option.value),
                language=option.language,
            )
            for facet in self.facets
            for option in facet.chosen
        ]

    def _without(self, name: str, value: str) -> str:
        """Return the address of the list without one value, from its first page."""
        parameters = self._parameters.copy()
        parameters.pop("page", None)
        parameters.setlist(name, [each for each in parameters.getlist(name) if each != value])
        return f"?{parameters.urlencode()}" if parameters else "?"


class Rows:
    """Rows of a list whose length is known; a slice of them comes from ``fetch``."""

    def __init__(self, count: int, fetch: Callable[[int, int], Sequence[int]]):
        self._count = count
        self._fetch = fetch

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> Sequence[int]:
        return self._fetch(part.start, part.stop)


def listing(
    request: HttpRequest, pages: SitePageQuerySet, names: Sequence[str], groups: Sequence[Group]
) -> Listing:
    """Return the page of the list that the address asks for, newest first.

    404 for a page number that is not there. Filters that nothing is called are left out.
    """
    filters = Filters(pages, names, request.GET, groups)
    key = f"list:{pages.model._meta.label}:{filters.digest}"
    overview = remembered(key, filters.overview)

    def fetch(start: int, stop: int) -> list[int]:
        def select() -> dict[str, list[SitePage]]:
            return {"rows": whole(filters.rows.newest(), stop, start=start)}

        return card_lists.lists(f"{key}:{start}-{stop}", select, request, level=2)["rows"]

    pager = paginate(request, Rows(overview.count, fetch))
    return Listing(request.GET, overview, pager)
