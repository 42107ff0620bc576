"""What is sent, in which order, what is not, and what happens when sending goes wrong."""

import datetime
import itertools
import threading
from dataclasses import replace

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from mail import claims, contacts, mailer, outbox, sending, writers
from mail.message import Message
from mail.models import Contact, Delivery, DeliveryState, Lane, Suppression
from mail.sending import Outcome
from tests.mail.letters import PURPOSE, reader, reminder_of, welcome, write
from tests.mail.servers import sent_to
from tests.side_by_side import side_by_side

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)
PICKY = "tests.mail.servers.Picky"


@pytest.fixture(autouse=True)
def _writer(monkeypatch):
    monkeypatch.setattr(writers, "_writers", {PURPOSE: writers.Writer(write, welcome)})


@pytest.fixture
def planned(now):
    """Return a function that plans a mail to somebody and returns the row."""

    def plan(name: str, **changes) -> Delivery:
        mail_plan = reminder_of(reader(name, now), key=f"key:{name}", due_at=now, **changes)
        outbox.plan(mail_plan)
        return Delivery.objects.get(key=mail_plan.key)

    return plan


def fate(name: str) -> tuple[str, str]:
    row = Delivery.objects.get(recipient=f"{name}@example.org")
    return row.state, row.error


# What is due -----------------------------------------------------------------------------------


def test_a_mail_is_written_when_it_is_sent(planned, now):
    row = planned("amina")
    Contact.objects.update(email="new@example.org", name="Amina M.")
    assert mailer.empty(clock=lambda: now) == {Outcome.SENT: 1}
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["new@example.org"], "Hello Amina M.")
    row.refresh_from_db()
    assert (row.subject, row.body, row.sent_at) == ("Hello Amina M.", "", now)


def test_nothing_is_sent_before_it_is_due(planned, now):
    planned("amina")
    assert mailer.empty(clock=lambda: now - MINUTE) == {}
    assert mailer.empty(clock=lambda: now) == {Outcome.SENT: 1}


def test_what_is_too_late_is_missed(planned, now):
    planned("late", not_after=now)
    planned("good", not_after=now + MINUTE)
    mailer.empty(clock=lambda: now + MINUTE)
    assert fate("late") == (DeliveryState.SKIPPED, "missed")
    assert sent_to() == ["good"]


def test_a_digest_never_delays_a_reminder(planned, now):
    for number in range(30):
        planned(f"digest{number}", lane=Lane.BULK)
    sending.send_batch(now)
    planned("reminder", lane=Lane.REMINDER)
    planned("answer", lane=Lane.TRANSACTIONAL)
    digests_before = len(mail.outbox)
    mailer.empty(clock=lambda: now)
    assert digests_before <= 5
    assert sent_to()[digests_before : digests_before + 2] == ["answer", "reminder"]
    assert len(mail.outbox) == 32


def test_a_run_ends_after_its_limit(planned, now):
    for number in range(8):
        planned(f"reader{number}")
    assert mailer.empty(clock=lambda: now, most=3) == {Outcome.SENT: 3}


def test_the_mailer_works_until_it_is_told_to_stop(planned, now, monkeypatch):
    planned("amina")
    planned("berta", lane=Lane.BULK)
    stop, moments = threading.Event(), iter([now, now, now])

    def clock() -> datetime.datetime:
        moment = next(moments)
        if len(mail.outbox) == 2:
            stop.set()
        return moment

    monkeypatch.setattr(mailer, "IDLE_SECONDS", 0)
    monkeypatch.setattr(mailer, "close_old_connections", lambda: None)
    mailer.run(stop, clock=clock)
    assert sent_to() == ["amina", "berta"]


# May it be sent? -------------------------------------------------------------------------------


@pytest.mark.parametrize("lane", [Lane.REMINDER, Lane.BULK])
def test_r9_who_was_suppressed_meanwhile_gets_nothing(planned, now, lane):
    planned("amina", lane=lane)
    contacts.suppress("amina@example.org", Suppression.Reason.COMPLAINED, now)
    assert mailer.empty(clock=lambda: now) == {Outcome.SKIPPED: 1}
    assert fate("amina") == (DeliveryState.SKIPPED, "suppressed")
    assert mail.outbox == []


