"""What the mail provider told us of a mail: delivered, bounced, reported as spam."""

from django.db import models

from .delivery import Delivery


class DeliveryEvent(models.Model):
    """One report. Providers repeat themselves: the same event counts once."""

    provider = models.CharField(max_length=40)
    provider_event_id = models.CharField(max_length=200)
    delivery = models.ForeignKey(
        Delivery, null=True, on_delete=models.SET_NULL, related_name="events"
    )
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_event_id"], name="one_provider_event_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
