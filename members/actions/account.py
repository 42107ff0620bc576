"""An account and what belongs to it alone: what is known of it, and forgetting it."""

import datetime
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from accounts.models import User
from mail.models import Delivery
from members.models import DataRequest


def collected(user: User) -> dict[str, Any]:
    """Return how somebody logs in and from where; of their second factors no secret."""
    factors = Authenticator.objects.filter(user=user).order_by("created_at")
    sessions = UserSession.objects.filter(user=user).order_by("created_at")
    addresses = user.emailaddress_set.order_by("pk")
    return {
        "addresses": list(addresses.values("email", "verified", "primary")),
        "second_factors": [
            {
                "kind": factor.type,
                "name": str(factor),
                "created_at": factor.created_at,
                "last_used_at": factor.last_used_at,
            }
            for factor in factors
        ],
        "sessions": list(sessions.values("ip", "user_agent", "created_at", "last_seen_at")),
    }


def is_last_administrator(user: User) -> bool:
    """Return whether nobody but this account can do everything."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()


@transaction.atomic
def erase_account(user: User, now: datetime.datetime) -> None:
    """Forget an account that is no member’s, at once.

    A person of the site keeps their page, offices and what they wrote. Raises
    ``ValidationError`` for the last administrator.
    """
    if is_last_administrator(user):
        raise ValidationError(_("You are the last administrator. Make somebody else one first."))
    Delivery.objects.filter(recipient__iexact=user.email).delete()
    if person := getattr(user, "person", None):
        person.email = ""
        person.save(update_fields=["email"])
    DataRequest.objects.create(
        kind=DataRequest.Kind.ERASE, state=DataRequest.State.DONE, asked_at=now, done_at=now
    )
    forget(user, names=())


def forget(user: User, names: Iterable[str]) -> None:
    """Delete an account with its second factors and sessions; logs no longer name it.

    ``names`` are further names by which logs may call the person.
    """
    for session in Session.objects.filter(session_key__in=_sessions(user)):
        session.delete()
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        profile.avatar.delete(save=False)
    known = {*names, user.email, user.name} - {""}
    for log in (ModelLogEntry, PageLogEntry):
        log.objects.filter(user_id=user.pk).update(user=None)
        log.objects.filter(label__in=known).update(label="–")
    user.delete()


def _sessions(user: User) -> list[str]:
    """Return the keys of all sessions of an account, whichever way they began."""
    sessions = Session.objects.all().iterator()
    return [row.pk for row in sessions if row.get_decoded().get("_auth_user_id") == str(user.pk)]
