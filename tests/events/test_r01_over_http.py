"""R1 over HTTP, as `make bench-registration` measures it: everybody sends the form at once."""

import uuid
from collections import Counter

import pytest
from django.conf import settings
from django.test import Client

from benchmarks.crowd import all_at_once, request
from events.models import EventSeats, Registration
from tests.factories.members import make_member
from tests.factories.registration import assert_in_order, make_seats

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, SEATS = 24, 5
TOKEN = "c" * 32


@pytest.fixture
def sessions(event) -> list[str]:
    """The sessions of members who are logged in."""
    found = []
    for number in range(PEOPLE):
        client = Client()
        client.force_login(make_member(f"member{number}@example.org").user)
        found.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return found


def form(live_server, event, session: str, key: uuid.UUID) -> bytes:
    headers = [
        ("Host", live_server.url.removeprefix("http://")),
        ("Cookie", f"sessionid={session}; csrftoken={TOKEN}"),
        ("X-CSRFToken", TOKEN),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ]
    return request("POST", f"/events/{event.pk}/register/", headers, f"key={key}")


def send(live_server, forms: list[bytes]) -> Counter:
    return Counter(answer.status for answer in all_at_once(live_server.thread.port, forms))


def test_r1_forms_sent_at_once_fill_the_seats_and_then_the_queue(live_server, event, sessions):
    make_seats(event, SEATS)
    forms = [form(live_server, event, session, uuid.uuid4()) for session in sessions]
    assert send(live_server, forms) == {302: PEOPLE}
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states == {"confirmed": SEATS, "waiting": PEOPLE - SEATS}
    assert_in_order(event)


def test_r5_a_form_sent_many_times_at_once_counts_once(live_server, event, sessions):
    make_seats(event, SEATS)
    again = form(live_server, event, sessions[0], uuid.uuid4())
    assert send(live_server, [again] * PEOPLE) == {302: PEOPLE}
    assert Registration.objects.count() == 1
    assert EventSeats.objects.get().seats_held == 1
