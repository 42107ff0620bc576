"""What follows when Django saves an account."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from . import actions
from .models import User


@receiver(post_save, sender=User)
def confirm_administrator(instance, created: bool, raw: bool = False, **kwargs) -> None:
    """Let a new administrator in at once: who runs ``createsuperuser`` holds the server anyway."""
    if created and instance.is_superuser and not raw:
        actions.confirm_address(instance)
