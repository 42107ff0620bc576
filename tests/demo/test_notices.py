"""The demo’s button that tells of changes at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.notices import send_now
from tests.events.notices import DAY, move, publish
from tests.factories.events import make_event
from tests.factories.registration import make_seats, take

pytestmark = pytest.mark.django_db


def told(mailoutbox) -> list[str]:
    return [mail.subject for mail in mailoutbox if "You have a seat" not in mail.subject]


def test_a_meeting_moves_and_the_mail_shows_at_once(client, home, mailoutbox):
    now = timezone.now()
    event = make_event("Open meeting", now + 9 * DAY)
    make_seats(event)
    take(event, "Amina", now - DAY)
    move(event, now)
    button = reverse("demo:send_notices")
    assert button in client.get(reverse("demo:outbox")).content.decode()
    assert "1 notice sent." in client.post(button, follow=True).content.decode()
    assert told(mailoutbox) == ["New time: Open meeting"]
    assert "No event has changed" in client.post(button, follow=True).content.decode()
    assert client.get(button).status_code == 405


def test_a_recording_is_told_at_once(home, now, mailoutbox):
    event = make_event("Open meeting", now + DAY)
    make_seats(event)
    take(event, "Amina", now)
    film = "https://video.example.org/watch"
    publish(event, now + 2 * DAY, recording="available", recording_url=film)
    assert [send_now(now + 2 * DAY), send_now(now + 2 * DAY)] == [1, 0]
    assert told(mailoutbox) == ["The recording is up: Open meeting"]
