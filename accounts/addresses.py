"""An address that somebody has shown to be theirs, and another account that has it already.

What is known of people stands in apps above: they register what becomes of the other account.
"""

import datetime
from collections.abc import Callable

from .models import User

MakesWay = Callable[[User, User, datetime.datetime], bool]
_ways: list[MakesWay] = []


def register(makes_way: MakesWay) -> None:
    """Let ``makes_way(user, other, now)`` take the other account away where it is the same person.

    It returns whether it did.
    """
    _ways.append(makes_way)


def is_free(email: str, user: User, now: datetime.datetime) -> bool:
    """Say whether an account can have this address, once those who make way for it have."""
    other = User.objects.filter(email__iexact=email).exclude(pk=user.pk).first()
    return other is None or any(makes_way(user, other, now) for makes_way in _ways)
