import threading

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.message import BadHeaderError
from django.core.management import call_command
from django.db import connection, transaction

from mail import outbox
from mail.checks import mail_leaves_through_deliveries
from mail.contacts import contact_for
from mail.message import Message, compose
from mail.models import Delivery, DeliveryState
from tests.mail.letters import reminder_of

pytestmark = pytest.mark.django_db

DOWN = "tests.mail.servers.Down"


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


def test_a_server_that_is_down_breaks_nothing_and_is_tried_again(
    settings, django_capture_on_commit_callbacks
):
    working, settings.MAIL_TRANSPORT = settings.MAIL_TRANSPORT, DOWN
    with django_capture_on_commit_callbacks(execute=True):
        outbox.send(message())
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.QUEUED
    assert "no mail today" in delivery.error
    settings.MAIL_TRANSPORT = working
    call_command("run_mailer", "--once")
    assert len(mail.outbox) == 1


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


def test_r7_a_mail_is_planned_once_however_often_the_planner_runs(now):
    amina = contact_for("amina@example.org", now=now)
    reminders = [reminder_of(amina, key=f"remind:{number}", due_at=now) for number in range(5)]
    assert outbox.plan_many(reminders[:3]) == 3
    assert outbox.plan_many(reminders) == 2
    assert outbox.plan_many(reminders) == 0
    assert not outbox.plan(reminders[0])
    assert Delivery.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_r7_planners_that_run_at_the_same_time_plan_once(now):
    amina = contact_for("amina@example.org", now=now)
    reminders = [reminder_of(amina, key=f"remind:{number}", due_at=now) for number in range(200)]
    counts, together = [], threading.Barrier(3)

    def planner() -> None:
        together.wait()
        try:
            counts.append(outbox.plan_many(reminders))
        finally:
            connection.close()

    threads = [threading.Thread(target=planner) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 200
    assert Delivery.objects.count() == 200
