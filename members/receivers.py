"""What follows for a member when allauth says that an account has another address."""

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User

from .actions import address


@receiver(email_changed, sender=EmailAddress)
def write_to_the_new_address(user: User, **kwargs) -> None:
    user.refresh_from_db(fields=["email"])
    address.follow_account(user, timezone.now())
