"""To whom a message goes: some states of the registrations for one event."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Registration
from events.registration.rules import State
from mail.models import Contact


@dataclass(frozen=True)
class Audience:
    """One part of those who have to do with an event."""

    name: str
    label: str | Promise
    condition: Q


AUDIENCES = {
    part.name: part
    for part in (
        Audience("confirmed", _("those with a seat"), Q(state=State.CONFIRMED)),
        Audience(
            "waiting",
            _("those on the waiting list"),
            Q(state__in=[State.WAITING, State.OFFERED]),
        ),
        Audience("pending", _("those who wait for your decision"), Q(state=State.PENDING)),
        Audience("recording", _("those who want only the recording"), Q(state=State.RECORDING)),
        Audience("attended", _("those who were there"), Q(attended=True)),
        Audience("absent", _("those who were not there"), Q(attended=False)),
    )
}


def condition(names: Collection[str]) -> Q:
    """Return what the registrations of these parts fulfil; nobody where no part is known."""
    anybody = Q(pk__in=[])
    for name in names:
        if name in AUDIENCES:
            anybody |= AUDIENCES[name].condition
    return anybody


def recipients(event_id: int, names: Collection[str]) -> QuerySet[Registration]:
    """Return the registrations that a message reaches: only addresses that we may write to."""
    rows = Registration.objects.filter(condition(names), event=event_id)
    return rows.filter(contact__state=Contact.State.OK)


def sizes(event_id: int) -> dict[str, int]:
    """Return how many people each part reaches now, in one query."""
    reached = Q(contact__state=Contact.State.OK)
    # A count must not have the name of a field.
    counts = {
        f"in_{name}": Count("pk", filter=part.condition & reached)
        for name, part in AUDIENCES.items()
    }
    counted = Registration.objects.filter(event=event_id).aggregate(**counts)
    return {name: counted[f"in_{name}"] for name in AUDIENCES}


def in_words(names: Collection[str]) -> list[str]:
    """Return the labels of these parts, in the order in which they are offered."""
    return [str(part.label) for name, part in AUDIENCES.items() if name in names]
