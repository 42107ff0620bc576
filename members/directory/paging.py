"""Pages of a long list of members, from one name to the next.

A page is asked for by the name before it, not by its number: the thousandth costs what the first
does, and nobody is left out or shown twice when somebody joins meanwhile. The address carries the
name itself, so that it tells nothing that the reader did not see.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict

from members.models import Member

from .finding import ORDER
from .rules import LONGEST_FOLDED

PER_PAGE = 24
MOST_COUNTED = 1_000
PLACES_IN_LIST = ("before", "after", "page")
_BETWEEN = "~"


@dataclass(frozen=True)
class Listed:
    """One page of members, and the ways to the pages beside it; an empty address is no way."""

    members: Sequence[Member]
    previous_url: str
    next_url: str
    is_first: bool
    links: tuple = ()


def page_of(found: QuerySet[Member], parameters: QueryDict, per_page: int = PER_PAGE) -> Listed:
    """Return the page that ``after`` or ``before`` asks for; 404 for what we never wrote there."""
    backwards = "before" in parameters
    asked = parameters.get("before") or parameters.get("after") or ""
    place = _read(asked) if asked else None
    rows = found
    if backwards:
        rows = rows.order_by(*(f"-{name}" for name in ORDER))
    if place:
        rows = rows.filter(_beyond(place, backwards=backwards))
    members = list(rows[: per_page + 1])
    is_more, members = len(members) > per_page, members[:per_page]
    if backwards:
        members.reverse()
    before = is_more if backwards else place is not None
    after = is_more if not backwards else place is not None
    return Listed(
        members,
        previous_url=_url(parameters, "before", members[0]) if members and before else "",
        next_url=_url(parameters, "after", members[-1]) if members and after else "",
        is_first=not asked,
    )


def first_found(found: QuerySet[Member], most: int = MOST_COUNTED) -> list[int]:
    """Return the ids of those who are found, in no order; one more than ``most`` at the most."""
    return list(found.order_by().values_list("pk", flat=True)[: most + 1])


def _read(written: str) -> tuple[str, uuid.UUID]:
    name, _between, public_id = written.rpartition(_BETWEEN)
    try:
        if len(name) > LONGEST_FOLDED or "\x00" in name:
            raise ValueError(written)
        return name, uuid.UUID(public_id)
    except ValueError as error:
        raise Http404("No such page of the list.") from error


def _beyond(place: tuple[str, uuid.UUID], *, backwards: bool) -> Q:
    """Return what comes after a place, or before it; the first half is for the index."""
    name, public_id = place
    side = "lt" if backwards else "gt"
    return Q(**{f"folded_name__{side}e": name}) & (
        Q(**{f"folded_name__{side}": name}) | Q(**{f"public_id__{side}": public_id})
    )


def _url(parameters: QueryDict, side: str, member: Member) -> str:
    kept = parameters.copy()
    for name in PLACES_IN_LIST:
        kept.pop(name, None)
    kept[side] = f"{member.folded_name}{_BETWEEN}{member.public_id}"
    return f"?{kept.urlencode()}"
