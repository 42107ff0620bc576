"""Messages of organisers: what may stand in them, who gets them, once, and what becomes of them."""

import datetime
import uuid
from dataclasses import replace

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.messages import actions, rules
from events.messages.actions import Draft
from events.messages.audience import AUDIENCES, recipients, sizes
from events.models import AttendeeMessage, EventAccess, Registration
from events.registration import actions as registration
from events.registration.actions.privacy import forget
from mail import contacts, sending
from mail.models import Delivery, DeliveryState, Suppression
from tests.factories.registration import guest, make_seats, take
from tests.side_by_side import side_by_side

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
ROOM = "https://meet.example.org/j/1234567890?pwd=abc"
NAMES = ("Amina", "Baraka", "Chen")


# What may stand in it -----------------------------------------------------------------------------


def test_placeholders_are_filled_in_once_and_what_stands_for_them_is_not_read_again():
    values = {"name": "{event}", "event": "Open meeting", "time": "", "link": ""}
    assert rules.filled("Hello {name}, { event }!", values) == "Hello {event}, Open meeting!"


def test_what_nothing_stands_for_is_named_once():
    assert rules.unknown_placeholders("{nmae} {name} {nmae} {0.__class__}") == [
        "{nmae}",
        "{0.__class__}",
    ]
    assert rules.unknown_placeholders("a {b c} {") == []


@pytest.mark.parametrize(
    "text",
    [
        f"Join here: {ROOM}",
        "Join at MEET.example.org/j/1234567890 please",
        "www.meet.example.org/j/1234567890",
        "https://meet.example.org%2Fj%2F1234567890",
        "The meeting ID is 123 456 7890.",
        "123-456-7890",
        "The passcode is s3cret99",
    ],
)
def test_the_way_in_is_found_however_it_is_written(text):
    assert rules.gives_away(text, ROOM, "s3cret99")


@pytest.mark.parametrize(
    "text",
    [
        "See https://meet.example.org/help",
        "Call +254 700 000 000",
        "xs3cret99x",
        "We meet at 12:00, 34 people, 56 seats",
        "",
    ],
)
def test_what_only_looks_like_it_is_left(text):
    assert not rules.gives_away(text, ROOM, "s3cret99")


def test_a_meeting_without_a_way_in_gives_nothing_away():
    assert not rules.gives_away("anything at all", "", "")


def test_the_fifth_message_of_a_day_is_the_last(now):
    assert rules.has_room_today([now] * 4, now)
    assert not rules.has_room_today([now] * 5, now)
    assert rules.has_room_today([now - DAY] * 5, now)


# Who gets it --------------------------------------------------------------------------------------

pytest_db = pytest.mark.django_db


@pytest.fixture
def people(meeting, now):
    """A meeting with two seats, for which five have registered."""
    make_seats(meeting, 2)
    for name in NAMES:
        take(meeting, name, now)
    take(meeting, "Dora", now, recording_only=True)
    registration.register(meeting.pk, guest("Emeka", now), registration.Asked(), now)
    return meeting


def draft(*audience: str, **words) -> Draft:
    said = Draft(
        "News", "Hello {name}, see you at {event}.", audience or ("confirmed",), uuid.uuid4()
    )
    return replace(said, **words)


def sent_names(mailoutbox, now: datetime.datetime) -> list[str]:
    """Let the mailer work and return who got the message."""
    while sending.send_batch(now):
        pass
    return sorted(mail.to[0].partition("@")[0] for mail in mailoutbox if mail.subject == "News")


@pytest_db
@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (("confirmed",), ["amina", "baraka"]),
        (("waiting",), ["chen"]),
        (("recording",), ["dora"]),
        (("confirmed", "waiting", "recording"), ["amina", "baraka", "chen", "dora"]),
        (("pending",), []),
        (("nobody",), []),
    ],
)
def test_a_message_goes_to_the_states_that_were_chosen(people, audience, names):
    found = recipients(people.pk, audience).order_by("name")
    assert [row.name.lower() for row in found] == names


@pytest_db
def test_a_message_goes_to_those_who_were_there_or_were_not(people, now):
    rows = Registration.objects.filter(state="confirmed").order_by("name")
    for row, was_there in zip(rows, (True, False), strict=True):
        Registration.objects.filter(pk=row.pk).update(attended=was_there, marked_at=now)
    assert [row.name for row in recipients(people.pk, ("attended",))] == ["Amina"]
    assert [row.name for row in recipients(people.pk, ("absent",))] == ["Baraka"]


