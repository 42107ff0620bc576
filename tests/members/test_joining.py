"""Joining: two parts, one mail, one button."""

import datetime

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from accounts.actions import open_account
from accounts.models import User
from mail.models import Cadence, Consent, Contact
from mail.subscriptions import wishes
from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def join(client, filled_in, written_to, link_in):
    """Return a function that joins as somebody, and answers with the last page."""

    def run(**changes):
        filled = filled_in | changes
        client.post("/join/", filled)
        return client.post(link_in(written_to(filled["email"])[-1]), {"password": ""}, follow=True)

    return run


def test_nothing_is_ticked_before(client, home):
    page = client.get("/join/").text
    assert "checked" not in page


def test_the_form_only_sends_a_mail(client, filled_in, written_to):
    response = client.post("/join/", filled_in)
    assert response.headers["Location"] == "/join/check-your-mail/"
    assert not User.objects.filter(email="amina@example.org").exists()
    assert Contact.objects.get().state == Contact.State.UNVERIFIED
    assert len(written_to("amina@example.org")) == 1


def test_who_opens_the_link_and_presses_the_button_is_a_member(join):
    assert join().status_code == 200
    member = Member.objects.get()
    assert (member.name, member.country.code, member.affiliation) == (
        "Amina Mfano",
        "KE",
        "County of Example",
    )
    assert [theme.slug for theme in member.themes.all()] == ["subnational-finance"]
    assert member.level == "hidden"
    assert {str(topic): cadence for topic, cadence in wishes(member.contact).items()} == {
        "region:africa": Cadence.WEEKLY,
        "theme:subnational-finance": Cadence.WEEKLY,
    }
    assert member.user.time_zone == "Africa/Nairobi"


def test_consent_is_kept_with_the_version_of_its_text(join):
    join(cadence="off")
    decisions = {row.purpose: (row.granted, row.text_version) for row in Consent.objects.all()}
    assert decisions == {"membership": (True, "2026-11"), "updates": (False, "2026-11")}


def test_without_updates_nothing_is_followed(join):
    join(cadence="off")
    assert wishes(Contact.objects.get()) == {}


def test_a_mail_scanner_that_opens_the_link_changes_nothing(client, filled_in, written_to, link_in):
    client.post("/join/", filled_in)
    link = link_in(written_to("amina@example.org")[0])
    for _ in range(3):
        response = client.get(link)
        assert response.status_code == 200
        assert response.headers["Referrer-Policy"] == "same-origin"
    assert not Member.objects.exists()


def test_a_second_click_finds_the_same_member(client, filled_in, written_to, link_in):
    client.post("/join/", filled_in)
    link = link_in(written_to("amina@example.org")[0])
    for _ in range(2):
        client.post(link, {"password": ""})
    assert Member.objects.count() == 1


def test_r20_known_and_unknown_addresses_get_the_same_answer(client, join, filled_in, written_to):
    join()
    client.logout()
    known = client.post("/join/", filled_in | {"email": "AMINA@example.org"})
    unknown = client.post("/join/", filled_in | {"email": "baraka@example.org"})
    assert (known.status_code, known.headers["Location"], known.content) == (
        unknown.status_code,
        unknown.headers["Location"],
        unknown.content,
    )
    assert written_to("amina@example.org")[-1].subject == "You are a member already"
    assert written_to("baraka@example.org")[-1].subject == "Finish joining the Alliance"


def test_the_form_sent_twice_sends_one_mail(client, filled_in, written_to):
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(2):
            client.post("/join/", filled_in)
    assert len(written_to("amina@example.org")) == 1


def test_an_old_link_says_so(client, filled_in, written_to, link_in):
    client.post("/join/", filled_in)
    link = link_in(written_to("amina@example.org")[0])
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=49)):
        response = client.post(link, {"password": ""})
    assert response.status_code == 410
    assert "too old" in response.text
    assert not Member.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "é" * 50, "x" * 3_000])
def test_a_broken_link_says_so(client, home, token):
    assert client.post(f"/join/confirm/{token}/").status_code in {404, 410}


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "amina@example.org\nBcc: all@example.org"},
        {"email": "x" * 10_000},
        {"name": ""},
        {"name": "A\x00mina"},
        {"agrees": ""},
        {"cadence": ""},
        {"cadence": "hourly"},
        {"themes": ["no-such-theme"]},
        {"country": "xx"},
        {"time_zone": "Mars/Olympus"},
    ],
)
def test_what_makes_no_sense_is_refused_in_words(client, filled_in, changes):
    response = client.post("/join/", filled_in | changes)
    assert response.status_code == 200
    assert "error-summary" in response.text
    assert not Contact.objects.exists()


@pytest.mark.parametrize("changes", [{"website": "https://example.org"}, {"opened": ""}])
def test_a_machine_is_asked_again(client, filled_in, changes):
    response = client.post("/join/", filled_in | changes)
    assert "from a machine" in response.text
    assert not Contact.objects.exists()


def test_an_account_that_the_secretariat_made_becomes_a_member_and_keeps_its_password(join):
    user = User.objects.create_user("amina@example.org", "a long old password")
    join()
    user.refresh_from_db()
    assert user.check_password("a long old password")
    assert Member.objects.get().user == user


def test_many_attempts_from_one_place_are_slowed_down(client, filled_in):
    answers = [
        client.post("/join/", filled_in | {"email": f"a{number}@example.org"}).status_code
        for number in range(25)
    ]
    assert answers[0] == 302
    assert answers[-1] == 429


def test_a_used_link_logs_nobody_in(client, filled_in, written_to, link_in):
    client.post("/join/", filled_in)
    link = link_in(written_to("amina@example.org")[0])
    client.post(link, {"password": ""})
    finder = Client()
    assert finder.post(link, {"password": ""}).url == "/my/"
    assert "_auth_user_id" not in finder.session


def test_joining_does_not_replace_the_second_factor(client, filled_in, written_to, link_in):
    user = open_account("amina@example.org", "a-good-secret", name="Amina")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client.post("/join/", filled_in)
    answer = client.post(link_in(written_to("amina@example.org")[0]), {"password": ""})
    assert answer.url == "/accounts/second-factor/authenticate/"
    assert "_auth_user_id" not in client.session
