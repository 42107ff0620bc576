"""How registration for an event stands, in words for readers.

What the page of an event says is cached for a minute and the same for everybody; the exact numbers
stand on the page where one registers, which is not.
"""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import times

from . import people, rules
from .people import Who
from .rules import Occasion, Refusal, Refused

FEW_PERCENT = 10


@dataclass(frozen=True)
class Door:
    """What there is to say; ``action`` is the link to register, as long as one can."""

    text: str
    action: dict[str, str] | None = None


def occasion(event) -> Occasion:
    """Return what registration needs to know of an event."""
    return Occasion(event.starts_at, event.ends_at, event.status, event.live)


def seats_of(event):
    """Return the seats of an event, by any of its pages; ``None`` where nobody can register."""
    own = getattr(event, "_seats_of_meeting", None)
    if own is None:
        model = type(event).seats.related.related_model
        own = model.objects.filter(meeting=event.translation_key).first()
        event._seats_of_meeting = own
    return own


def door(event, seats, now: datetime.datetime) -> Door:
    """Return how registration stands, as far as it may be a minute old."""
    if closed := rules.closed_because(occasion(event), seats.terms, now):
        return Door(refusal_words(closed, event))
    url = reverse("event_register", args=[event.pk])
    if rules.has_room(seats.capacity, seats.seats_held, seats.waiting):
        return Door(_open_words(seats), {"label": _("Register"), "url": url})
    return Door(
        _("All seats are taken. Seats that become free go to the waiting list, in its order."),
        {"label": _("Join the waiting list"), "url": url},
    )


def refusal_of(event, seats, who: Who | None, now: datetime.datetime) -> Refused | None:
    """Return why this reader cannot register now, or ``None``."""
    is_for_group = seats.audience == rules.Audience.GROUP
    standing = rules.Standing(
        is_member=who is not None,
        is_in_group=is_for_group and who is not None and people.is_in_group(who, event.group),
    )
    closed = rules.closed_because(occasion(event), seats.terms, now)
    return closed or rules.refused_because(seats.terms, standing, now)


def exact_words(seats) -> str:
    """Return how many seats are free or how many people wait, as of now."""
    if seats.free == 0 and not seats.waiting:
        return _("All seats are taken; nobody is waiting yet.")
    if seats.waiting:
        words = ngettext(
            "All seats are taken; %(number)d person is waiting.",
            "All seats are taken; %(number)d people are waiting.",
            seats.waiting,
        )
        return words % {"number": seats.waiting}
    if seats.free is None:
        return _("There are enough seats for everybody.")
    words = ngettext("%(number)d seat is free.", "%(number)d seats are free.", seats.free)
    return words % {"number": seats.free}


def refusal_words(refused: Refused, event) -> str:
    """Return why somebody cannot register, with the day and hour if it will or did change."""
    words = {
        Refusal.OFF: _("This event does not take place as planned; nobody can register now."),
        Refusal.OVER: _("This event is over."),
        Refusal.NOT_YET: _("Registration opens on %(at)s."),
        Refusal.CLOSED: _("Registration closed on %(at)s."),
        Refusal.MEMBERS_ONLY: _("This event is for members. Membership is free."),
        Refusal.MEMBERS_FIRST: _("Until %(at)s only members can register. Membership is free."),
        Refusal.GROUP_ONLY: _("This event is for members of the working group."),
    }
    at = times.moment(refused.at, times.zone_of(event)) if refused.at else ""
    return words[refused.reason] % {"at": at}


def _open_words(seats) -> str:
    few = seats.capacity is not None and (
        rules.free_seats(seats.capacity, seats.seats_held, 0) * 100 <= seats.capacity * FEW_PERCENT
    )
    free = _("Free of charge. Those who register get the link to join and a calendar entry.")
    return f"{_('Only a few seats are left.')} {free}" if few else free
