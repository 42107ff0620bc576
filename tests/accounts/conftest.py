"""What the tests of accounts share."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client

from accounts.actions import open_account
from accounts.models import User

SECRET = "a-good-secret"
APP_KEY = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def amina(home) -> User:
    return open_account("amina@example.org", SECRET, name="Amina Sample")


@pytest.fixture
def sara(home) -> User:
    """Somebody of the secretariat."""
    user = open_account("sara@example.org", SECRET, name="Sara")
    user.groups.add(Group.objects.get(name="Secretariat"))
    return user


@pytest.fixture
def root(home) -> User:
    return User.objects.create_superuser("root@example.org", SECRET)


@pytest.fixture
def with_app() -> Callable[[User], User]:
    """Return a function that gives an account an authenticator app and recovery codes."""

    def set_up(user: User) -> User:
        TOTP.activate(user, APP_KEY)
        RecoveryCodes.activate(user)
        return user

    return set_up


@pytest.fixture
def code() -> Callable[..., str]:
    """Return a function that says what the app shows now; each code is good for one use."""

    def shown(key: str = APP_KEY) -> str:
        cache.delete_many([key for key in getattr(cache, "_cache", {}) if "totp.used" in key])
        return format_hotp_value(hotp_value(key, int(time.time()) // 30))

    return shown


@pytest.fixture
def recovery_code() -> Callable[[User], str]:
    def first_unused(user: User) -> str:
        codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
        return codes.wrap().get_unused_codes()[0]

    return first_unused


@pytest.fixture
def log_in() -> Callable[..., Client]:
    """Return a function that logs in by password, as far as that goes, and returns the client."""

    def with_password(user: User, client: Client | None = None, **data) -> Client:
        client = client or Client()
        client.post("/accounts/login/", {"login": user.email, "password": SECRET} | data)
        return client

    return with_password
