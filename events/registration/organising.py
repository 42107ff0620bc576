"""Which events somebody organises: co-chairs those of their own group, the secretariat all."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from events.models import EventPage, Registration
from working_groups.access import is_secretariat, own_paths

TAKE = "events.take_registrations"
CHANGE_ACCESS = "events.change_eventaccess"


def events_for(user: AbstractBaseUser) -> QuerySet[EventPage]:
    """Return the events that this person organises; every list of attendees begins here (R24)."""
    if is_secretariat(user):
        return EventPage.objects.all()
    own = Q(pk__in=[])
    for path in own_paths(user):
        own |= Q(path__startswith=path)
    return EventPage.objects.filter(own)


def registrations_for(user: AbstractBaseUser) -> QuerySet[Registration]:
    """Return the registrations that this person looks after."""
    return Registration.objects.filter(event__in=events_for(user).values("pk"))


def organises(user: AbstractBaseUser) -> bool:
    """Say whether somebody organises events at all."""
    return is_secretariat(user) or bool(own_paths(user))
