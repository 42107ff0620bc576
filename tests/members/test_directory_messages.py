"""One member writes to another."""

import uuid
from email import message_from_bytes

import pytest
from django.core import mail as outgoing
from django.core.exceptions import ValidationError

from mail.models import Delivery
from members.actions import messages
from members.models import Member
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(home) -> Member:
    return make_member("amina@example.org", "Amina Mfano", level="members")


@pytest.fixture
def kofi(home, client) -> Member:
    member = make_member("kofi@example.org", "Kofi Mfano", level="hidden")
    client.force_login(member.user)
    return member


def url(member: Member) -> str:
    return f"{member.get_absolute_url()}write/"


def send(client, member: Member, text: str = "Shall we talk?", key: str = ""):
    return client.post(url(member), {"text": text, "key": key or str(uuid.uuid4())})


def test_a_message_arrives_with_the_senders_address_to_answer_to(client, amina, kofi):
    page = client.get(url(amina)).content.decode()
    assert "kofi@example.org" in page
    assert "amina@example.org" not in page
    assert send(client, amina).headers["Location"] == amina.get_absolute_url()
    sent = Delivery.objects.get()
    assert (sent.recipient, sent.reply_to) == ("amina@example.org", "kofi@example.org")
    assert "Shall we talk?" in sent.body
    assert "Kofi Mfano" in sent.subject
    assert sent.html == ""
    assert "kofi@" not in sent.sender


def test_a_double_click_sends_once(client, amina, kofi):
    key = str(uuid.uuid4())
    send(client, amina, key=key)
    send(client, amina, key=key)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"takes_messages": False},
        {"level": "hidden"},
        {"level": "groups"},
    ],
)
def test_nobody_writes_to_whom_they_do_not_see_or_who_wants_no_messages(
    client, amina, kofi, change
):
    Member.objects.filter(pk=amina.pk).update(**change)
    assert client.get(url(amina)).status_code == 404
    assert send(client, amina).status_code == 404
    assert not Delivery.objects.exists()


def test_strangers_log_in_first_and_see_no_way_to_write(client, amina):
    Member.objects.filter(pk=amina.pk).update(level="public")
    assert "/write/" not in client.get(amina.get_absolute_url()).content.decode()
    assert client.get(url(amina)).headers["Location"].startswith("/accounts/login/")


def test_nobody_writes_to_themselves_or_to_an_address_that_mail_does_not_reach(client, amina, kofi):
    Member.objects.filter(pk=kofi.pk).update(level="public")
    assert client.get(url(kofi)).status_code == 404
    amina.contact.state = "suppressed"
    amina.contact.save()
    assert client.get(url(amina)).status_code == 404


def test_who_is_leaving_writes_to_nobody(amina, kofi):
    kofi.state = Member.State.LEAVING
    with pytest.raises(ValidationError):
        messages.write(kofi, amina, "Hello", uuid.uuid4())


def test_too_many_messages_are_stopped(client, amina, kofi):
    answers = [send(client, amina).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert Delivery.objects.count() == 3


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x07", "x" * 3_001])
def test_what_says_nothing_or_too_much_is_not_sent(client, amina, kofi, text):
    assert send(client, amina, text).status_code == 200
    assert not Delivery.objects.exists()


def test_r23_no_name_and_no_text_adds_a_header(
    client, amina, kofi, django_capture_on_commit_callbacks
):
    Member.objects.filter(pk=kofi.pk).update(name="Kofi\r\nBcc: all@example.org\r\n\r\nHello")
    with django_capture_on_commit_callbacks(execute=True):
        send(client, amina, "a\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>\u0085b")
    mail = message_from_bytes(outgoing.outbox[-1].message().as_bytes())
    assert mail["To"] == "amina@example.org"
    assert mail["Bcc"] is None
    assert mail.get_content_type() == "text/plain"


def test_r25_what_a_member_wrote_to_others_is_forgotten_with_them(client, amina, kofi):
    send(client, amina)
    messages.forget(amina)
    assert Delivery.objects.count() == 1
    messages.forget(kofi)
    assert not Delivery.objects.exists()
