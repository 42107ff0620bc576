"""Who may do what at which event (R24).

Co-chairs and the secretariat have rights by their place in the tree; a host has the same at one
event, apart from making others hosts; whoever only checks people in sees names and nothing else.
"""

from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from events.models import EventPage, EventRole, Registration
from working_groups.access import is_secretariat, own_paths

TAKE = "events.take_registrations"
CHANGE_ACCESS = "events.change_eventaccess"
WRITE = "events.message_attendees"


class Doing(StrEnum):
    """What somebody wants to do at an event."""

    CHECK_IN = "check in"  # tick off who is there
    ORGANISE = "organise"  # seats, terms, who takes part, messages, the list to take away
    APPOINT = "appoint"  # say who else organises


# Which roles at one event carry which right; nobody passes on what they were given.
ROLES = {
    Doing.CHECK_IN: (EventRole.Role.HOST, EventRole.Role.CO_HOST, EventRole.Role.CHECK_IN),
    Doing.ORGANISE: (EventRole.Role.HOST, EventRole.Role.CO_HOST),
    Doing.APPOINT: (),
}


def events_for(user: AbstractBaseUser, doing: Doing = Doing.ORGANISE) -> QuerySet[EventPage]:
    """Return the events at which this person may do that; every list of attendees begins here."""
    if is_secretariat(user):
        return EventPage.objects.all()
    own = Q(pk__in=[])
    for path in own_paths(user):
        own |= Q(path__startswith=path)
    # A meeting in several languages is one: a role at it holds on all of its pages.
    mine = roles_of(user, doing).values("event__translation_key")
    return EventPage.objects.filter(own | Q(translation_key__in=mine))


def registrations_for(
    user: AbstractBaseUser, doing: Doing = Doing.ORGANISE
) -> QuerySet[Registration]:
    """Return the registrations that this person looks after."""
    return Registration.objects.filter(event__in=events_for(user, doing).values("pk"))


def organises(user: AbstractBaseUser, doing: Doing = Doing.ORGANISE) -> bool:
    """Say whether somebody may do that at any event."""
    return is_secretariat(user) or bool(own_paths(user)) or roles_of(user, doing).exists()


def roles_of(user: AbstractBaseUser, doing: Doing) -> QuerySet[EventRole]:
    """Return the roles by which this person may do that."""
    return EventRole.objects.filter(user=user.pk, role__in=ROLES[doing])
