"""Who may change whose account in the admin."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.actions import open_account
from accounts.models import User


@pytest.fixture
def sara(home) -> User:
    user = open_account("sara@example.org", "a-good-secret", name="Sara")
    user.groups.add(Group.objects.get(name="Secretariat"))
    return user


@pytest.fixture
def root(home) -> User:
    return User.objects.create_superuser("root@example.org", "a-good-secret")


def edit(client, user: User, **changes):
    data = {"email": user.email, "name": user.name, "language": "en", "is_active": "on"} | changes
    return client.post(f"/admin/users/edit/{user.pk}/", data)


def test_the_secretariat_makes_an_account_that_can_log_in(client, sara):
    client.force_login(sara)
    page = client.get("/admin/users/new/")
    assert page.status_code == 200
    assert b"last_name" not in page.content
    data = {"email": "new@example.org", "name": "New Person", "language": "fr"}
    assert client.post("/admin/users/new/", data).status_code == 302
    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified


def test_the_secretariat_makes_no_administrators(client, sara):
    client.force_login(sara)
    other = open_account("other@example.org", name="Other")
    edit(client, other, is_superuser="on", name="Changed")
    other.refresh_from_db()
    assert other.name == "Changed"
    assert not other.is_superuser


def test_the_secretariat_cannot_touch_administrators(client, sara, root):
    client.force_login(sara)
    edit(client, root, password1="taken-over-1", password2="taken-over-1")
    root.refresh_from_db()
    assert root.check_password("a-good-secret")
    address = f"/admin/bulk/accounts/user/set_active_state/?id={root.pk}"
    client.post(address, {"mark_as_active": "False"})
    root.refresh_from_db()
    assert root.is_active


def test_administrators_make_administrators(client, root):
    client.force_login(root)
    other = open_account("other@example.org", name="Other")
    assert client.get(f"/admin/users/edit/{other.pk}/").status_code == 200
    edit(client, other, is_superuser="on")
    other.refresh_from_db()
    assert other.is_superuser


def test_a_new_administrator_can_log_in_at_once(client, root):
    client.post("/accounts/login/", {"login": root.email, "password": "a-good-secret"})
    assert "_auth_user_id" in client.session


def test_editors_keep_only_admin_settings_in_the_admin(client, sara):
    client.force_login(sara)
    page = client.get("/admin/account/")
    assert page.status_code == 200
    assert b"last_name" not in page.content
    assert b"new_password1" not in page.content
