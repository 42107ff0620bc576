"""The second factor: who needs one to enter the admin, and whether this session has shown it."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from .models import User

Test = Callable[[User], bool]
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
WANTED = "after_second_factor"

_tests: list[Test] = []


def require_for(test: Test) -> None:
    """Ask those for a second factor about whom the test says yes; for the apps above this one."""
    _tests.append(test)


def is_required_for(user: User) -> bool:
    """Return whether this account enters the admin only with a second factor."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_superuser or any(test(user) for test in _tests)


def has_one(user: User) -> bool:
    """Return whether somebody set one up; recovery codes alone are none."""
    return is_mfa_enabled(user, FACTORS)


def has_passkey(user: User) -> bool:
    return is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN])


def was_shown(request: HttpRequest) -> bool:
    """Return whether a second factor of this person was shown in this very session.

    That an account has one is not enough: a session may have begun some other way.
    """
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def may_enter(request: HttpRequest) -> bool:
    """Return whether the person of this request may go on to the admin."""
    user = request.user
    if not user.is_authenticated or not is_required_for(user):
        return True
    return was_shown(request) and has_one(user)
