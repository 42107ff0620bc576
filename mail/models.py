"""Every mail that leaves the site, as a row that was written before it was sent."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("sending")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class Delivery(models.Model):
    """One mail to one address.

    The row is written in the transaction of the change that causes the mail and is sent after
    that transaction has committed, so a rolled-back change mails nobody. ``key`` makes planning
    exact: the same purpose, object and recipient never give a second row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("key"), max_length=200, unique=True)
    purpose = models.CharField(_("purpose"), max_length=50)
    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    sender = models.CharField(_("sender"), max_length=255, blank=True)
    reply_to = models.CharField(_("reply to"), max_length=255, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="deliveries_to_send",
                condition=models.Q(state__in=["queued", "sending"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_sent_delivery_says_when",
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
