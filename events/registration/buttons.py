"""The organisers’ screens of an event, and the ways to them.

Each part of the organisers’ work names its screen here once. The screens are found in the menu of
the event’s page, and on each of them all the others are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus.pages import PageMenuItem

from events.models import EventPage

from . import organising
from .organising import Doing

FIRST = 12


@dataclass(frozen=True)
class Screen:
    """One screen: its address takes the id of an event.

    ``doing`` says who gets there; ``right`` is a right of its own that some of it needs besides.
    """

    label: str | Promise
    url_name: str
    icon: str
    doing: Doing = Doing.ORGANISE
    right: str = ""

    def url(self, event: EventPage) -> str:
        """Return its address for an event."""
        return reverse(self.url_name, args=[event.pk])


SCREENS: tuple[Screen, ...] = (
    Screen(_("Registration"), "event_registration_settings", "group"),
    Screen(_("Waiting list"), "event_queue", "list-ol"),
    Screen(_("Reminders"), "event_reminders", "time"),
    Screen(_("Messages"), "event_messages", "mail", right=organising.WRITE),
    Screen(_("Notices"), "event_notices", "info-circle"),
    Screen(_("Who is there"), "event_attendance", "circle-check", Doing.CHECK_IN),
    Screen(_("Report of the meeting tool"), "event_attendance_report", "upload"),
    Screen(_("Figures"), "event_figures", "view"),
    Screen(_("Who helps"), "event_roles", "user", Doing.APPOINT),
)


def screens_for(user, event: EventPage) -> list[Screen]:
    """Return the screens of an event that this person may open."""
    allowed = {
        doing
        for doing in {screen.doing for screen in SCREENS}
        if organising.events_for(user, doing).filter(pk=event.pk).exists()
    }
    return [
        screen
        for screen in SCREENS
        if screen.doing in allowed and (not screen.right or user.has_perm(screen.right))
    ]


def organisers_buttons(page, user, **around) -> Iterator[PageMenuItem]:
    """Give organisers the ways to their screens among the buttons of an event."""
    event = page.specific_deferred if page.pk else None
    if isinstance(event, EventPage):
        for place, screen in enumerate(screens_for(user, event), start=FIRST):
            yield PageMenuItem(screen.label, screen.url(event), screen.icon, place, page=page)
