"""“The recording is up”: once to each who registered, however often the page is published."""

import datetime
from collections.abc import Sequence
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from events import times
from events.models import EventPage, Registration, Told
from events.registration import doors
from events.registration import rules as registration_rules
from events.registration.mail import address, letter, registration_of, version_of
from events.registration.rules import State
from mail.bulk import Letter, Mailing, pages, plan_bulk
from mail.message import Message
from mail.models import Delivery, Lane

from . import keys, rules
from .actions import settle_time
from .readers import let_go_again, unreachable

PAGE = 500
UP = EventPage.Recording.AVAILABLE
KEPT_FOR = datetime.timedelta(days=30)


# Planning ----------------------------------------------------------------------------------------


def plan_recording_notices(now: datetime.datetime) -> int:
    """Plan the mails about all recordings that are up and settled; return how many are new.

    Asking the pages finds each recording however it went live. Whoever was told is written down
    for good, so it may run at any time, twice, in parallel and after a crash (R7).
    """
    back = Registration.objects.filter(event__live=True, event__recording=UP)
    let_go_again(keys.RECORDING, back, now)
    settled = Q(last_published_at=None) | Q(last_published_at__lte=now - settle_time())
    events = recorded(now).filter(settled).values_list("pk", flat=True)
    return sum(plan_one(event_id, now) for event_id in events)


def plan_one(event_id: int, now: datetime.datetime) -> int:
    """Tell all who wait for the recording of one event; return how many mails are new."""
    people = waiting(now).filter(event=event_id)
    return sum(_tell(event_id, page, now) for page in pages(people, "contact_id", size=PAGE))


def tell_now(event_id: int, now: datetime.datetime) -> int:
    """Tell of the recording of one event at once, if it is up; return how many mails are new."""
    return plan_one(event_id, now) if recorded(now).filter(pk=event_id).exists() else 0


def recorded(now: datetime.datetime) -> QuerySet[EventPage]:
    """Return the events that are over, whose recording is up, and of which somebody waits."""
    events = EventPage.objects.live().taking_place().recorded().past(now).order_by("pk")
    asked = events.filter(
        Exists(waiting(now).filter(event=OuterRef("pk"))),
        ends_at__gt=now - rules.RECORDING_ASKED_WITHIN,
    )
    return asked.exclude(recording_url="")


def waiting(now: datetime.datetime) -> QuerySet[Registration]:
    """Return those who were not told of a recording yet, and still expect to be."""
    asked = Q(state=State.RECORDING) | Q(wants_recording=True)
    lately = Q(event__ends_at__gt=now - rules.RECORDING_WITHIN)
    told = Told.objects.filter(registration=OuterRef("pk"), recording_at__isnull=False)
    return Registration.objects.filter(asked | lately, ~Exists(told), state__in=rules.AUDIENCE)


@transaction.atomic
def _tell(event_id: int, people: Sequence[tuple[int, int]], now: datetime.datetime) -> int:
    letters = [
        Letter(
            key=keys.of_recording(event_id, registration),
            contact_id=contact,
            payload={"registration": registration, "event": event_id},
            due_at=now,
        )
        for registration, contact in people
    ]
    planned = plan_bulk(letters, Mailing(keys.RECORDING, Lane.REMINDER, not_after=now + KEPT_FOR))
    Told.objects.bulk_create(
        [Told(registration_id=registration, recording_at=now) for registration, _contact in people],
        update_conflicts=True,
        unique_fields=["registration"],
        update_fields=["recording_at"],
    )
    return planned


# Writing -----------------------------------------------------------------------------------------


def may_send(delivery: Delivery, now: datetime.datetime) -> str:
    """Return why nobody is told of a recording after all, or an empty string."""
    registration = registration_of(delivery)
    if reason := unreachable(registration):
        return reason
    event = registration.event
    is_up = event.live and event.recording == UP
    return "" if is_up and event.recording_url else keys.WITHDRAWN


def write(delivery: Delivery) -> Message:
    """Return the mail with the way to the recording and to what else there is of the event."""
    registration = registration_of(delivery)
    with override(registration.language):
        context = _context(registration, delivery.due_at)
    return letter(keys.RECORDING, registration, delivery.key, context)


def _context(registration: Registration, now: datetime.datetime) -> dict:
    event = registration.event
    shown = version_of(event, registration.language)
    if shown.recording != UP or not shown.recording_url:
        shown = event
    is_managed = registration_rules.is_managed(doors.occasion(event), now)
    return {
        "name": registration.name,
        "event": shown,
        "times": times.times(shown, times.zone_named(registration.time_zone)),
        "event_url": shown.full_url,
        "papers": _papers(shown),
        "asked": registration.state == State.RECORDING,
        "had_a_seat": registration.state == State.CONFIRMED,
        "url": address("registration", registration) if is_managed else "",
    }


def _papers(event: EventPage) -> list[dict[str, str]]:
    """Return slides, minutes and the transcript as links."""
    found = [
        (paper.label or paper.document.title, paper.document)
        for paper in event.documents.select_related("document")
    ]
    if event.transcript:
        found.append((_("Captions or transcript"), event.transcript))
    return [
        {"label": label, "url": urljoin(settings.SITE_ADDRESS, file.url)} for label, file in found
    ]