def test_r9_a_hash_alone_is_enough_to_be_left_in_peace(planned, now):
    planned("amina")
    contacts.suppress("amina@example.org", Suppression.Reason.ERASED, now)
    Contact.objects.update(state=Contact.State.OK, confirmed_at=now)
    assert mailer.empty(clock=lambda: now) == {Outcome.SKIPPED: 1}


def test_r9_what_somebody_just_asked_for_is_sent_all_the_same(planned, now):
    planned("amina", lane=Lane.TRANSACTIONAL)
    contacts.suppress("amina@example.org", Suppression.Reason.BOUNCED, now)
    assert mailer.empty(clock=lambda: now) == {Outcome.SENT: 1}


def test_r9_who_never_confirmed_gets_no_updates(planned, now):
    planned("amina", lane=Lane.BULK)
    Contact.objects.update(state=Contact.State.UNVERIFIED)
    mailer.empty(clock=lambda: now)
    assert fate("amina") == (DeliveryState.SKIPPED, "unverified")


def test_r9_who_was_erased_gets_nothing(planned, now):
    planned("amina")
    Contact.objects.all().delete()
    mailer.empty(clock=lambda: now)
    assert fate("amina") == (DeliveryState.SKIPPED, "erased")


def test_r9_the_writer_may_say_no_at_the_last_moment(planned, now):
    planned("amina")
    planned("berta")
    asked = []

    def may_send(delivery, moment):
        asked.append(moment)
        return "the event is cancelled" if "amina" in delivery.key else ""

    writers.register(PURPOSE, write, may_send)
    mailer.empty(clock=lambda: now + MINUTE)
    assert fate("amina") == (DeliveryState.SKIPPED, "the event is cancelled")
    assert sent_to() == ["berta"]
    assert asked == [now + MINUTE] * 2


# Unsubscribing and headers ---------------------------------------------------------------------


def test_r18_what_was_not_asked_for_can_be_ended_by_one_click(planned, now):
    planned("amina", lane=Lane.BULK)
    url = "https://www.example.org/unsubscribe/token/"
    writers.register(PURPOSE, lambda row: replace(write(row), unsubscribe=url), welcome)
    mailer.empty(clock=lambda: now)
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe"] == f"<{url}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_r18_an_answer_has_no_bulk_header(planned, now):
    planned("amina", lane=Lane.TRANSACTIONAL)
    mailer.empty(clock=lambda: now)
    assert "List-Unsubscribe" not in mail.outbox[0].message()


@pytest.mark.parametrize("field", ["subject", "recipient", "sender", "reply_to", "unsubscribe"])
def test_r23_no_header_is_smuggled_in_and_the_batch_goes_on(planned, now, field):
    planned("evil")
    planned("good")
    smuggled = "a@example.org\nBcc: all@example.org"

    def write_evil(row: Delivery) -> Message:
        honest = write(row)
        return replace(honest, **{field: smuggled}) if "evil" in row.key else honest

    writers.register(PURPOSE, write_evil, welcome)
    mailer.empty(clock=lambda: now)
    state, error = fate("evil")
    assert state == DeliveryState.FAILED
    assert error
    assert sent_to() == ["good"]
    assert all(len(message.recipients()) == 1 for message in mail.outbox)


def test_r23_names_never_look_like_addresses_in_the_sender(planned, now):
    planned("amina")
    sender = '"ceo@bank.example, Amina" <info@example.org>'
    writers.register(PURPOSE, lambda row: replace(write(row), sender=sender), welcome)
    mailer.empty(clock=lambda: now)
    assert mail.outbox[0].from_email == '"ceo bank.example Amina" <info@example.org>'


