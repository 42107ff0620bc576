"""What somebody who helps with events sees first in the admin: those events."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from events import times
from events.models import EventPage, EventRole
from events.registration.buttons import SCREENS
from events.registration.organising import ROLES

MOST = 20
LOOK_BACK = datetime.timedelta(days=60)


@dataclass(frozen=True)
class HelpedEvent:
    """One event with the ways to what this person may do there."""

    event: EventPage
    role: str
    times: list[times.Time]
    links: list[dict]


def helped_events(user: AbstractBaseUser, now: datetime.datetime) -> list[HelpedEvent]:
    """Return the events with which somebody helps, the next first; long past ones are left out."""
    roles = EventRole.objects.filter(user=user.pk).exclude(event__ends_at__lt=now - LOOK_BACK)
    rows = roles.select_related("event__locale").defer("event__body").order_by("event__starts_at")
    return [_helped(role, user) for role in rows[:MOST]]


def _helped(role: EventRole, user: AbstractBaseUser) -> HelpedEvent:
    links = [
        {"label": screen.label, "url": screen.url(role.event), "icon": screen.icon}
        for screen in SCREENS
        if role.role in ROLES[screen.doing] and (not screen.right or user.has_perm(screen.right))
    ]
    own = times.zone_named(user.time_zone) if user.time_zone else None
    return HelpedEvent(role.event, role.get_role_display(), times.times(role.event, own), links)


class HelpedEventsPanel(Component):
    """“Events with which you help”."""

    name = "helped_events"
    order = 55
    template_name = "events/admin/helped_events.html"

    def __init__(self, events: list[HelpedEvent]):
        self.events = events

    def get_context_data(self, parent_context) -> dict:
        return super().get_context_data(parent_context) | {"events": self.events}


def show_helped_events(request: HttpRequest, panels: list) -> None:
    """Add the panel for those who help with any event."""
    if found := helped_events(request.user, timezone.now()):
        panels.append(HelpedEventsPanel(found))
