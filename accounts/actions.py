"""What may be done with accounts."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from wagtail.users.models import UserProfile

from .models import User


@transaction.atomic
def open_account(email: str, password: str | None = None, **fields) -> User:
    """Return a new account whose address counts as confirmed: somebody we know asked for it.

    Without a password the person sets one through “Forgotten password”.
    """
    user = User.objects.create_user(email, password, **fields)
    confirm_address(user)
    use_preferences_in_admin(user)
    return user


def confirm_address(user: User) -> None:
    """Take the address of an account as its only one and as confirmed."""
    user.emailaddress_set.exclude(email__iexact=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user,
        email=user.email.lower(),
        defaults={"verified": True, "primary": True},
    )


def use_preferences_in_admin(user: User) -> None:
    """Let the admin speak the person’s language and show times in their zone."""
    UserProfile.objects.update_or_create(
        user=user,
        defaults={
            "preferred_language": user.language,
            "current_time_zone": user.time_zone,
        },
    )


@transaction.atomic
def take_second_factor(user: User) -> int:
    """Take all second factors from an account and log it out everywhere; return how many went.

    For somebody who lost the device and the recovery codes. They set up a new one at the next
    log-in if their work needs it.
    """
    for session in UserSession.objects.filter(user=user):
        session.end()
    factors = Authenticator.objects.filter(user=user).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    number = factors.count()
    Authenticator.objects.filter(user=user).delete()
    return number
