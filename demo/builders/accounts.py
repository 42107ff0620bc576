"""The accounts with which one logs in to the demo."""

import datetime

from accounts.actions import open_account
from accounts.models import User
from demo.accounts import LOGINS, PASSWORD, DemoLogin
from demo.loader import Loader
from working_groups.actions import ensure_secretariat


def plant(loader: Loader) -> None:
    """Open the accounts and tie them to their people."""
    for login in LOGINS:
        _link(loader, login.person, _demo_user(login, loader.now))
    for item in loader.outline["accounts"]:
        user = _user(
            item["email"],
            name=loader.people[item["person"]].name,
            language=item["language"],
            time_zone=item["time_zone"],
        )
        _link(loader, item["person"], user)


def write(loader: Loader) -> None:
    """Nothing waits for the pages."""


def _demo_user(login: DemoLogin, now: datetime.datetime) -> User:
    user = _user(
        login.email,
        PASSWORD,
        name=login.name,
        time_zone=login.time_zone,
        is_superuser=login.is_superuser,
        is_staff=login.is_superuser,
        date_joined=now,
    )
    if login.is_secretariat:
        user.groups.add(ensure_secretariat())
    return user


def _user(email: str, password: str | None = None, **fields) -> User:
    return User.objects.filter(email=email).first() or open_account(email, password, **fields)


def _link(loader: Loader, person: str, user: User) -> None:
    if not person or loader.people[person].user_id == user.pk:
        return
    loader.people[person].user = user
    loader.people[person].save(update_fields=["user"])
