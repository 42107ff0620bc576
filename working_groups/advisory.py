"""Who sits on the Advisory Board: by seat, or by rule as a co-chair in office."""

import datetime

from django.db.models import Q

from people.models import Person, Seat
from people.querysets import PersonQuerySet

from .models import Role


def advisory_board(on: datetime.date) -> PersonQuerySet:
    """Return the members of the Advisory Board on a day, by name.

    Nobody enters the co-chairs: they belong to it as long as they are in office
    (``rules.sits_on_advisory_board``).
    """
    seats = Seat.objects.in_office(on).filter(board=Seat.Board.ADVISORY)
    co_chairs = Role.objects.in_office(on).filter(title=Role.Title.CO_CHAIR)
    return Person.objects.filter(
        Q(pk__in=seats.values("person_id")) | Q(pk__in=co_chairs.values("person_id"))
    ).order_by("name")
