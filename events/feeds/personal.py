"""Which events are somebody’s own. The apps above know it: they register here."""

import datetime
import uuid
from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from events.models import PersonalCalendar

# Given an account, what its events fulfil: its groups’ meetings, those it registered for.
Source = Callable[[AbstractBaseUser], Q]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let ``source`` add events to everybody’s own calendar; a condition without a query is best,
    as it becomes part of the one query that a feed makes."""
    if source not in _sources:
        _sources.append(source)


def own_events(user: AbstractBaseUser) -> Q:
    """Return the condition that the events of this account fulfil; none without any source."""
    condition = Q(pk__in=[])
    for source in _sources:
        condition |= source(user)
    return condition


def renew(user: AbstractBaseUser, now: datetime.datetime) -> PersonalCalendar:
    """Give an account a new address; the old one, if there was any, answers no more."""
    calendar, _is_new = PersonalCalendar.objects.update_or_create(
        user=user, defaults={"key": uuid.uuid4(), "made_at": now}
    )
    return calendar


def close(user: AbstractBaseUser) -> None:
    """Take the address away."""
    PersonalCalendar.objects.filter(user=user).delete()