# When it goes wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("unknown", DeliveryState.FAILED),
        ("spam", DeliveryState.FAILED),
        ("greylisted", DeliveryState.QUEUED),
        ("sender", DeliveryState.QUEUED),
        ("bug", DeliveryState.QUEUED),
    ],
)
def test_one_bad_recipient_never_stops_the_batch(planned, now, settings, name, state):
    settings.MAIL_TRANSPORT = PICKY
    for recipient in ("first", name, "last"):
        planned(recipient)
    tally = mailer.empty(clock=lambda: now)
    assert tally == {Outcome.SENT: 2, Outcome.FAILED: 1}
    assert fate(name)[0] == state


def test_a_fault_of_the_one_who_writes_stops_nothing(planned, now):
    planned("bad")
    planned("good")

    def write_badly(row: Delivery) -> Message:
        if "bad" in row.key:
            raise ZeroDivisionError
        return write(row)

    writers.register(PURPOSE, write_badly, welcome)
    mailer.empty(clock=lambda: now)
    assert fate("bad")[0] == DeliveryState.QUEUED
    assert sent_to() == ["good"]


def test_a_mail_that_nobody_writes_is_tried_again_later(planned, now, monkeypatch):
    planned("amina")
    monkeypatch.setattr(writers, "_writers", {})
    assert mailer.empty(clock=lambda: now) == {Outcome.FAILED: 1}
    assert "Nobody writes" in fate("amina")[1]


def test_pauses_grow_until_a_mail_is_given_up_and_somebody_asks(planned, now, settings):
    working, settings.MAIL_TRANSPORT = settings.MAIL_TRANSPORT, PICKY
    row = planned("greylisted")
    moments = [now]
    for _ in range(6):
        mailer.empty(clock=lambda: moments[-1])
        row.refresh_from_db()
        assert mailer.empty(clock=lambda: row.due_at - MINUTE) == {}
        moments.append(row.due_at)
    pauses = [(after - before) // MINUTE for before, after in itertools.pairwise(moments)]
    assert pauses == [5, 10, 20, 40, 80, 160]
    assert (row.state, row.attempts) == (DeliveryState.FAILED, 6)
    settings.MAIL_TRANSPORT = working
    call_command("run_mailer", "--once")
    assert mail.outbox == []
    call_command("run_mailer", "--once", "--retry-failed")
    assert sent_to() == ["greylisted"]


@pytest.mark.parametrize("name", ["closing", "login"])
def test_a_server_that_is_down_stops_the_batch_and_blames_nobody(planned, now, settings, name):
    working, settings.MAIL_TRANSPORT = settings.MAIL_TRANSPORT, PICKY
    for recipient in ("first", name, "last"):
        planned(recipient)
    assert mailer.empty(clock=lambda: now) == {Outcome.SENT: 1, Outcome.SERVER_DOWN: 1}
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED)
    assert {(row.attempts, row.due_at) for row in waiting} == {(0, now)}
    settings.MAIL_TRANSPORT = working
    assert mailer.empty(clock=lambda: now) == {Outcome.SENT: 2}


def test_no_connection_at_all_leaves_everything_as_it_was(planned, now, settings):
    working, settings.MAIL_TRANSPORT = settings.MAIL_TRANSPORT, "tests.mail.servers.Down"
    for number in range(3):
        planned(f"reader{number}")
    assert mailer.empty(clock=lambda: now) == {Outcome.SERVER_DOWN: 1}
    states = Delivery.objects.values_list("state", "attempts", "times_lost")
    assert set(states) == {(DeliveryState.QUEUED, 0, 0)}
    settings.MAIL_TRANSPORT = working
    assert mailer.empty(clock=lambda: now) == {Outcome.SENT: 3}


@pytest.mark.parametrize("name", ["broken", "slow"])
def test_where_the_line_broke_an_answer_is_repeated_and_an_update_is_not(
    planned, now, settings, name
):
    settings.MAIL_TRANSPORT = PICKY
    answer = planned(name)
    mailer.empty(clock=lambda: now)
    answer.refresh_from_db()
    assert (answer.state, answer.attempts) == (DeliveryState.QUEUED, 1)
    Delivery.objects.update(state=DeliveryState.QUEUED, lane=Lane.BULK, due_at=now)
    assert mailer.empty(clock=lambda: now) == {Outcome.SERVER_DOWN: 1}
    assert fate(name)[0] == DeliveryState.UNKNOWN