@pytest_db
def test_every_part_is_counted_in_one_query(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        counted = sizes(people.pk)
    assert set(counted) == set(AUDIENCES)
    assert (counted["confirmed"], counted["waiting"], counted["recording"]) == (2, 1, 1)


@pytest_db
def test_only_addresses_that_we_may_write_to_get_it(people, now):
    contacts.suppress("amina@example.org", Suppression.Reason.BOUNCED, now)
    assert [row.name for row in recipients(people.pk, ("confirmed",))] == ["Baraka"]


# Sending ------------------------------------------------------------------------------------------


@pytest_db
def test_each_gets_it_once_in_the_organisers_words_and_a_frame_in_their_language(
    people, africa, now, mailoutbox
):
    Registration.objects.filter(name="Amina").update(language="fr", time_zone="Africa/Lome")
    africa[0].contact_email = "africa@example.org"
    africa[0].save()
    message = actions.send(
        people, draft(text="Karibu {name}: {event}, {time}.\n{link}"), africa[1], now, now
    )
    assert sent_names(mailoutbox, now) == ["amina", "baraka"]
    assert actions.plan(message, now) is False
    assert sent_names(mailoutbox, now) == ["amina", "baraka"]
    french = next(mail for mail in mailoutbox if mail.subject == "News" and "amina" in mail.to[0])
    assert "Karibu Amina: Open meeting, " in french.body
    assert "12:00" in french.body.partition("--")[0]
    assert "/registration/" in french.body.partition("--")[0]
    assert "Voir mon inscription" in french.body
    assert french.reply_to == ["africa@example.org"]
    assert "<script" not in french.alternatives[0][0]


@pytest_db
def test_what_looks_like_code_stays_text(people, africa, now, mailoutbox):
    actions.send(people, draft(text="<script>alert(1)</script> & more"), africa[1], now, now)
    sent_names(mailoutbox, now)
    mail = next(mail for mail in mailoutbox if mail.subject == "News")
    assert "<script>alert(1)</script> & more" in mail.body
    assert "&lt;script&gt;" in mail.alternatives[0][0]


@pytest_db
def test_the_same_form_sent_twice_is_one_message(people, africa, now, mailoutbox):
    said = draft()
    first = actions.send(people, said, africa[1], now, now)
    assert actions.send(people, said, africa[1], now, now) == first
    assert sent_names(mailoutbox, now) == ["amina", "baraka"]


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_many_times_at_once_is_one_message(people, africa, now):
    said = draft()
    side_by_side(lambda: actions.send(people, said, africa[1], now, now), 4)
    assert AttendeeMessage.objects.count() == 1
    assert Delivery.objects.filter(purpose="attendee_message").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_due_message_is_planned_once_by_however_many(people, africa, now):
    actions.send(people, draft(), africa[1], now + HOUR, now)
    planned = side_by_side(lambda: actions.plan_due(now + HOUR), 4)
    assert sum(planned) == 1
    assert Delivery.objects.filter(purpose="attendee_message").count() == 2


@pytest_db
def test_a_later_message_goes_to_those_who_take_part_then(people, africa, now, mailoutbox):
    actions.send(people, draft(), africa[1], now + HOUR, now)
    assert sent_names(mailoutbox, now) == []
    registration.cancel(Registration.objects.get(name="Amina"), None, "", now)
    assert actions.plan_due(now + HOUR - datetime.timedelta(seconds=1)) == 0
    assert actions.plan_due(now + HOUR) == 1
    assert sent_names(mailoutbox, now + HOUR) == ["baraka", "chen"]


@pytest_db
def test_r9_who_left_between_planning_and_sending_gets_nothing(people, africa, now, mailoutbox):
    message = actions.send(people, draft(), africa[1], now, now)
    registration.cancel(Registration.objects.get(name="Amina"), None, "", now)
    assert sent_names(mailoutbox, now) == ["baraka"]
    skipped = Delivery.objects.get(purpose="attendee_message", state=DeliveryState.SKIPPED)
    assert skipped.error == "meanwhile cancelled"
    assert actions.settle(now) == 1
    message.refresh_from_db()
    assert (message.recipients, message.sent, message.skipped, message.failed) == (2, 1, 1, 0)


@pytest_db
def test_r9_a_link_that_was_set_up_after_the_text_is_not_given_away(
    people, africa, now, mailoutbox
):
    actions.send(people, draft(text=f"Come to {ROOM}"), africa[1], now, now)
    EventAccess.objects.create(event=people, join_url=ROOM)
    assert sent_names(mailoutbox, now) == []
    with pytest.raises(actions.GivesAway):
        actions.send(people, draft(text=f"Come to {ROOM}"), africa[1], now, now)


@pytest_db
def test_a_message_can_be_stopped_until_it_has_left(people, africa, now, mailoutbox):
    later = actions.send(people, draft(), africa[1], now + HOUR, now)
    assert actions.cancel(later, africa[1], now)
    assert actions.plan_due(now + HOUR) == 0
    on_its_way = actions.send(people, draft(), africa[1], now, now)
    assert actions.cancel(on_its_way, africa[1], now)
    assert actions.cancel(on_its_way, africa[1], now) is False
    assert sent_names(mailoutbox, now) == []
    gone = actions.send(people, draft(), africa[1], now, now)
    assert sent_names(mailoutbox, now) == ["amina", "baraka"]
    assert actions.cancel(gone, africa[1], now) is False


@pytest_db
def test_a_message_that_could_not_leave_for_two_days_is_no_news_any_more(
    people, africa, now, mailoutbox
):
    actions.send(people, draft(), africa[1], now + HOUR, now)
    actions.plan_due(now + 4 * DAY)
    assert sent_names(mailoutbox, now + 4 * DAY) == []
    assert set(
        Delivery.objects.filter(purpose="attendee_message").values_list("error", flat=True)
    ) == {"missed"}


@pytest_db
def test_co_chairs_write_five_times_a_day_and_the_secretariat_more(people, africa, secretary, now):
    for _ in range(5):
        actions.send(people, draft(), africa[1], now, now)
    with pytest.raises(actions.TooMany):
        actions.send(people, draft(), africa[1], now, now)
    actions.send(people, draft(), secretary, now, now)
    actions.send(people, draft(), africa[1], now + DAY, now + DAY)


@pytest_db
def test_r25_who_is_forgotten_is_in_no_mail_of_a_message(people, africa, now):
    actions.send(people, draft(), africa[1], now, now)
    contact = Registration.objects.get(name="Amina").contact
    forget(contact, now)
    assert not Delivery.objects.filter(recipient="amina@example.org").exists()


@pytest_db
def test_more_recipients_cost_no_more_queries(meeting, africa, now):
    make_seats(meeting, None)
    costs = []
    for first, last in ((0, 3), (3, 12)):
        for number in range(first, last):
            take(meeting, f"Member{number}", now)
        with CaptureQueriesContext(connection) as queries:
            actions.send(meeting, draft(), africa[1], now, now)
        costs.append(len(queries))
    assert costs[1] <= costs[0]  # the first one looked the rights up


@pytest_db
def test_the_command_sends_what_is_due_and_counts_what_has_left(
    people, africa, now, mailoutbox, capsys
):
    actions.send(people, draft(), africa[1], now + HOUR, now)
    with time_machine.travel(now + HOUR, tick=False):
        call_command("plan_messages")
        assert "1 messages planned, 0 counted" in capsys.readouterr().out
    sent_names(mailoutbox, now + HOUR)
    with time_machine.travel(now + HOUR, tick=False):
        call_command("plan_messages")
        assert "0 messages planned, 1 counted" in capsys.readouterr().out


# The screen ---------------------------------------------------------------------------------------


def screen(event) -> str:
    return reverse("event_messages", args=[event.pk])


def said(**changes) -> dict:
    return {
        "subject": "News",
        "text": "Hello {name}",
        "audience": ["confirmed"],
        "due_at": "",
        "key": str(uuid.uuid4()),
        "seen": "",
    } | changes


def looked_at(client, event, **changes) -> dict:
    """Return a form after its preview was shown."""
    words = said(**changes)
    form = client.post(screen(event), words | {"look": "1"}).context["form"]
    return words | {"seen": form["seen"].value()}


@pytest_db
def test_an_organiser_looks_tries_and_sends(client, people, africa, now, mailoutbox):
    client.force_login(africa[1])
    with time_machine.travel(now, tick=False):
        assert "Write a message" in client.get(screen(people)).text
        words = said()
        page = client.post(screen(people), words | {"look": "1"})
        assert "2 people would get it now." in page.text
        assert "Hello Chair of Africa" in page.text
        words["seen"] = page.context["form"]["seen"].value()
        client.post(screen(people), words | {"test": "1"})
        assert sent_names(mailoutbox, now) == ["africa"]
        page = client.post(screen(people), words | {"send": "1"}, follow=True)
        assert "The message is on its way to 2 people." in page.text
        assert sent_names(mailoutbox, now) == ["africa", "amina", "baraka"]
        assert "2 sent, 0 on their way" in client.get(screen(people)).text


@pytest_db
@pytest.mark.parametrize(
    "changes", [{"text": "Bye {name}"}, {"audience": ["waiting"]}, {"seen": "x"}, {"seen": ""}]
)
def test_what_was_not_looked_at_is_not_sent(client, people, africa, changes):
    client.force_login(africa[1])
    words = looked_at(client, people) | changes
    page = client.post(screen(people), words | {"send": "1"})
    assert "You changed the message. Look at it once more." in page.text
    assert not AttendeeMessage.objects.exists()


@pytest_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject": ""}, "required"),
        ({"audience": []}, "required"),
        ({"audience": ["everybody"]}, "valid choice"),
        ({"text": "Hello {nmae}"}, "{nmae}"),
        ({"text": f"Come: {ROOM}"}, "give away the way into the event"),
        ({"subject": "meet.example.org/j/1234567890"}, "give away the way into the event"),
        ({"due_at": "2020-01-01T10:00"}, "This moment is over."),
        ({"due_at": "2099-01-01T10:00"}, "Check the year."),
        ({"due_at": "soon"}, "valid date"),
        ({"text": "x" * 5_001}, "at most 5000"),
        ({"key": "x"}, "UUID"),
    ],
)
def test_a_message_that_makes_no_sense_is_refused_in_words(client, people, africa, changes, words):
    EventAccess.objects.create(event=people, join_url=ROOM)
    client.force_login(africa[1])
    page = client.post(screen(people), said(**changes) | {"look": "1"})
    assert words in page.text
    assert "As it will look" not in page.text


