"""Pages of a list, by ``?page=``, with addresses that keep the other parameters."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, QueryDict
from django.utils.functional import cached_property

PER_PAGE = 20


@dataclass(frozen=True)
class Link:
    """A numbered page, or a gap between two."""

    number: int = 0
    url: str = ""
    current: bool = False
    gap: bool = False


class Pager:
    """One page of a list, and what ``components/pager.html`` needs to reach the others."""

    def __init__(self, rows: Sequence, parameters: QueryDict, number: int, per_page: int):
        self._parameters = parameters
        self._paginator = Paginator(rows, per_page)
        self.page = self._paginator.page(number)

    @property
    def count(self) -> int:
        """How many rows the whole list has."""
        return self._paginator.count

    @property
    def number(self) -> int:
        """Which page this is, from 1."""
        return self.page.number

    @property
    def total(self) -> int:
        """How many pages there are."""
        return self._paginator.num_pages

    @cached_property
    def links(self) -> list[Link]:
        """The first, the last and the neighbouring pages, with gaps."""
        numbers = self._paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [
            Link(number, self.url(number), number == self.number)
            if isinstance(number, int)
            else Link(gap=True)
            for number in numbers
        ]

    @property
    def previous_url(self) -> str:
        """Empty on the first page."""
        return self.url(self.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """Empty on the last page."""
        return self.url(self.number + 1) if self.page.has_next() else ""

    def url(self, number: int) -> str:
        """Return the address of another page of the same list."""
        parameters = self._parameters.copy()
        parameters.pop("page", None)
        if number > 1:
            parameters["page"] = str(number)
        return f"?{parameters.urlencode()}" if parameters else "?"


def paginate(request: HttpRequest, rows: Sequence, per_page: int = PER_PAGE) -> Pager:
    """Return the page that the address asks for; 404 for one that is not there."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7):
        raise Http404("No such page of the list.")
    try:
        return Pager(rows, request.GET, int(asked), per_page)
    except EmptyPage as error:
        raise Http404("No such page of the list.") from error
