"""Contacts, the links that stand for them, and what they follow."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.utils import timezone

from mail import contacts, links, rules, subscriptions
from mail.models import Cadence, Consent, Contact, Suppression

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def amina() -> Contact:
    return contacts.contact_for("Amina@Example.org", now=NOW, name="Amina Mfano")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" Amina@Example.ORG ", "amina@example.org"),
        ("zoé@exemple.fr", "zoé@exemple.fr"),
        ("zoe\N{COMBINING ACUTE ACCENT}@exemple.fr", "zoé@exemple.fr"),
        ("a.b+c@example.org", "a.b+c@example.org"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_compared_in_one_spelling(written, normal):
    assert rules.normal_address(written) == normal


@pytest.mark.parametrize(
    "written",
    [
        *("", "amina", "@example.org", "amina@", "a b@example.org", "a@b@example.org"),
        *("amina@example.org\nBcc: x@example.org", "a\x00@example.org", "a@exa..mple.org"),
        *("<a@example.org>", "a@.example.org", f"{'a' * 65}@example.org", "a@" + "b" * 9_999),
    ],
)
def test_what_is_no_address_is_refused(written):
    with pytest.raises(ValueError, match="no e-mail address"):
        rules.normal_address(written)


def test_an_address_has_one_contact_whatever_its_case(amina):
    assert contacts.contact_for("amina@example.org", now=NOW) == amina
    assert amina.name == "Amina Mfano"


def test_who_confirms_may_be_written_to_again(amina):
    contacts.suppress(amina.email, Suppression.Reason.BOUNCED, NOW)
    assert contacts.is_suppressed("AMINA@example.org")
    contacts.confirm(amina, NOW)
    assert not contacts.is_suppressed(amina.email)
    assert amina.state == Contact.State.OK


def test_a_suppressed_address_is_not_kept_in_words(amina):
    contacts.suppress(amina.email, Suppression.Reason.ERASED, NOW)
    row = Suppression.objects.values().get()
    assert not any("amina" in str(value).lower() for value in row.values())


def test_r19_a_link_opens_one_purpose_only(amina):
    token = links.make(links.CONFIRM, amina, topic="theme:finance")
    assert links.read(links.CONFIRM, token) == (amina, {"topic": "theme:finance"})
    with pytest.raises(links.LinkBroken):
        links.read(links.PREFERENCES, token)


def test_r19_a_link_grows_too_old(amina):
    with time_machine.travel(timezone.now() - datetime.timedelta(hours=49)):
        token = links.make(links.CONFIRM, amina)
    with pytest.raises(links.LinkExpired):
        links.read(links.CONFIRM, token)


def test_r19_links_can_be_taken_back(amina):
    token = links.make(links.PREFERENCES, amina)
    contacts.revoke_links(amina)
    with pytest.raises(links.LinkBroken):
        links.read(links.PREFERENCES, token)
    assert links.read(links.PREFERENCES, links.make(links.PREFERENCES, amina))[0] == amina


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "é", "x" * 10_000])
def test_r19_a_broken_link_is_refused(token):
    with pytest.raises(links.LinkBroken):
        links.read(links.CONFIRM, token)


def test_wishes_change_what_they_name_and_nothing_else(amina):
    first = {("theme", "finance"): Cadence.WEEKLY, ("region", "africa"): Cadence.INSTANT}
    assert subscriptions.set_wishes(amina, first, source="join", now=NOW) == 2
    assert subscriptions.set_wishes(amina, first, source="join", now=NOW) == 0
    change = {("theme", "finance"): Cadence.OFF, ("sector", "health"): Cadence.OFF}
    assert subscriptions.set_wishes(amina, change, source="preferences", now=NOW) == 1
    assert {str(topic): cadence for topic, cadence in subscriptions.wishes(amina).items()} == {
        "region:africa": "instant",
        "theme:finance": "off",
    }


def test_one_topic_or_all_can_be_turned_off_and_twice_is_fine(amina):
    chosen = {("theme", slug): Cadence.DAILY for slug in ("finance", "gender", "climate")}
    subscriptions.set_wishes(amina, chosen, source="join", now=NOW)
    finance = subscriptions.topic("theme", "finance")
    assert subscriptions.unsubscribe(amina, finance, source="mail", now=NOW) == 1
    assert subscriptions.unsubscribe(amina, finance, source="mail", now=NOW) == 0
    assert subscriptions.unsubscribe(amina, None, source="mail", now=NOW) == 2


def test_the_last_consent_counts_and_earlier_ones_stay(amina):
    yes = subscriptions.Decision("updates", True, "2026-01", "join")
    assert not subscriptions.has_consented(amina, "updates")
    subscriptions.record_consent(amina, yes, NOW)
    assert subscriptions.has_consented(amina, "updates")
    subscriptions.record_consent(amina, replace(yes, granted=False), NOW)
    assert not subscriptions.has_consented(amina, "updates")
    assert Consent.objects.count() == 2
