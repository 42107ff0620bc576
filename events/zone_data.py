"""When a country changes its clocks by law: the hour on the wall stays, the instant moves (R14)."""

import datetime
import logging

from django.db import transaction

from pages import generation

from . import rules
from .models import EventPage
from .published import record_same_local_time

logger = logging.getLogger(__name__)
FIELDS = (
    *("starts_on", "start_time", "ends_on", "end_time", "time_zone", "fold"),
    *("starts_at", "ends_at", "status", "mode", "venue", "translation_key", "live", "title"),
)


def rederive_utc(now: datetime.datetime) -> int:
    """Derive the instants of all events to come from their local times, and say how many moved.

    Every event to come is compared, whatever the version of the zone data: there are hundreds, not
    thousands, and a server whose data was replaced unnoticed is put right too. Calendars elsewhere
    learn of it by the next sequence; nobody moved anything, so no mail is due. Running it again
    changes nothing.
    """
    # A day before now: what is about to begin may have begun by the old data.
    ahead = EventPage.objects.filter(starts_at__gte=now - rules.DAY).only(*FIELDS)
    moved = [event for event in ahead.order_by("pk") if _rederived(event, now)]
    if moved:
        generation.renew()
    return len(moved)


@transaction.atomic
def _rederived(event: EventPage, now: datetime.datetime) -> bool:
    before = (event.starts_at, event.ends_at)
    try:
        after = event.instants()
    except rules.LocalTimeError as error:
        # The law may skip the very hour. Somebody has to choose another one.
        logger.warning("Event %s: %s does not exist in %s.", event.pk, error.local, event.time_zone)
        return False
    if after == before:
        return False
    event.starts_at, event.ends_at = after
    EventPage.objects.filter(pk=event.pk).update(starts_at=after[0], ends_at=after[1])
    if event.live:
        record_same_local_time(event, now)
    return True
