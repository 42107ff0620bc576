"""Noting that a meeting changed, and what an organiser decides about the notice."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from events.models import ChangeNotice, EventSeats, EventState, MeetingFacts, QuietRevision
from mail.models import Delivery, DeliveryState

from .keys import SUPERSEDED, of_meeting

Outcome = ChangeNotice.Outcome


def settle_time() -> datetime.timedelta:
    """Return for how long nothing may change before anybody is told."""
    return datetime.timedelta(minutes=settings.EVENT_CHANGE_SETTLE_MINUTES)


def is_said_aloud(revision_id: int | None) -> bool:
    """Say whether what this version changes shall be told; the choice is used up."""
    if revision_id is None:
        return True
    return not QuietRevision.objects.filter(pk=revision_id).delete()[0]


def keep_facts(state: EventState, said_at: datetime.datetime, *, is_told: bool = False) -> None:
    """Keep what a meeting says under its sequence, to be compared with later."""
    mode, _, venue = state.place_published.partition(": ")
    MeetingFacts.objects.get_or_create(
        meeting=state.meeting,
        sequence=state.ical_sequence,
        defaults={
            "starts_at": state.starts_utc_published,
            "ends_at": state.ends_utc_published,
            "time_zone": state.zone_published,
            "status": state.status_published,
            "mode": mode,
            "venue": venue,
            "said_at": said_at,
            "is_told": is_told,
        },
    )


def note_change(state: EventState, now: datetime.datetime, *, is_told: bool) -> None:
    """Let those who are registered be told of a change, together with what changes after it.

    A quiet change opens no notice, but one that is open waits for it, too.
    """
    settles_at = now + settle_time()
    is_open = ChangeNotice.objects.filter(meeting=state.meeting, closed_at=None)
    if is_open.update(settles_at=settles_at) or not is_told:
        return
    if EventSeats.objects.filter(meeting=state.meeting).exists():
        ChangeNotice.objects.get_or_create(
            meeting=state.meeting,
            closed_at=None,
            defaults={"opened_at": now, "settles_at": settles_at},
        )


def settle(notice: ChangeNotice, now: datetime.datetime) -> None:
    """Wait no longer: the notice is due."""
    ChangeNotice.objects.filter(pk=notice.pk, closed_at=None).update(settles_at=now)


@transaction.atomic
def stop(notice: ChangeNotice, now: datetime.datetime) -> bool:
    """Tell nobody of what changed since this notice was opened; ``False`` if it is too late.

    Mails of an earlier notice that stepped back for this one go out after all.
    """
    is_open = ChangeNotice.objects.filter(pk=notice.pk, closed_at=None)
    if not is_open.update(closed_at=now, outcome=Outcome.STOPPED):
        return False
    said = MeetingFacts.objects.filter(meeting=notice.meeting, said_at__gte=notice.opened_at)
    said.update(is_told=False)
    Delivery.objects.filter(
        key__startswith=of_meeting(notice.meeting),
        state=DeliveryState.SKIPPED,
        error=SUPERSEDED,
    ).update(state=DeliveryState.QUEUED, due_at=now, error="")
    return True


def is_superseded(meeting: str, sequence: int) -> bool:
    """Say whether a later notice tells, or will tell, what one of this sequence tells."""
    later = Q(closed_at=None) | Q(outcome=Outcome.TOLD, sequence__gt=sequence)
    return ChangeNotice.objects.filter(later, meeting=meeting).exists()