# Mailers that die ------------------------------------------------------------------------------


def test_r8_a_mail_is_taken_once(planned, now):
    row = planned("amina")
    (taken,) = claims.claim(Delivery.objects.all(), 9, now)
    assert taken.state == DeliveryState.LEASED
    assert claims.claim(Delivery.objects.all(), 9, now) == []
    assert sending.send_these([row.pk], now) == {}
    assert mail.outbox == []


def test_r8_sending_is_committed_before_the_server_hears_of_it(planned, now, monkeypatch):
    planned("amina")
    seen = []
    send = sending.Transport.send

    def watched(self, delivery, message):
        seen.append(Delivery.objects.get().state)
        send(self, delivery, message)

    monkeypatch.setattr(sending.Transport, "send", watched)
    mailer.empty(clock=lambda: now)
    assert seen == [DeliveryState.SENDING]
    assert fate("amina") == (DeliveryState.SENT, "")


def test_r8_what_a_dead_mailer_had_taken_is_sent_when_its_lease_is_over(planned, now):
    planned("amina")
    claims.claim(Delivery.objects.all(), 9, now)
    assert mailer.empty(clock=lambda: now + 14 * MINUTE) == {}
    assert mailer.empty(clock=lambda: now + 16 * MINUTE) == {Outcome.SENT: 1}


@pytest.mark.parametrize(
    ("lane", "afterwards"),
    [
        (Lane.TRANSACTIONAL, DeliveryState.SENT),
        (Lane.REMINDER, DeliveryState.SENT),
        (Lane.BULK, DeliveryState.UNKNOWN),
    ],
)
def test_r8_a_mail_lost_in_sending_is_sent_once_more_or_never(planned, now, lane, afterwards):
    planned("amina", lane=lane)
    (taken,) = claims.claim(Delivery.objects.all(), 9, now)
    assert claims.begin(taken, now)
    mailer.empty(clock=lambda: now + 16 * MINUTE)
    assert fate("amina")[0] == afterwards


def test_r8_a_mail_lost_twice_is_left_alone(planned, now):
    planned("amina")
    moment = now
    for _ in range(2):
        (taken,) = claims.claim(Delivery.objects.all(), 9, moment)
        claims.begin(taken, moment)
        moment += 16 * MINUTE
        claims.recover(moment)
    assert fate("amina")[0] == DeliveryState.UNKNOWN
    assert Delivery.objects.get().times_lost == 2


def test_r8_a_mailer_taken_for_dead_does_not_send_what_another_one_has(planned, now):
    planned("amina")
    (stale,) = claims.claim(Delivery.objects.all(), 9, now)
    claims.recover(now + 16 * MINUTE)
    (fresh,) = claims.claim(Delivery.objects.all(), 9, now + 16 * MINUTE)
    assert not claims.begin(stale, now)
    assert claims.begin(fresh, now)
    claims.note_failed(stale, RuntimeError("stale"), now)
    assert fate("amina") == (DeliveryState.SENDING, "")


def test_r8_a_mailer_taken_for_dead_that_has_sent_spares_the_reader_a_second_copy(planned, now):
    planned("amina")
    (slow,) = claims.claim(Delivery.objects.all(), 9, now)
    claims.begin(slow, now)
    claims.recover(now + 16 * MINUTE)
    claims.note_sent(slow, now + 17 * MINUTE, subject="Hello", erase=False)
    assert mailer.empty(clock=lambda: now + 18 * MINUTE) == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory has one writer")
def test_r8_mailers_that_run_side_by_side_send_each_mail_once(planned, now):
    for number in range(40):
        planned(f"reader{number}")
    tallies = side_by_side(lambda: mailer.empty(clock=lambda: now), 3)
    assert sum(tally[Outcome.SENT] for tally in tallies) == 40
    assert len(set(sent_to())) == len(sent_to()) == 40
