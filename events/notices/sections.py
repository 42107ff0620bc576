"""What organisers see of the notices of an event: what waits, and what was told."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from events import times
from events.models import ChangeNotice, EventPage, MeetingFacts, Registration, Told
from mail.models import Delivery
from mail.tally import Tally

from . import keys, planning, recordings, rules, words
from .actions import settle_time

SHOWN = 20
Outcome = ChangeNotice.Outcome


@dataclass(frozen=True)
class Waiting:
    """What goes out by itself: ``number`` people hear of it ``at`` that moment."""

    number: int
    at: str
    rows: Sequence[words.Row] = ()


@dataclass(frozen=True)
class Past:
    """A notice that is closed, with what it told of; mails that are forgotten are not counted."""

    at: datetime.datetime
    outcome: str
    recipients: int
    rows: Sequence[words.Row]
    tally: Tally


def open_change(event: EventPage, now: datetime.datetime) -> Waiting | None:
    """Return what is about to be told of a change of this meeting."""
    notice = planning.open_notices().filter(meeting=event.translation_key).first()
    if notice is None:
        return None
    history = _history(event)
    return Waiting(
        number=planning.how_many(notice, event.pk, now),
        at=times.moment(max(notice.settles_at, now), times.zone_of(event)),
        rows=_rows(_before(history, notice.opened_at), history[-1]),
    )


def open_recording(event: EventPage, now: datetime.datetime) -> Waiting | None:
    """Return who is about to be told that the recording is up."""
    if not recordings.recorded(now).filter(pk=event.pk).exists():
        return None
    due_at = max((event.last_published_at or now) + settle_time(), now)
    number = recordings.waiting(now).filter(event=event.pk).count()
    return Waiting(number, times.moment(due_at, times.zone_of(event)))


def past_changes(event: EventPage) -> list[Past]:
    """Return the last notices of this meeting that are closed, the newest first."""
    closed = ChangeNotice.objects.filter(meeting=event.translation_key, closed_at__isnull=False)
    history, tallies = _history(event), _tallies(event)
    return [
        Past(
            at=notice.closed_at,
            outcome=notice.get_outcome_display(),
            recipients=notice.recipients,
            rows=_rows_of(notice, history),
            tally=Tally.of(tallies.get(notice.sequence, Counter())),
        )
        for notice in closed[:SHOWN]
    ]


def told_of_recording(event: EventPage) -> int:
    """Return how many were told of the recording, or will be by a mail that is planned."""
    return Told.objects.filter(registration__event=event.pk, recording_at__isnull=False).count()


def registered_below(path: str, now: datetime.datetime) -> int:
    """Return how many people would look for events that are on the site at this place or below."""
    rows = Registration.objects.filter(event__path__startswith=path, event__live=True)
    return rows.filter(state__in=rules.AUDIENCE, event__ends_at__gt=now).count()


def _history(event: EventPage) -> list[MeetingFacts]:
    return list(MeetingFacts.objects.filter(meeting=event.translation_key))


def _before(history: Sequence[MeetingFacts], at: datetime.datetime) -> MeetingFacts:
    earlier = [facts for facts in history if facts.said_at < at]
    return earlier[-1] if earlier else history[0]


def _rows_of(notice: ChangeNotice, history: Sequence[MeetingFacts]) -> list[words.Row]:
    if notice.outcome == Outcome.NOTHING or not history:
        return []
    said = [facts for facts in history if facts.said_at <= notice.closed_at]
    now = said[-1] if said else history[-1]
    return _rows(_before(history, notice.opened_at), now)


def _rows(before: MeetingFacts, now: MeetingFacts) -> list[words.Row]:
    """Return what changed on the clocks of the event itself."""
    return words.every_row(before, now, rules.differences(before, now), None)


def _tallies(event: EventPage) -> dict[int, Counter]:
    """Return how the mails of each notice stand, by the sequence it tells of."""
    rows = Delivery.objects.filter(key__startswith=keys.of_meeting(event.translation_key))
    counted = rows.order_by().values_list("payload__sequence", "state").annotate(Count("pk"))
    found: dict[int, Counter] = {}
    for sequence, state, number in counted:
        found.setdefault(int(sequence), Counter())[state] += number
    return found