@pytest_db
def test_a_moment_is_typed_on_the_clock_of_the_event(client, people, africa, now):
    client.force_login(africa[1])
    with time_machine.travel(now, tick=False):
        words = looked_at(client, people, due_at="2026-11-25T10:00")
        page = client.post(screen(people), words | {"send": "1"}, follow=True)
        assert "Wed 25 November 2026, 10:00, Nairobi (UTC+3)" in page.text
        message = AttendeeMessage.objects.get()
        assert message.due_at == datetime.datetime(2026, 11, 25, 7, tzinfo=datetime.UTC)
        client.post(reverse("stop_event_message", args=[message.pk]))
    message.refresh_from_db()
    assert (message.cancelled_by, message.planned_at) == (africa[1], None)


@pytest_db
def test_the_limit_of_a_day_is_said(client, people, africa, now):
    for _ in range(5):
        actions.send(people, draft(), africa[1], now, now)
    client.force_login(africa[1])
    with time_machine.travel(now, tick=False):
        page = client.post(screen(people), looked_at(client, people) | {"send": "1"})
    assert "5 messages a day about one event are enough." in page.text


@pytest_db
def test_r24_nobody_writes_to_the_people_of_another_group(client, people, africa, asia, now):
    message = actions.send(people, draft(), africa[1], now + HOUR, now)
    client.force_login(asia[1])
    assert client.get(screen(people)).status_code == 404
    assert client.post(screen(people), said() | {"send": "1"}).status_code == 404
    assert client.post(reverse("stop_event_message", args=[message.pk])).status_code == 404
    message.refresh_from_db()
    assert message.cancelled_at is None


@pytest_db
def test_a_longer_log_of_messages_costs_no_more_queries(client, people, secretary, now):
    client.force_login(secretary)
    costs = []
    for number in (1, 4):
        for _ in range(number):
            actions.send(people, draft(), secretary, now, now)
        client.get(screen(people))
        with CaptureQueriesContext(connection) as queries:
            client.get(screen(people))
        costs.append(len(queries))
    assert costs[0] == costs[1]
