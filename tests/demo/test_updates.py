"""A newcomer to the demo need not wait for Monday to see a digest."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mail.models import Delivery
from tests.members.updates import FINANCE, follow, published

DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db


def test_the_button_sends_everybody_the_news_of_the_last_weeks(client, home):
    now = timezone.now()
    follow({FINANCE: "weekly"}, at=now - DAY)
    follow({"region:asia": "instant"}, name="baraka", at=now - DAY)
    published("Sample", now - 20 * DAY)
    answer = client.post(reverse("demo:send_digest"), follow=True)
    assert "1 digest sent." in answer.content.decode()
    (sent,) = mail.outbox
    assert sent.to == ["amina@example.org"]
    assert "Sample" in sent.body


def test_without_followers_it_says_so_and_sends_nothing(client, home):
    answer = client.post(reverse("demo:send_digest"), follow=True)
    assert "Nobody follows anything" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_opening_its_address_sends_nothing(client, home):
    assert client.get(reverse("demo:send_digest")).status_code == 405
