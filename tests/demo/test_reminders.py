"""The demo’s button that sends the next reminder, whatever the hour."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.reminders import send_next
from events.reminders.actions import give_standard
from tests.factories.events import make_event
from tests.factories.registration import make_seats, take

pytestmark = pytest.mark.django_db
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


def meeting(title: str, starts_at, now) -> None:
    event = make_event(title, starts_at)
    make_seats(event)
    give_standard([event.translation_key], now)
    take(event, "Amina", now)


def subjects(mailoutbox) -> list[str]:
    return [mail.subject for mail in mailoutbox if "You have a seat" not in mail.subject]


def test_each_press_sends_the_reminder_that_comes_next(home, now, mailoutbox):
    meeting("First", now + 3 * DAY, now)
    meeting("Second", now + 9 * DAY + HOUR, now)
    assert [send_next(now) for _ in range(6)] == [1, 1, 1, 1, 1, 0]
    assert subjects(mailoutbox) == [
        "Tomorrow at 12:00: First",
        "On Tue 1 December at 13:00: Second",
        "Today at 12:00: First",
        "Tomorrow at 13:00: Second",
        "Today at 13:00: Second",
    ]


def test_the_button_stands_on_the_page_of_mails(client, home, mailoutbox):
    now = timezone.now()
    meeting("First", now + 3 * DAY, now)
    button = reverse("demo:send_reminder")
    assert button in client.get(reverse("demo:outbox")).content.decode()
    answer = client.post(button, follow=True)
    assert "1 reminder sent." in answer.content.decode()
    assert len(subjects(mailoutbox)) == 1
    assert client.get(button).status_code == 405


def test_without_anybody_to_remind_it_says_so(client, home):
    answer = client.post(reverse("demo:send_reminder"), follow=True)
    assert "Nobody is registered" in answer.content.decode()
