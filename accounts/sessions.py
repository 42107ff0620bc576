"""Where somebody is logged in, and how they log out there."""

import datetime
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from . import devices
from .models import User


@dataclass(frozen=True)
class SessionLine:
    """One place where somebody is logged in."""

    id: int
    device: str
    address: str
    began_at: datetime.datetime
    last_seen_at: datetime.datetime
    is_current: bool


def lines_for(user: User, current: str) -> list[SessionLine]:
    """Return where somebody is logged in: here first, then the one last used.

    ``current`` is the key of the session in which they look.
    """
    sessions = UserSession.objects.purge_and_list(user)
    lines = [
        SessionLine(
            id=session.pk,
            device=device(session.user_agent),
            address=session.ip,
            began_at=session.created_at,
            last_seen_at=session.last_seen_at,
            is_current=session.session_key == current,
        )
        for session in sessions
    ]
    return sorted(lines, key=lambda line: (line.is_current, line.last_seen_at), reverse=True)


def end_others(user: User, current: str, only: int | None = None) -> int:
    """Log somebody out everywhere but here, or in one other place only; return in how many."""
    others = UserSession.objects.filter(user=user).exclude(session_key=current)
    if only is not None:
        others = others.filter(pk=only)
    others = list(others)
    for session in others:
        session.end()
    return len(others)


def forget_ended() -> int:
    """Forget from where sessions came that are over; return how many."""
    alive = Session.objects.values("session_key")
    return UserSession.objects.exclude(session_key__in=alive).delete()[0]


def device(user_agent: str) -> str:
    """Return in words what somebody reads with, such as “Firefox on Windows”."""
    browser, system = devices.browser(user_agent), devices.system(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we do not know")
