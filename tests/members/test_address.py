"""Whoever logs in with another address gets our mails there."""

import re

import pytest
from django.utils import timezone

from accounts.actions import open_account
from accounts.models import User
from mail import contacts, links
from mail.models import Contact, Delivery, Subscription, Topic
from members import duplicates
from members.actions import address
from members.models import Member
from tests.factories.groups import make_group
from tests.factories.members import make_member
from tests.members.lists import a_list, imported

pytestmark = pytest.mark.django_db
NEW = "amina@new.example.org"


def change(client, member: Member, email: str) -> None:
    """Change the address as the member does: by the form and the code from the mail."""
    client.post("/accounts/login/", {"login": member.user.email, "password": "a-good-secret"})
    wish = {"email": email, "action_add": "1"}
    asked = client.post("/accounts/email/", wish)
    if "reauthenticate" in asked.url:
        asked = client.post(asked.url, {"password": "a-good-secret"})
    body = Delivery.objects.filter(recipient=email).latest("created_at").body
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", body, re.MULTILINE)[1]
    client.post(asked.url, {"code": code})


@pytest.fixture
def amina(home) -> Member:
    member = make_member()
    member.user.set_password("a-good-secret")
    member.user.save()
    Contact.objects.filter(pk=member.contact_id).update(user=member.user)
    return member


def test_mails_go_to_the_address_with_which_a_member_logs_in(client, amina):
    old = links.make(links.PREFERENCES, amina.contact)
    change(client, amina, NEW)
    amina.refresh_from_db()
    assert (amina.user.email, amina.contact.email, amina.contact.state) == (NEW, NEW, "ok")
    with pytest.raises(links.LinkBroken):
        links.read(links.PREFERENCES, old)


def test_the_old_address_is_told(client, amina):
    change(client, amina, NEW)
    told = Delivery.objects.filter(recipient="amina@example.org").latest("created_at")
    assert NEW in told.body


def test_what_a_guest_asked_for_by_the_new_address_comes_along(amina):
    guest = contacts.contact_for(NEW, now=timezone.now())
    topic = Topic.objects.create(kind="region", slug="africa")
    Subscription.objects.create(
        contact=guest, topic=topic, cadence="daily", source="t", changed_at=timezone.now()
    )
    amina.user.email = NEW
    assert address.follow_account(amina.user, timezone.now())
    assert amina.contact.subscriptions.get().cadence == "daily"
    assert Contact.objects.count() == 1


def test_the_address_of_another_member_stays_theirs(amina):
    make_member(NEW, "Baraka")
    amina.user.email = NEW
    assert not address.follow_account(amina.user, timezone.now())


def test_a_membership_that_only_a_list_knows_makes_way_for_whoever_reads_the_mailbox(client, amina):
    make_group("Africa")
    heading = "Name,E-mail,Working groups,Job title"
    imported(a_list(f"A. Mfano,{NEW},Africa,Mayor", heading=heading), amina.user, timezone.now())
    change(client, amina, NEW)
    amina.refresh_from_db()
    assert (amina.user.email, amina.contact.email, amina.name) == (NEW, NEW, "Amina Mfano")
    assert (amina.position, amina.memberships.count()) == ("Mayor", 1)
    assert Member.objects.count() == Contact.objects.count() == 1
    told = Delivery.objects.get(key__startswith="merged:")
    assert (told.recipient, f"You log in with {NEW}." in told.body) == (NEW, True)
    assert client.get("/my/").status_code == 200


def test_the_address_of_an_account_in_use_changes_nothing_and_says_what_to_do(client, amina):
    baraka = make_member(NEW, "Baraka")
    User.objects.filter(pk=baraka.user_id).update(last_login=timezone.now())
    change(client, amina, NEW)
    amina.refresh_from_db()
    assert (amina.user.email, amina.contact.email) == ("amina@example.org",) * 2
    assert Member.objects.filter(pk=baraka.pk).exists()
    shown = client.get("/my/").content.decode()
    assert f"Nothing was changed: {NEW} belongs to another account" in shown


def test_an_account_of_the_secretariat_never_makes_way(client, amina):
    open_account(NEW, name="Office")
    User.objects.get(email=NEW).emailaddress_set.update(verified=False)
    change(client, amina, NEW)
    amina.refresh_from_db()
    assert amina.user.email == "amina@example.org"
    assert User.objects.filter(email=NEW).exists()


def test_where_mails_still_go_to_the_old_address_it_is_said_and_the_secretariat_sees_it(
    client, amina
):
    baraka = make_member(NEW, "Baraka")
    baraka.user.emailaddress_set.all().delete()
    User.objects.filter(pk=baraka.user_id).update(email="baraka@example.org")
    change(client, amina, NEW)
    shown = client.get("/my/").content.decode()
    assert "Our mails still go to amina@example.org" in shown
    assert f"You log in with {NEW}, and our mails go to amina@example.org." in shown
    (pair,) = duplicates.pairs()
    assert {pair.one, pair.other} == {amina, baraka}


def test_nothing_follows_where_nothing_changed(amina):
    assert not address.follow_account(amina.user, timezone.now())
