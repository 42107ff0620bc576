import datetime

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.message import BadHeaderError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from mail import outbox
from mail.checks import mail_leaves_through_deliveries
from mail.message import Message, compose
from mail.models import Delivery, DeliveryState

pytestmark = pytest.mark.django_db

BROKEN = "tests.mail.test_outbox.BrokenTransport"


class BrokenTransport:
    """A mail server that is down."""

    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail today")


def message(**changes) -> Message:
    fields = {
        "key": "hello:1:amina",
        "purpose": "hello",
        "recipient": "amina@example.org",
        "subject": "Hello",
        "body": "How are you?",
    }
    return Message(**(fields | changes))


def test_a_mail_leaves_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert outbox.send(message(html="<p>How are you?</p>"))
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert sent.to == ["amina@example.org"]
    assert sent.alternatives[0].content == "<p>How are you?</p>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.SENT
    assert delivery.sent_at


def test_the_same_key_mails_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert outbox.send(message())
        assert not outbox.send(message(subject="Hello again"))
    assert len(mail.outbox) == 1


def test_what_is_rolled_back_mails_nobody(django_capture_on_commit_callbacks):
    def change_and_fail():
        with transaction.atomic():
            outbox.send(message())
            raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(RuntimeError):
        change_and_fail()
    assert callbacks == []
    assert not Delivery.objects.exists()


def test_a_failing_server_breaks_nothing_and_is_tried_again(
    settings, django_capture_on_commit_callbacks
):
    transport, settings.MAIL_TRANSPORT = settings.MAIL_TRANSPORT, BROKEN
    with django_capture_on_commit_callbacks(execute=True):
        outbox.send(message())
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.QUEUED
    assert "no mail today" in delivery.error
    settings.MAIL_TRANSPORT = transport
    assert outbox.send_queued(timezone.now()) == (0, 0)
    later = timezone.now() + datetime.timedelta(minutes=6)
    assert outbox.send_queued(later) == (1, 0)
    assert len(mail.outbox) == 1


def test_after_enough_attempts_a_mail_is_given_up_until_somebody_asks(settings):
    settings.MAIL_TRANSPORT = BROKEN
    outbox.send(message())
    now = timezone.now()
    for _ in range(10):
        now += datetime.timedelta(hours=7)
        outbox.send_queued(now)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, 6)
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_queued_mail", "--retry-failed")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


def test_a_claim_is_made_once():
    outbox.send(message())
    delivery = Delivery.objects.get()
    Delivery.objects.update(state=DeliveryState.SENDING)
    assert not outbox.attempt(delivery.pk, timezone.now())
    assert mail.outbox == []


def test_a_claim_that_a_crash_left_behind_is_taken_up(now):
    outbox.send(message())
    Delivery.objects.update(state=DeliveryState.SENDING, claimed_at=now, attempts=1)
    assert outbox.send_queued(now + datetime.timedelta(minutes=10)) == (0, 0)
    assert outbox.send_queued(now + datetime.timedelta(minutes=20)) == (1, 0)


def test_every_recipient_of_anybodys_mail_has_a_row(django_capture_on_commit_callbacks):
    letter = EmailMultiAlternatives(
        "Subject",
        "Text",
        to=["Amina <amina@example.org>"],
        cc=["b@example.org"],
        reply_to=["c@d.org"],
    )
    letter.attach_alternative("<p>Text</p>", "text/html")
    with django_capture_on_commit_callbacks(execute=True):
        assert letter.send() == 1
    assert {d.recipient for d in Delivery.objects.all()} == {"amina@example.org", "b@example.org"}
    assert [sent.to for sent in mail.outbox] == [["amina@example.org"], ["b@example.org"]]
    assert mail.outbox[0].reply_to == ["c@d.org"]


def test_links_that_open_accounts_do_not_stay_in_the_database(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_mail("Set a new password", "https://example.org/secret", None, ["a@example.org"])
    assert "secret" in mail.outbox[0].body
    assert Delivery.objects.get().body == ""


@pytest.mark.parametrize(
    ("subject", "recipient"),
    [("Hello\nBcc: all@example.org", "a@example.org"), ("Hello", "a@example.org\nBcc: b@x.org")],
)
def test_no_header_is_smuggled_in(subject, recipient):
    with pytest.raises(BadHeaderError):
        send_mail(subject, "Text", None, [recipient])
    assert not Delivery.objects.exists()


def test_a_file_is_refused_rather_than_lost():
    letter = EmailMultiAlternatives("Subject", "Text", to=["a@example.org"])
    letter.attach("notes.txt", "words")
    with pytest.raises(ValueError, match="no attachments"):
        letter.send()


def test_our_own_mails_have_one_line_subjects_and_both_versions():
    context = {
        "name": "Amina",
        "by": "Sara",
        "title": "A title\nBcc: all@example.org & <b>more</b>",
        "comment": "Shorter & <b>bolder</b>",
        "edit_url": "https://example.org/admin/pages/1/edit/",
    }
    composed = compose(
        "working_groups/page_refused",
        key="k",
        recipient="a@example.org",
        language="en",
        context=context,
    )
    assert "\n" not in composed.subject
    assert "Shorter & <b>bolder</b>" in composed.body
    assert "Shorter &amp; &lt;b&gt;bolder" in composed.html
    assert composed.purpose == "page_refused"


def test_arabic_mails_read_from_right_to_left():
    composed = compose(
        "working_groups/page_refused", key="k", recipient="a@b.c", language="ar", context={}
    )
    assert '<html lang="ar" dir="rtl">' in composed.html


def test_a_queue_that_sends_to_itself_is_an_error(settings):
    settings.MAIL_TRANSPORT = "mail.backends.DeliveryBackend"
    assert [error.id for error in mail_leaves_through_deliveries(None)] == ["mail.E001"]
