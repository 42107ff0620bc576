"""Who was silenced lets us write again: by the link in a mail, or logged in."""

import datetime

import pytest

from mail import contacts, links
from mail.models import Contact, Suppression
from members.actions import preferences
from tests.factories.members import make_member

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("logged_in", [True, False])
def test_a_silenced_address_is_opened_by_its_owner_only_and_by_a_button(client, home, logged_in):
    member = make_member("amina@example.org", "Amina Mfano")
    contacts.suppress("amina@example.org", Suppression.Reason.BOUNCED, NOW)
    Contact.objects.update(bounce_score=3)
    path = f"/preferences/{links.make(links.PREFERENCES, member.contact)}/"
    if logged_in:
        client.force_login(member.user)
        path = "/my/topics/"
    assert "Write to me again" in client.get(path).content.decode()
    assert Contact.objects.get().state == "suppressed"
    client.post(path, {"write-again": "1"})
    contact = Contact.objects.get()
    assert (contact.state, contact.bounce_score) == ("ok", 0)
    assert not contacts.is_suppressed("amina@example.org")
    assert "Write to me again" not in client.get(path).content.decode()


def test_the_button_confirms_nobody_who_never_confirmed(home):
    contact = contacts.contact_for("new@example.org", now=NOW)
    preferences.allow_again(contact, NOW)
    assert contact.state == Contact.State.UNVERIFIED
