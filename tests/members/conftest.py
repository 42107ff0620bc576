"""What the tests of membership share."""

import datetime
import re
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from accounts import checked_forms
from mail.models import Delivery


@pytest.fixture
def written_to() -> Callable[[str], list[Delivery]]:
    """Return a function that says what was written to an address, the newest last."""

    def find(address: str) -> list[Delivery]:
        return list(Delivery.objects.filter(recipient=address).order_by("created_at"))

    return find


@pytest.fixture
def link_in() -> Callable[[Delivery], str]:
    """Return a function that finds the path of the first link in a mail."""

    def find(delivery: Delivery) -> str:
        return re.search(r"https?://[^/\s]+(/\S+)", delivery.body)[1]

    return find


@pytest.fixture
def filled_in(home) -> dict:
    """What a person fills in to join, on a form opened a minute ago."""
    with time_machine.travel(timezone.now() - datetime.timedelta(minutes=1), tick=False):
        opened = checked_forms.stamp()
    return {
        "name": "Amina Mfano",
        "email": "amina@example.org",
        "country": "ke",
        "affiliation": "County of Example",
        "language": "en",
        "time_zone": "Africa/Nairobi",
        "themes": ["subnational-finance"],
        "regions": ["africa"],
        "cadence": "weekly",
        "agrees": "on",
        "opened": opened,
        "website": "",
    }
