"""What the tests of registration share."""

import datetime
import re
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from accounts import checked_forms
from accounts.actions import open_account
from mail import sending
from mail.models import Delivery
from tests.factories.content import make_person
from tests.factories.events import make_event
from tests.factories.groups import appoint, make_group
from tests.factories.registration import make_seats, take
from working_groups.actions import ensure_access

DAY = datetime.timedelta(days=1)


@pytest.fixture
def event(home, now):
    """An event in nine days."""
    return make_event("Open meeting", now + 9 * DAY)


@pytest.fixture
def filled_in(home, now) -> dict:
    """What a guest fills in, on a form opened a minute ago."""
    with time_machine.travel(now - datetime.timedelta(minutes=1), tick=False):
        opened = checked_forms.stamp()
    return {
        "key": str(uuid.uuid4()),
        "name": "Amina Mfano",
        "email": "amina@example.org",
        "country": "ke",
        "organisation": "County of Example",
        "language": "en",
        "time_zone": "Africa/Nairobi",
        "opened": opened,
        "website": "",
    }


@pytest.fixture
def sent_to(mailoutbox) -> Callable[[str], list]:
    """Return a function that lets the mailer work and says what an address got, oldest first."""

    def find(address: str) -> list:
        while sending.send_batch(timezone.now() + datetime.timedelta(minutes=1)):
            pass
        return [mail for mail in mailoutbox if mail.to == [address]]

    return find


@pytest.fixture
def planned_for() -> Callable[[str], list[str]]:
    """Return a function that says what was planned for an address, oldest first."""

    def find(address: str) -> list[str]:
        rows = Delivery.objects.filter(recipient=address).order_by("created_at")
        return list(rows.values_list("purpose", flat=True))

    return find


@pytest.fixture
def link_in() -> Callable[[object], str]:
    """Return a function that finds the path of the last link of ours in a mail."""

    def find(mail) -> str:
        return re.findall(r"https?://[^/\s]+(/\S*registration/\S+)", mail.body)[-1]

    return find


@pytest.fixture
def chair_of(home):
    """Return a function that makes the co-chair of a group, with an account."""

    def make(title: str):
        group = make_group(title)
        ensure_access(group)
        user = open_account(f"{group.slug}@example.org", name=f"Chair of {title}")
        person = make_person(f"Chair of {title}", user=user)
        appoint(person, group, since=datetime.date(2025, 1, 1))
        return group, user

    return make


@pytest.fixture
def africa(chair_of):
    """A group and its co-chair."""
    return chair_of("Africa")


@pytest.fixture
def asia(chair_of):
    """Another group and its co-chair."""
    return chair_of("Asia")


@pytest.fixture
def meeting(africa, now):
    """A meeting of the first group, in nine days."""
    return make_event("Open meeting", now + 9 * DAY, parent=africa[0])


@pytest.fixture
def during(meeting) -> datetime.datetime:
    """The time half an hour into the meeting."""
    return meeting.starts_at + datetime.timedelta(minutes=30)


@pytest.fixture
def people(meeting, now) -> list:
    """Three with a seat at the meeting."""
    make_seats(meeting, 20)
    return [take(meeting, name, now) for name in ("Amina", "Baraka", "Chen")]
