"""What happened to a registration, in words for organisers."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Registration, RegistrationEvent

from .actions.joining import SHOWN
from .rules import State

# The reasons that the site itself writes down; all others were typed by somebody.
REASONS = {
    "next in line": gettext_lazy("was next in line"),
    "no answer": gettext_lazy("did not answer the offer in time"),
    "not confirmed": gettext_lazy("did not confirm the address in time"),
    "approved": gettext_lazy("was let in"),
    "offer accepted": gettext_lazy("took the seat that was offered"),
    "offer declined": gettext_lazy("left the offered seat to the next"),
    "erased": gettext_lazy("was forgotten on request"),
}


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    at: datetime.datetime
    what: str
    why: str
    by: str


@dataclass(frozen=True)
class Looks:
    """How often, and when first and last, somebody was shown the way into the event."""

    number: int
    first: datetime.datetime | None
    last: datetime.datetime | None


def steps(registration: Registration) -> list[Step]:
    """Return what happened to a registration, in order, without the looks at the way in."""
    changes = registration.log.exclude(why=SHOWN).select_related("by")
    return [
        Step(change.at, _what(change), str(REASONS.get(change.why, change.why)), _by(change))
        for change in changes
    ]


def looks(registration: Registration) -> Looks:
    """Return the looks at the way in, counted."""
    shown = registration.log.filter(why=SHOWN)
    return Looks(**shown.aggregate(number=Count("pk"), first=Min("at"), last=Max("at")))


def _what(change: RegistrationEvent) -> str:
    after = capfirst(change.get_after_display())
    if change.before == change.after == State.WAITING:
        return _("Was moved in the queue")
    if not change.before and change.after != State.WALK_IN:
        return _("Registered: %(state)s") % {"state": change.get_after_display()}
    return after


def _by(change: RegistrationEvent) -> str:
    return str(change.by) if change.by else ""
