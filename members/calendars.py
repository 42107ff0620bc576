"""Which events are a member’s own: the meetings of their groups, and what they registered for."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from events.feeds import personal
from events.models import Registration
from events.registration.rules import SEATED, State

from .models import GroupMembership

COMING = SEATED | {State.PENDING, State.WAITING}


def groups_meetings(user: AbstractBaseUser) -> Q:
    """Return the condition of the events of the groups that this person has joined."""
    joined = GroupMembership.objects.filter(member__user=user)
    return Q(group__translation_key__in=joined.values("group__translation_key"))


def registered(user: AbstractBaseUser) -> Q:
    """Return the condition of the events at which this person has a place or waits for one."""
    coming = Registration.objects.filter(contact__member__user=user, state__in=COMING)
    return Q(translation_key__in=coming.values("event__translation_key"))


def register() -> None:
    """Let both stand in members’ own calendars."""
    personal.register(groups_meetings)
    personal.register(registered)
