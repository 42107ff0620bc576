"""What goes wrong around an event: words that help, in the reader’s language, and nothing lost."""

import datetime
import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from events.feeds import personal
from events.models import EventPage, EventSeats, Registration, RegistrationEvent
from events.registration import actions, links
from events.registration.actions.setting_up import set_up
from mail import links as mail_links
from mail.models import Delivery, DeliveryState
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.registration import assert_in_order, guest, make_seats, take

ROOT = Path(settings.BASE_DIR)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
UTC = datetime.UTC
NIGHT = {"start_time": datetime.time(2, 30), "end_time": datetime.time(5)}


def night_of(day: str, **fields) -> EventPage:
    """Return a draft at half past two in Berlin."""
    facts = {"title": "Night", "slug": "night", "time_zone": "Europe/Berlin"} | NIGHT | fields
    return EventPage(starts_on=datetime.date.fromisoformat(day), **facts)


def refusal(event: EventPage) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        event.clean()
    return refused.value.message_dict


# When --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_an_hour_that_does_not_exist_is_refused_with_its_neighbours_in_every_language(language):
    with override(language):
        (words,) = refusal(night_of("2026-03-29"))["start_time"]
    assert "01:30" in words
    assert "03:30" in words
    assert words.startswith("On that day") is (language == "en")


@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
@pytest.mark.django_db
def test_an_hour_that_comes_twice_is_the_one_that_was_chosen(home, fold, hour):
    at = datetime.datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    event = make_event("Night", at, zone="Europe/Berlin")
    event.refresh_from_db()
    assert (event.fold, event.start_time, event.starts_at) == (fold, datetime.time(2, 30), at)


def test_an_event_that_ends_before_it_begins_is_refused_at_its_end():
    assert set(refusal(night_of("2026-12-03", end_time=datetime.time(1)))) == {"end_time"}


@pytest.mark.django_db
def test_an_event_that_ends_before_it_begins_is_refused_by_the_database_too(home, now):
    event = make_event("Meeting", now)
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=event.pk).update(ends_at=event.starts_at - HOUR)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "GMT+3:00", "", "\x00"])
@pytest.mark.django_db
def test_a_zone_that_nobody_knows_is_refused_for_an_event(home, zone):
    event = night_of("2026-12-03", time_zone=zone)
    with pytest.raises(ValidationError) as refused:
        event.clean_fields(exclude=["path", "depth", "content_type", "locale", "date"])
    assert "time_zone" in refused.value.message_dict


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "GMT+3:00", "%00"])
@pytest.mark.django_db
def test_a_zone_that_nobody_knows_changes_no_page(client, event, zone):
    client.cookies["tz"] = zone
    assert "Nairobi (UTC+3)" in client.get(event.get_url()).text


# Seats -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_fewer_seats_than_are_taken_send_nobody_away_and_let_nobody_in(event, now):
    seats = make_seats(event, 3)
    rows = [take(event, name, now) for name in ("Amina", "Baraka", "Chen", "Dora")]
    set_up(event, {"capacity": 1}, now)
    seats.refresh_from_db()
    assert (seats.capacity, seats.seats_held, seats.overbook, seats.waiting) == (1, 3, 2, 1)
    for row in rows[:2]:
        assert actions.cancel(row, None, "", now) == []
    assert [moved.name for moved in actions.cancel(rows[2], None, "", now)] == ["Dora"]
    assert_in_order(event)


@pytest.mark.django_db
def test_cancelling_twice_frees_one_seat_and_says_that_it_is_over(client, event, now, planned_for):
    make_seats(event, 1)
    row = take(event, "Amina", now)
    for name in ("Baraka", "Chen"):
        take(event, name, now)
    page = f"/events/registration/{links.make(links.MANAGE, row)}/"
    with time_machine.travel(now, tick=False):
        answers = [client.post(page, {"cancel": "1"}, follow=True) for _ in range(2)]
    assert all("This registration is cancelled" in answer.text for answer in answers)
    states = dict(Registration.objects.values_list("name", "state"))
    assert states == {"Amina": "cancelled", "Baraka": "confirmed", "Chen": "waiting"}
    assert planned_for("amina@example.org").count("registration_cancelled") == 1
    assert_in_order(event)


# Links and forms ---------------------------------------------------------------------------------


@pytest.fixture
def tokens(event, now) -> dict[str, str]:
    """Links of every kind that we send, made now, and one for the registration of a guest."""
    make_seats(event, 20)
    with time_machine.travel(now, tick=False):
        row = actions.register(event.pk, guest("Amina", now), actions.Asked(), now).registration
        purposes = (mail_links.CONFIRM, mail_links.PREFERENCES, mail_links.UNSUBSCRIBE)
        return {
            "confirm a registration": links.make(links.CONFIRM, row),
            "manage a registration": links.make(links.MANAGE, row),
            "own calendar": personal.renew(make_member("b@example.org").user, now).token,
            **{name: mail_links.make(name, row.contact) for name in purposes},
        }


