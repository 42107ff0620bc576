"""R5: double clicks, the way back, reloading, two tabs; a form counts once, a person too."""

import uuid

import pytest
import time_machine
from django.test import Client

from events.models import Registration
from mail.models import Delivery
from tests.factories.members import make_member
from tests.factories.registration import make_seats
from tests.side_by_side import side_by_side


@pytest.fixture(autouse=True)
def _clock(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def address(event) -> str:
    make_seats(event, 1)
    return f"/events/{event.pk}/register/"


@pytest.fixture
def amina(client, home):
    """A member who is logged in."""
    member = make_member()
    client.force_login(member.user)
    return member


def a_key() -> dict[str, str]:
    return {"key": str(uuid.uuid4())}


@pytest.mark.django_db(transaction=True)
def test_r5_a_double_click_leads_to_one_page_twice(client, address, amina):
    form, tabs = a_key(), iter((client, Client()))

    def click():
        tab = next(tabs)
        tab.cookies = client.cookies
        return tab.post(address, form)

    answers = side_by_side(click, 2)
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Registration.objects.count() == Delivery.objects.count() == 1


@pytest.mark.django_db
def test_r5_whoever_goes_back_and_sends_it_again_has_what_they_had(client, address, amina):
    form = a_key()
    first = client.post(address, form).headers["Location"]
    assert "You have a seat" in client.get(address).text
    assert client.post(address, form).headers["Location"] == first
    assert Registration.objects.count() == Delivery.objects.count() == 1


@pytest.mark.django_db
def test_r5_an_old_form_brings_nobody_back_who_has_cancelled(client, address, amina):
    form = a_key()
    mine = client.post(address, form).headers["Location"]
    client.post(mine, {"cancel": "1"})
    assert "This registration is cancelled" in client.post(address, form, follow=True).text
    assert Registration.objects.get().state == "cancelled"


@pytest.mark.django_db
def test_r5_reloading_what_was_answered_changes_nothing(client, address, amina):
    mine = client.post(address, a_key()).headers["Location"]
    before = list(Registration.objects.values()), Delivery.objects.count()
    for _ in range(3):
        assert client.get(mine).status_code == 200
    assert (list(Registration.objects.values()), Delivery.objects.count()) == before


@pytest.mark.django_db
def test_r5_two_tabs_are_one_member(client, address, amina):
    pages = [client.post(address, a_key()).headers["Location"] for _tab in range(2)]
    assert len(set(pages)) == 1
    assert Registration.objects.count() == Delivery.objects.count() == 1


@pytest.mark.django_db
def test_r5_two_tabs_of_a_guest_lead_to_one_page_and_one_mail(client, address, filled_in):
    answers = [client.post(address, filled_in | a_key()) for _tab in range(2)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Registration.objects.count() == Delivery.objects.count() == 1
