"""Every mail that leaves the site, as a row that was written before it was sent."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .contact import Contact


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("queued")
    LEASED = "leased", _("taken by a mailer")
    SENDING = "sending", _("sending")
    SENT = "sent", _("sent")
    SKIPPED = "skipped", _("not sent, for a reason")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("perhaps sent")


class Lane(models.TextChoices):
    """In which order mails leave: what somebody waits for, what is due, what can wait."""

    TRANSACTIONAL = "transactional", _("answer")
    REMINDER = "reminder", _("reminder")
    BULK = "bulk", _("update or digest")


class Delivery(models.Model):
    """One mail to one address.

    The row is written in the transaction of the change that causes the mail and is sent after
    that transaction has committed, so a rolled-back change mails nobody. ``key`` makes planning
    exact: the same purpose, object and recipient never give a second row.

    A mail is either written already (``subject``, ``body``) or is written when it is sent, from
    the ids in ``payload``, by the writer of its purpose (``mail.writers``).

    ``due_at`` moves on when an attempt failed. ``lease_token`` names the mailer that took the row
    last, ``times_lost`` how often one died while sending it. ``error`` holds the last fault, or
    why the mail was skipped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("key"), max_length=200, unique=True)
    purpose = models.CharField(_("purpose"), max_length=50)
    lane = models.CharField(_("lane"), max_length=15, choices=Lane, default=Lane.TRANSACTIONAL)
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    payload = models.JSONField(default=dict, blank=True)
    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    sender = models.CharField(_("sender"), max_length=255, blank=True)
    reply_to = models.CharField(_("reply to"), max_length=255, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    times_lost = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    not_after = models.DateTimeField(_("not after"), null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["lane", "due_at"],
                name="deliveries_to_send",
                condition=models.Q(state="queued"),
            ),
            models.Index(
                fields=["lease_until"],
                name="deliveries_in_hand",
                condition=models.Q(state__in=["leased", "sending"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_sent_delivery_says_when",
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
