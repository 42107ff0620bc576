"""“The recording is up”: one mail to each, once it really is, and never another one."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import EventDocument, EventPage, Registration, Told
from events.notices.recordings import plan_recording_notices
from events.registration import actions
from mail.models import Delivery
from tests.events.notices import DAY, MINUTE, SETTLED, publish, send_all
from tests.factories.content import make_document
from tests.factories.events import make_event
from tests.factories.registration import guest, make_seats, take
from tests.side_by_side import side_by_side

pytestmark = pytest.mark.django_db
FILM = "https://video.example.org/watch"
UP = {"recording": "available", "recording_url": FILM}


@pytest.fixture
def held(event, now) -> EventPage:
    """An event with registration; everybody registers before it."""
    make_seats(event, 2)
    return event


@pytest.fixture
def after(event) -> datetime.datetime:
    """The day after the event."""
    return event.ends_at + DAY


def plan(at: datetime.datetime) -> int:
    return plan_recording_notices(at + SETTLED)


def told() -> list[str]:
    rows = Delivery.objects.filter(purpose="event_recorded").order_by("recipient")
    return [row.recipient.partition("@")[0] for row in rows]


def test_everybody_whose_registration_stands_is_told_once(held, now, after):
    for name in ("Amina", "Baraka", "Chen"):
        take(held, name, now)
    take(held, "Rita", now, recording_only=True)
    actions.cancel(take(held, "Zoe", now), None, "", now)
    actions.register(held.pk, guest("Guest", now), actions.Asked(), now)
    publish(held, after, **UP)
    assert (plan(after), plan(after)) == (4, 0)
    assert told() == ["amina", "baraka", "chen", "rita"]
    keys = set(Delivery.objects.filter(purpose="event_recorded").values_list("key", flat=True))
    assert f"recording:{held.pk}:{Registration.objects.get(name='Rita').pk}" in keys


def test_it_waits_until_the_page_has_settled(held, now, after):
    take(held, "Amina", now)
    publish(held, after, **UP)
    assert plan_recording_notices(after + 14 * MINUTE) == 0
    publish(held, after + 14 * MINUTE, title="A better title")
    assert plan_recording_notices(after + 16 * MINUTE) == 0
    assert plan(after + 14 * MINUTE) == 1


@pytest.mark.parametrize(
    "changes",
    [{"recording": "processing"}, {"recording": "none"}, {**UP, "status": "cancelled"}],
)
def test_what_is_no_recording_is_not_told(held, now, after, changes):
    take(held, "Amina", now)
    publish(held, after, **changes)
    assert plan(after) == 0


def test_a_draft_with_a_recording_is_not_told(held, now, after):
    take(held, "Amina", now)
    held.recording, held.recording_url = "available", FILM
    held.save_revision()
    assert plan(after) == 0


def test_before_the_event_is_over_there_is_nothing_to_tell(held, now):
    take(held, "Amina", now)
    publish(held, now, **UP)
    assert plan(now) == 0


def test_taking_the_page_down_and_publishing_it_again_tells_nobody_twice(held, now, after):
    take(held, "Amina", now)
    publish(held, after, **UP)
    plan(after)
    send_all(after + SETTLED)
    Delivery.objects.all().delete()  # mails are forgotten after a time
    held.refresh_from_db()
    held.unpublish()
    publish(held, after + DAY, recording_url=f"{FILM}/better")
    assert plan(after + DAY) == 0


def test_r9_a_mail_held_back_while_the_page_is_down_leaves_when_it_is_back(held, now, after):
    take(held, "Amina", now)
    publish(held, after, **UP)
    plan(after)
    held.refresh_from_db()
    held.unpublish()
    send_all(after + SETTLED)
    mail = Delivery.objects.get(purpose="event_recorded")
    assert (mail.state, mail.error) == ("skipped", "withdrawn")
    assert plan(after) == 0
    publish(held, after + DAY)
    plan(after + DAY)
    send_all(after + DAY + SETTLED)
    mail.refresh_from_db()
    assert mail.state == "sent"


def test_after_half_a_year_only_those_who_asked_for_it_are_told(held, now, after):
    take(held, "Amina", now)
    take(held, "Rita", now, recording_only=True)
    late = after + 190 * DAY
    publish(held, late, **UP)
    assert plan(late) == 1
    assert told() == ["rita"]


def test_after_two_years_nobody_is_told(held, now, after):
    take(held, "Rita", now, recording_only=True)
    late = after + 2 * 366 * DAY
    publish(held, late, **UP)
    assert plan(late) == 0


def test_the_mail_leads_to_the_page_and_to_what_else_there_is(held, now, after, mailoutbox):
    take(held, "Rita", now, recording_only=True)
    page = EventPage.objects.get(pk=held.pk)
    page.documents = [EventDocument(document=make_document(), label="Slides")]
    page.transcript = make_document("Captions", language="en")
    page.recording, page.recording_url, page.recording_minutes = "available", FILM, 87
    with time_machine.travel(after, tick=False):
        page.save_revision().publish()
    plan(after)
    send_all(after + SETTLED)
    mail = mailoutbox[-1]
    assert mail.subject == "The recording is up: Open meeting"
    assert "You asked for the recording of this event: it is up." in mail.body
    assert "Watch the recording (87 minutes):" in mail.body
    assert held.full_url in mail.body
    assert "Slides: http" in mail.body
    assert "Captions or transcript: http" in mail.body
    assert "/registration/" in mail.body
    assert not [part for part in mail.alternatives if "calendar" in part.mimetype]


def test_the_link_to_the_registration_is_left_out_once_it_leads_nowhere(
    held, now, after, mailoutbox
):
    take(held, "Amina", now)
    late = after + 40 * DAY
    publish(held, late, **UP)
    plan(late)
    send_all(late + SETTLED)
    assert "/registration/" not in mailoutbox[-1].body


@pytest.mark.django_db(transaction=True)
def test_r7_three_planners_at_once_tell_everybody_once(home, now):
    event = make_event("Open meeting", now + 9 * DAY)
    make_seats(event, 50)
    for number in range(12):
        take(event, f"Member{number}", now)
    after = event.ends_at + DAY
    publish(event, after, **UP)
    assert sum(side_by_side(lambda: plan(after), 3)) == 12
    assert len(told()) == Told.objects.count() == 12


def test_the_queries_do_not_grow_with_the_people(home, now):
    def planning_for(number: int) -> int:
        event = make_event(f"Meeting of {number}", now + 9 * DAY)
        make_seats(event, 50)
        for each in range(number):
            take(event, f"Member{each}", now)
        after = event.ends_at + DAY
        publish(event, after, **UP)
        with CaptureQueriesContext(connection) as queries:
            assert plan(after) == number
        return len(queries)

    assert planning_for(30) == planning_for(3)
