"""What follows when Django saves an account, or when allauth says that a factor was added."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.db.models.signals import post_save
from django.dispatch import receiver

from . import actions, second_factor
from .models import User


@receiver(post_save, sender=User)
def confirm_administrator(instance, created: bool, raw: bool = False, **kwargs) -> None:
    """Let a new administrator in at once: who runs ``createsuperuser`` holds the server anyway."""
    if created and instance.is_superuser and not raw:
        actions.confirm_address(instance)


@receiver(authenticator_added, sender=Authenticator)
def count_first_factor_as_shown(
    request, user: User, authenticator: Authenticator, **kwargs
) -> None:
    """Whoever has just set up their first second factor has shown it: setting up takes a code."""
    if authenticator.type in second_factor.FACTORS and not _others(authenticator).exists():
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def _others(authenticator: Authenticator):
    mine = Authenticator.objects.filter(user=authenticator.user, type__in=second_factor.FACTORS)
    return mine.exclude(pk=authenticator.pk)
