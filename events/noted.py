"""What is kept of a meeting beside its pages, and what its page shows of that."""

import datetime
import uuid
from typing import NamedTuple

from django.apps import apps
from django.db.models import OuterRef, Subquery


class Noted(NamedTuple):
    """When a meeting was to begin before it was moved, and the series of which it is one."""

    moved_from: datetime.datetime | None = None
    series_id: int | None = None
    series_title: str = ""


NOTHING = Noted()


def noted(meeting: uuid.UUID) -> Noted:
    """Return what is kept of a meeting, read in one query; nothing before it was published."""
    # Pages, to which these models point, call this.
    state, occurrence = apps.get_model("events.EventState"), apps.get_model("events.Occurrence")
    made = occurrence.objects.filter(event__translation_key=OuterRef("meeting"))
    states = state.objects.filter(meeting=meeting).values_list(
        "previous_starts_utc",
        Subquery(made.values("series_id")[:1]),
        Subquery(made.values("series__title")[:1]),
    )
    return Noted(*(states.first() or NOTHING))
