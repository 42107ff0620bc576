"""The preference centre, the mail program’s button, and the way back."""

import datetime

import pytest
from django.test import Client

from mail import contacts, links, subscriptions
from mail.models import Cadence, Consent, Contact

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(home) -> Contact:
    contact = contacts.contact_for("amina@example.org", now=NOW, name="Amina Mfano")
    wishes = {("theme", "subnational-finance"): Cadence.WEEKLY, ("region", "africa"): Cadence.DAILY}
    subscriptions.set_wishes(contact, wishes, source="join", now=NOW)
    return contact


def on(contact: Contact) -> dict[str, str]:
    found = subscriptions.wishes(contact).items()
    return {str(topic): str(cadence) for topic, cadence in found if cadence != Cadence.OFF}


def test_the_link_shows_what_is_on_and_needs_no_log_in(client, amina):
    page = client.get(f"/preferences/{links.make(links.PREFERENCES, amina)}/").text
    assert page.count('<option value="weekly" selected>') == 1
    assert page.count('<option value="daily" selected>') == 1


def test_topics_can_be_added_as_well_as_removed(client, amina):
    link = f"/preferences/{links.make(links.PREFERENCES, amina)}/"
    client.post(link, {"theme:subnational-finance": "off", "region:asia": "instant"})
    assert on(amina) == {"region:africa": "daily", "region:asia": "instant"}


def test_all_can_be_turned_off_at_once_and_the_consent_goes_with_it(client, amina):
    link = f"/preferences/{links.make(links.PREFERENCES, amina)}/"
    client.post(link, {"region:asia": "daily"})
    client.post(link, {"all-off": "1"})
    assert on(amina) == {}
    decisions = [row.granted for row in Consent.objects.order_by("pk")]
    assert decisions == [True, False]


def test_r18_the_mail_programs_button_needs_no_cookie_and_twice_is_fine(amina):
    button = Client(enforce_csrf_checks=True)
    token = links.make(links.UNSUBSCRIBE, amina, kind="theme", slug="subnational-finance")
    for _ in range(2):
        answer = button.post(f"/unsubscribe/{token}/", {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert on(amina) == {"region:africa": "daily"}


def test_r18_a_scanner_that_opens_the_link_changes_nothing(client, amina):
    token = links.make(links.UNSUBSCRIBE, amina, kind="theme", slug="subnational-finance")
    for _ in range(3):
        assert client.get(f"/unsubscribe/{token}/").status_code == 200
    assert len(on(amina)) == 2


def test_r18_a_session_is_never_the_credential(client, amina, django_user_model):
    client.force_login(django_user_model.objects.create_user("other@example.org"))
    assert client.post("/unsubscribe/nonsense/").status_code == 410
    assert len(on(amina)) == 2


def test_without_a_topic_everything_stops(client, amina):
    client.post(f"/unsubscribe/{links.make(links.UNSUBSCRIBE, amina)}/")
    assert on(amina) == {}


def test_r20_the_link_is_sent_to_those_we_know_and_the_page_says_the_same_to_all(
    client, amina, written_to
):
    known = client.post("/preferences/", {"email": "Amina@example.org"})
    unknown = client.post("/preferences/", {"email": "baraka@example.org"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert known.content == unknown.content
    assert len(written_to("amina@example.org")) == 1
    assert written_to("baraka@example.org") == []


def test_the_mailed_link_opens_the_preferences(client, amina, written_to, link_in):
    client.post("/preferences/", {"email": "amina@example.org"})
    assert client.get(link_in(written_to("amina@example.org")[0])).status_code == 200


@pytest.mark.parametrize("purpose", [links.CONFIRM, links.UNSUBSCRIBE])
def test_a_link_of_another_purpose_opens_nothing(client, amina, purpose):
    assert client.get(f"/preferences/{links.make(purpose, amina)}/").status_code == 410


def test_an_unknown_cadence_is_refused(client, amina):
    link = f"/preferences/{links.make(links.PREFERENCES, amina)}/"
    assert client.post(link, {"region:africa": "hourly"}).status_code == 200
    assert len(on(amina)) == 2
