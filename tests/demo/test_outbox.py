"""The demo’s outbox: mails as their readers would have got them."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

pytestmark = pytest.mark.django_db
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def leave(settings, tmp_path):
    """Return a function that lets a mail leave into the folder of the demo."""
    settings.MAIL_TRANSPORT, settings.EMAIL_FILE_PATH = FILES, tmp_path / "mail"
    server = get_connection(FILES)

    def send(subject: str, text: str = "Text", html: str = "", **headers: str) -> None:
        letter = EmailMultiAlternatives(
            subject, text, "info@example.org", ["amina@example.org"], headers=headers
        )
        if html:
            letter.attach_alternative(html, "text/html")
        server.send_messages([letter])

    return send


def only_mail(client) -> str:
    (mail,) = client.get(reverse("demo:outbox")).context["mails"]
    return mail.number


def test_the_newest_mail_comes_first(client, home, leave):
    leave("Older", Date="Sun, 22 Nov 2026 10:00:00 -0000")
    leave("Newest", Date="Sun, 22 Nov 2026 12:00:00 -0000")
    leave("Middle", Date="Sun, 22 Nov 2026 11:00:00 -0000")
    mails = client.get(reverse("demo:outbox")).context["mails"]
    assert [mail.subject for mail in mails] == ["Newest", "Middle", "Older"]


def test_an_empty_outbox_says_how_to_fill_it(client, home, settings, tmp_path):
    settings.MAIL_TRANSPORT, settings.EMAIL_FILE_PATH = FILES, tmp_path / "none"
    assert "No mail yet" in client.get(reverse("demo:outbox")).content.decode()


def test_where_mails_really_leave_nothing_is_shown(client, home, leave, settings):
    leave("Secret")
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    assert "Secret" not in client.get(reverse("demo:outbox")).content.decode()


def test_a_mail_shows_its_words_with_links_and_whom_it_is_for(client, home, leave):
    leave(
        "فريق <b>",
        "Finish joining:\n\nhttps://example.org/join/confirm/token/\n<script>",
        **{"List-Unsubscribe": "<https://example.org/unsubscribe/token/>"},
    )
    shown = client.get(reverse("demo:mail", args=[only_mail(client)])).content.decode()
    assert "فريق &lt;b&gt;" in shown
    assert "amina@example.org" in shown
    assert 'href="https://example.org/join/confirm/token/"' in shown
    assert 'href="https://example.org/unsubscribe/token/"' in shown
    assert "&lt;script&gt;" in shown
    assert "<iframe" not in shown


def test_the_html_of_a_mail_may_do_nothing_but_open_links(client, home, leave):
    leave("Hello", html="<html><head></head><body><p style='color:red'>Hi</p></body></html>")
    number = only_mail(client)
    assert "<iframe" in client.get(reverse("demo:mail", args=[number])).content.decode()
    frame = client.get(reverse("demo:mail_html", args=[number]))
    policy = frame["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "frame-ancestors 'self'" in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert '<head><base target="_top">' in frame.content.decode()


def test_a_mail_that_there_is_not_is_not_found(client, home, leave):
    leave("Hello")
    for name in ("demo:mail", "demo:mail_html"):
        assert client.get(reverse(name, args=["nothing-0"])).status_code == 404
