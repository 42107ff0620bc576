"""The list on which organisers tick off who is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import QueryDict

from events.models import EventPage, Registration
from events.registration.rules import COUNTED, State
from files.lists import plain

from .actions import Mark
from .rules import Counts

ROWS_A_PAGE = 400  # each may send a field, and a form holds a limited number of them
NO_REGISTRATION = {State.HELD, State.UNCONFIRMED, State.EXPIRED, State.WALK_IN}
HAD_SEAT = Q(state=State.CONFIRMED) | Q(state=State.CANCELLED, attended__isnull=False)


@dataclass(frozen=True)
class Line:
    """One person of the list."""

    pk: int
    name: str
    organisation: str
    attended: bool | None
    is_walk_in: bool


def lines(event: EventPage, typed: str = "") -> list[Line]:
    """Return those of an event who can have been there, by name.

    ``typed`` narrows the list to names, each of whose typed words begins a word of theirs.
    """
    fields = ("pk", "name", "organisation", "attended", "state")
    rows = Registration.objects.filter(event=event, state__in=COUNTED).values_list(*fields)
    found = [Line(*row[:-1], is_walk_in=row[-1] == State.WALK_IN) for row in rows]
    wanted = plain(typed).split()
    keyed = [(plain(line.name), line) for line in found]
    keyed = [(key, line) for key, line in keyed if _begins(key, wanted)]
    return [line for _key, line in sorted(keyed, key=lambda pair: (pair[0], pair[1].pk))]


def counts(event: EventPage) -> Counts:
    """Return how many registered, have a seat, were there."""
    return counted(Registration.objects.filter(event=event).aggregate(**NUMBERS))


# In the order of ``Counts``; the names are those of no field, or they would hide it.
NUMBERS = {
    "number_registered": Count("pk", filter=~Q(state__in=NO_REGISTRATION)),
    "number_seated": Count("pk", filter=HAD_SEAT),
    "number_attended": Count("pk", filter=HAD_SEAT & Q(attended=True)),
    "number_absent": Count("pk", filter=HAD_SEAT & Q(attended=False)),
    "number_walk_ins": Count("pk", filter=Q(state=State.WALK_IN)),
}


def counted(row: Mapping[str, int]) -> Counts:
    """Return the numbers that a query with ``NUMBERS`` found."""
    return Counts(*(row[name] for name in NUMBERS))


def as_sent(shown: Iterable[Line]) -> str:
    """Return the ids of the lines that are shown ticked and can be changed."""
    return ",".join(str(line.pk) for line in shown if line.attended and not line.is_walk_in)


def changed(sent: QueryDict) -> list[Mark]:
    """Return what somebody changed on the list: a tick more than was shown, or one less.

    What stands as it was shown is no change, so that nobody undoes what somebody else ticked.
    """
    shown, ticked = ids(sent.get("shown", "").split(",")), ids(sent.getlist("here"))
    return [
        *(Mark(pk, attended=True) for pk in sorted(ticked - shown)),
        *(Mark(pk, attended=None) for pk in sorted(shown - ticked)),
    ]


def ids(written: Iterable[str]) -> set[int]:
    """Return the ids among what was sent; what can be none is left out."""
    return {int(each) for each in written if each.isascii() and each.isdigit() and len(each) < 19}


def _begins(name: str, wanted: Iterable[str]) -> bool:
    words = name.split()
    return all(any(word.startswith(start) for word in words) for start in wanted)