@pytest.mark.parametrize(
    ("address", "opened_by"),
    [
        ("/events/registration/{}/confirm/", "confirm a registration"),
        ("/events/registration/{}/", "manage a registration"),
    ],
)
@pytest.mark.django_db
def test_a_link_for_something_else_opens_nothing_and_says_so(
    client, now, tokens, address, opened_by
):
    with time_machine.travel(now, tick=False):
        for purpose, token in tokens.items():
            if purpose != opened_by:
                answer = client.post(address.format(quote(token)), {"cancel": "1"})
                assert answer.status_code == 410, purpose
                assert "Register once more with the same address" in answer.text
    assert Registration.objects.get().state == "held"
    assert RegistrationEvent.objects.count() == 1


@pytest.mark.django_db
def test_an_event_taken_off_the_site_between_form_and_post_takes_nobody_and_says_so(
    client, event, now, filled_in
):
    make_seats(event, 20)
    address = f"/events/{event.pk}/register/"
    with time_machine.travel(now, tick=False):
        assert client.get(address).status_code == 200
        event.unpublish()
        answer = client.post(address, filled_in)
        assert client.get(address).status_code == 404
    assert answer.status_code == 404
    assert "no longer on the site" in answer.text
    assert event.title not in answer.text
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_an_event_taken_off_the_site_after_the_page_was_asked_for_takes_nobody(event, now):
    make_seats(event, 20)
    event.unpublish()
    with pytest.raises(actions.registering.rules.Refused) as refused:
        take(event, "Amina", now)
    assert refused.value.reason == "off"
    assert EventSeats.objects.get().seats_held == 0


@pytest.mark.django_db
def test_a_guest_who_confirms_after_the_event_was_taken_off_is_told(client, event, now):
    make_seats(event, 20)
    row = actions.register(event.pk, guest("Amina", now), actions.Asked(), now).registration
    event.unpublish()
    with time_machine.travel(now, tick=False):
        page = f"/events/registration/{links.make(links.CONFIRM, row)}/confirm/"
        assert "nobody can register now" in client.post(page, follow=True).text
    assert Registration.objects.get().state == "held"


# Processes that die ------------------------------------------------------------------------------

DYING = """
import django, os, signal, sys
django.setup()
from django.utils import timezone
from events.registration import actions, book
from mail import outbox
from tests.factories.registration import member

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

now, event, before_commit = timezone.now(), int(sys.argv[1]), sys.argv[2] == "before"
who = member("Amina", now)
if before_commit:
    put = outbox.put
    outbox.put = lambda mails: (put(mails), die())
actions.register(event, who, actions.Asked(), now)
die()
"""


def register_and_die(event: EventPage, when: str) -> None:
    """Register in a process that is killed before or after the commit, as by `kill -9`."""
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(event.pk), when],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "decentralization.settings.test",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "DATABASE_URL": own_database(),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9, done.stderr


def own_database() -> str:
    """Return the address at which another process finds the database of this test."""
    parts = {name: quote(str(value), "/") for name, value in connection.settings_dict.items()}
    if connection.vendor == "sqlite":
        return "sqlite:///{NAME}".format(**parts)
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**parts)


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_between_commit_and_mail_keeps_the_seat_and_sends_one_mail(event, sent_to):
    make_seats(event, 1)
    register_and_die(event, "after")
    assert Registration.objects.get().state == "confirmed"
    assert Delivery.objects.get().state == DeliveryState.QUEUED
    assert len(sent_to("amina@example.org")) == 1
    assert len(sent_to("amina@example.org")) == 1
    assert_in_order(event)


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_before_the_commit_leaves_nothing_and_holds_up_nobody(event, now, sent_to):
    make_seats(event, 1)
    register_and_die(event, "before")
    assert not Registration.objects.exists()
    assert sent_to("amina@example.org") == []
    assert take(event, "Baraka", timezone.now()).state == "confirmed"
    assert_in_order(event)


# Clocks that jump --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_clock_that_jumps_back_keeps_the_queue_in_its_order(event, now):
    make_seats(event, 1)
    rows = [
        take(event, name, at)
        for name, at in (("Amina", now), ("Baraka", now), ("Chen", now - DAY), ("Dora", now - HOUR))
    ]
    numbers = [row.queue_no for row in rows[1:]]
    assert numbers == sorted(numbers)
    assert [row.name for row in actions.cancel(rows[0], None, "", now - 2 * DAY)] == ["Baraka"]
    assert_in_order(event)


@pytest.mark.django_db
def test_a_clock_that_jumps_ends_no_hold_early_and_none_twice(event, now):
    make_seats(event, 10)
    held = actions.register(event.pk, guest("Amina", now), actions.Asked(), now).registration
    for at, ended in ((now - DAY, 0), (now + HOUR, 1), (now - HOUR, 0), (now + DAY, 0)):
        assert actions.expire_due(at) == ended
    held.refresh_from_db()
    assert held.state == "expired"
    assert held.log.filter(after="expired").count() == 1
    assert EventSeats.objects.get().seats_held == 0


@pytest.mark.django_db
def test_a_link_made_by_a_clock_that_was_ahead_still_opens(client, event, now, filled_in):
    make_seats(event, 10)
    with time_machine.travel(now + HOUR, tick=False):
        row = take(event, "Amina", now, key=uuid.uuid4())
        page = f"/events/registration/{links.make(links.MANAGE, row)}/"
    with time_machine.travel(now, tick=False):
        assert client.get(page).status_code == 200
