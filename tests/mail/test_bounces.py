"""Reports of mail providers, as they send them: bounces, complaints, and what is none."""

import datetime
import hashlib
import hmac
import json

import pytest
import time_machine
from django.test import Client

from mail import contacts, rules, subscriptions
from mail.models import Cadence, Contact, Delivery, DeliveryEvent, Lane, Suppression
from mail.outbox import Planned, plan

SECRET, KEY = "s" * 32, "key-of-the-provider"
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def amina() -> Contact:
    contact = contacts.contact_for("amina@example.org", now=NOW)
    contacts.confirm(contact, NOW)
    subscriptions.set_wishes(contact, {("region", "africa"): Cadence.DAILY}, source="t", now=NOW)
    return contact


@pytest.fixture(params=["postmark", "mailgun"])
def provider(request, settings) -> str:
    settings.MAIL_PROVIDER = request.param
    settings.MAIL_WEBHOOK_SECRET, settings.MAIL_WEBHOOK_KEY = SECRET, KEY
    return request.param


POSTMARK_TYPES = {
    "hard": {"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1},
    "soft": {"RecordType": "Bounce", "Type": "SoftBounce", "TypeCode": 4096},
    "later": {"RecordType": "Bounce", "Type": "Transient", "TypeCode": 2},
    "complaint": {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 512},
    "delivered": {"RecordType": "Delivery"},
}
MAILGUN_TYPES = {
    "hard": {"event": "failed", "severity": "permanent", "reason": "bounce"},
    "soft": {"event": "failed", "severity": "permanent", "reason": "generic"},
    "later": {"event": "failed", "severity": "temporary", "reason": "generic"},
    "complaint": {"event": "complained"},
    "delivered": {"event": "delivered"},
}


def postmark(kind: str, number: int, at: datetime.datetime, to: str, message_id: str) -> dict:
    """Return what Postmark posts: one event, with a number for bounces and complaints only."""
    moment = at.isoformat().replace("+00:00", "Z")
    if kind == "delivered":
        where = {"Recipient": to, "DeliveredAt": moment}
    else:
        where = {"ID": number, "Email": to, "BouncedAt": moment, "Inactive": kind == "hard"}
    facts = {"MessageID": message_id, "ServerID": 23, "MessageStream": "outbound", "Tag": ""}
    return facts | POSTMARK_TYPES[kind] | where


def mailgun(kind: str, number: int, at: datetime.datetime, to: str, message_id: str) -> dict:
    """Return what Mailgun posts: the event, beside a signature of its own."""
    token, stamp = f"{number:050d}", str(int(at.timestamp()))
    signature = hmac.new(KEY.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    event = {
        "id": f"event-{number}",
        "timestamp": at.timestamp(),
        "recipient": to,
        "message": {"headers": {"message-id": message_id, "to": to}},
        "delivery-status": {"code": 550, "message": "5.1.1", "attempt-no": 1},
        "user-variables": {},
        "tags": [],
    }
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": event | MAILGUN_TYPES[kind],
    }


@pytest.fixture
def report(client, provider):
    """Return a function that posts an event as the provider does, and says the answer’s code."""
    bodies = {"postmark": postmark, "mailgun": mailgun}

    def post(
        kind: str,
        number: int = 1,
        at: datetime.datetime = NOW,
        to: str = "amina@example.org",
        message_id: str = "0a129aee-e1cd-480d-b08d-4f48548ff48d",
        secret: str = SECRET,
    ) -> int:
        body = json.dumps(bodies[provider](kind, number, at, to, message_id))
        path = f"/mail/reports/{secret}/"
        return client.post(path, body, content_type="application/json").status_code

    return post


def state(contact: Contact) -> tuple[str, float]:
    contact.refresh_from_db()
    return contact.state, float(contact.bounce_score)


def test_three_hard_bounces_on_three_days_silence_an_address(report, amina):
    for day in range(3):
        assert state(amina) == ("ok", day)
        assert report("hard", number=day, at=NOW - (2 - day) * DAY) == 200
    assert state(amina) == ("suppressed", 3)
    assert Suppression.objects.get().reason == "bounced"


def test_a_soft_bounce_counts_half_and_a_delay_not_at_all(report, amina):
    report("soft", number=1, at=NOW - DAY)
    report("later", number=2)
    assert state(amina) == ("ok", 0.5)


def test_one_bounce_a_day_counts(report, amina):
    for number in range(5):
        report("hard", number=number)
    assert state(amina) == ("ok", 1)


def test_the_same_event_counts_once_however_often_it_comes(report, amina):
    report("hard", number=7, at=NOW - DAY)
    report("hard", number=7, at=NOW - DAY)
    assert state(amina) == ("ok", 1)
    assert DeliveryEvent.objects.count() == 1


def test_a_late_report_of_an_earlier_day_does_not_count_again(report, amina):
    report("hard", number=1, at=NOW)
    report("hard", number=2, at=NOW - 2 * DAY)
    report("delivered", number=3, at=NOW - 3 * DAY)
    assert state(amina) == ("ok", 1)
    assert DeliveryEvent.objects.count() == 3


def test_bounces_are_forgotten_after_thirty_days_without(report, amina):
    report("hard", number=1, at=NOW - 33 * DAY)
    report("hard", number=2, at=NOW - 32 * DAY)
    report("hard", number=3, at=NOW)
    assert state(amina) == ("ok", 1)


def test_a_time_in_the_future_counts_as_now(report, amina):
    report("hard", number=1, at=NOW + 400 * DAY)
    amina.refresh_from_db()
    assert amina.bounced_on == NOW.date()


def test_a_complaint_ends_everything_at_once(report, amina):
    report("complaint")
    assert state(amina) == ("suppressed", 0)
    assert not amina.subscriptions.exclude(cadence=Cadence.OFF).exists()
    assert Suppression.objects.get().reason == "complained"


def test_a_complaint_about_an_address_without_contact_is_kept_all_the_same(report):
    report("complaint", to="stranger@example.org")
    assert contacts.is_suppressed("stranger@example.org")
    assert not Contact.objects.exists()


def test_whoever_confirms_anew_starts_without_bounces(report, amina):
    report("hard", number=1, at=NOW - DAY)
    report("complaint", number=2)
    assert state(amina) == ("suppressed", 1)
    contacts.confirm(amina, NOW)
    assert state(amina) == ("ok", 0)
    assert not Suppression.objects.exists()


def test_a_report_finds_its_mail_by_our_own_id(report, amina):
    mail = {"purpose": "digest", "lane": Lane.BULK, "contact": amina, "payload": {}, "due_at": NOW}
    plan(Planned(key="one", **mail))
    plan(Planned(key="two", **mail))
    delivery = Delivery.objects.get(key="one")
    report("hard", message_id=f"{delivery.pk}@example.org")
    assert DeliveryEvent.objects.get().delivery == delivery


@pytest.mark.parametrize("to", ["", "no address", "a\r\nBcc: b@example.org", "x" * 10_000])
def test_a_report_about_no_address_does_no_harm(report, to):
    assert report("hard", to=to) == 200
    assert not Suppression.objects.exists()


def test_r25_the_log_of_events_knows_no_address(report, amina):
    report("hard")
    assert "amina" not in str(DeliveryEvent.objects.values().get())


@pytest.mark.parametrize("secret", ["wrong", SECRET[:-1], f"{SECRET}x"])
def test_a_forged_address_is_not_there(report, amina, secret):
    assert report("complaint", secret=secret) == 404
    assert state(amina) == ("ok", 0)


def test_without_a_secret_nothing_is_there(report, amina, settings):
    settings.MAIL_WEBHOOK_SECRET = ""
    assert report("complaint", secret="x") == 404


def test_a_forged_signature_is_refused(client, settings, amina):
    settings.MAIL_PROVIDER, settings.MAIL_WEBHOOK_SECRET = "mailgun", SECRET
    settings.MAIL_WEBHOOK_KEY = "another-key"
    body = json.dumps(mailgun("complaint", 1, NOW, "amina@example.org", "x"))
    answer = client.post(f"/mail/reports/{SECRET}/", body, content_type="application/json")
    assert answer.status_code == 400
    assert state(amina) == ("ok", 0)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"RecordType": 5}'])
def test_what_is_no_report_is_refused_or_counts_for_nothing(provider, body):
    client = Client(raise_request_exception=False)
    path = f"/mail/reports/{SECRET}/"
    answer = client.post(path, body, content_type="application/json")
    assert answer.status_code in {200, 400}
    assert not Suppression.objects.exists()


def test_a_get_changes_nothing(client, provider):
    assert client.get(f"/mail/reports/{SECRET}/").status_code == 405


def test_the_limit_is_three_hard_or_six_soft_bounces():
    day, score, last = NOW.date(), 0.0, None
    for _number in range(6):
        assert not rules.is_silenced(score)
        score, last = rules.score_after_bounce(score, last, rules.SOFT_BOUNCE, day), day
        day += DAY
    assert rules.is_silenced(score)
