"""One page of the directory, as it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from pages.portraits import PersonLine

from . import profiles
from .finding import among, directory
from .narrowing import Narrowing
from .paging import MOST_COUNTED, Listed, first_found, page_of
from .viewers import Viewer


@dataclass(frozen=True)
class Listing:
    """The lines of a page, how many there are in all, and what narrows them."""

    narrowing: Narrowing
    people: Sequence[PersonLine]
    pager: Listed
    number: int
    is_more: bool

    @property
    def is_start(self) -> bool:
        """Whether this is the first page of everybody."""
        return self.pager.is_first and not self.narrowing.choice


def listing(viewer: Viewer, parameters: QueryDict) -> Listing:
    """Return the page that an address asks for; 404 for one that we never led to."""
    narrowing = Narrowing(parameters)
    found = directory(viewer, narrowing.choice)
    pks = first_found(found)
    is_more = len(pks) > MOST_COUNTED
    # Where few are found among many, it is the finding that takes its time: once is enough.
    shown = found if is_more else among(viewer, pks)
    page = page_of(profiles.with_faces(shown), parameters)
    lines = [profiles.line(viewer, member) for member in page.members]
    return Listing(narrowing, lines, page, min(len(pks), MOST_COUNTED), is_more)
