"""What goes with an account: its factors and sessions, in the export, and when it is deleted."""

import json
import zipfile
from io import BytesIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.actions import open_account
from accounts.models import User
from mail.models import Delivery
from members.actions import account, privacy
from members.actions.export import export
from tests.factories.content import make_person
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
KEY = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def chair(client, home) -> User:
    """A co-chair with an account who never joined."""
    user = open_account("chair@example.org", "a-good-secret", name="Chair Sample")
    make_person("Chair Sample", user=user, email="chair@example.org")
    client.post("/accounts/login/", {"login": user.email, "password": "a-good-secret"})
    return user


def test_the_export_tells_of_factors_and_sessions_without_their_secrets(client, home):
    member = make_member()
    TOTP.activate(member.user, KEY)
    RecoveryCodes.activate(member.user)
    client.force_login(member.user)
    UserSession.objects.create(user=member.user, session_key="k" * 32, ip="203.0.113.7")
    with zipfile.ZipFile(BytesIO(export(member, timezone.now()))) as archive:
        words = archive.read("data.json").decode()
    facts = json.loads(words)
    assert [factor["kind"] for factor in facts["second_factors"]] == ["totp", "recovery_codes"]
    assert facts["sessions"][0]["ip"] == "203.0.113.7"
    assert not any(secret in words for secret in (KEY, "seed", "k" * 32))


def test_r25_erasure_takes_factors_and_sessions_along(client, home):
    member = make_member()
    TOTP.activate(member.user, KEY)
    client.force_login(member.user)
    UserSession.objects.create(user=member.user, session_key="k" * 32, ip="203.0.113.7")
    privacy.erase(member, timezone.now())
    for model in (Authenticator, UserSession, Session, User):
        assert not model.objects.exists(), model


def test_deleting_an_account_asks_who_it_is_first(client, chair):
    answer = client.get("/accounts/delete/")
    assert answer.url == "/accounts/reauthenticate/?next=%2Faccounts%2Fdelete%2F"
    assert client.post("/accounts/delete/").url.startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=chair.pk).exists()


def test_an_account_goes_and_the_persons_page_stays(client, chair):
    Delivery.objects.create(recipient=chair.email, subject="S", body="B", purpose="p", key="k")
    client.post("/accounts/reauthenticate/", {"password": "a-good-secret"})
    assert client.get("/accounts/delete/").status_code == 200
    answer = client.post("/accounts/delete/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/deleted/"
    assert not User.objects.exists()
    assert not Delivery.objects.exists()
    person = chair.person
    person.refresh_from_db()
    assert (person.user, person.email, person.is_public) == (None, "", True)


def test_members_leave_from_the_page_of_their_data(client, home):
    member = make_member()
    client.force_login(member.user)
    client.session.save()
    page = client.get("/accounts/").text
    assert "/my/data/" in page
    assert "/accounts/delete/" not in page


def test_the_last_administrator_stays(home):
    root = User.objects.create_superuser("root@example.org", "a-good-secret")
    with pytest.raises(ValidationError):
        account.erase_account(root, timezone.now())
    User.objects.create_superuser("other@example.org", "a-good-secret")
    account.erase_account(root, timezone.now())
    assert not User.objects.filter(email="root@example.org").exists()
