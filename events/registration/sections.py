"""Where one registration stands, in words for the person."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from events import times
from events.models import Registration

from . import links, rules
from .rules import State


@dataclass(frozen=True)
class Standing:
    """What a person sees of a registration; ``url`` is their own page about it."""

    title: str
    text: str
    url: str
    join_url: str = ""
    is_offered: bool = False
    is_active: bool = False


def standing_of(registration: Registration, place: int | None = None) -> Standing:
    """Return where a registration stands, with the place in the queue, if that is not known yet."""
    state = State(registration.state)
    place = place_in_line(registration) if place is None else place
    title, text = _words(registration, place)[state]
    token = links.make(links.MANAGE, registration)
    may_join = state == State.CONFIRMED and registration.event.mode != "in-person"
    return Standing(
        title=str(title),
        text=str(text),
        url=reverse("registration", args=[token]),
        join_url=reverse("registration_join", args=[token]) if may_join else "",
        is_offered=state == State.OFFERED,
        is_active=state in rules.ACTIVE,
    )


def place_in_line(registration: Registration) -> int:
    """Return how many are in the queue up to this one; 0 for somebody who does not wait."""
    if registration.state != State.WAITING:
        return 0
    line = Registration.objects.filter(event=registration.event_id, state=State.WAITING)
    return line.filter(queue_no__lte=registration.queue_no).count()


def _words(registration: Registration, place: int) -> dict[State, tuple[str, str]]:
    offered, there = registration.offer_until, times.zone_named(registration.time_zone)
    unproven = (
        _("Not confirmed yet"),
        _("Open the mail that we sent you and press the button there."),
    )
    return {
        State.HELD: unproven,
        State.UNCONFIRMED: unproven,
        State.PENDING: (
            _("The organisers decide"),
            _("We write to you as soon as they have."),
        ),
        State.CONFIRMED: (
            _("You have a seat"),
            _("The way to join is shown here shortly before the event begins."),
        ),
        State.WAITING: (
            _("You are on the waiting list"),
            _("You are number %(place)s. We write to you when a seat becomes free for you.")
            % {"place": place},
        ),
        State.OFFERED: (
            _("A seat is free for you"),
            _("Take it by %(until)s; after that it goes to the next in line.")
            % {"until": times.moment(offered, there) if offered else ""},
        ),
        State.RECORDING: (
            _("You will get the recording"),
            _("We write to you once it is there."),
        ),
        State.EXPIRED: (
            _("This registration has expired"),
            _("You can register again."),
        ),
        State.DECLINED: (
            _("You have no place in this event"),
            _("The organisers could not give you one."),
        ),
        State.CANCELLED: (
            _("This registration is cancelled"),
            _("You can come back at any time by registering again."),
        ),
        State.WALK_IN: (
            _("You were there"),
            _("The organisers wrote down that you came."),
        ),
    }
