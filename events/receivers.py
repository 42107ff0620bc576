"""What we do when Wagtail has published an event."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from .models import EventPage
from .published import record


@receiver(post_save, sender=EventPage)
def on_save(instance: EventPage, raw: bool = False, update_fields=None, **kwargs) -> None:
    """Count the changes of a page that readers see; a draft only updates some fields."""
    if instance.live and update_fields is None and not raw:
        record(instance, timezone.now())
