"""What organisers wrote to the people of an event, to whom, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .event_page import EventPage


class AttendeeMessage(models.Model):
    """One message to those who take part in an event, and the log of it.

    ``event`` is the page that holds the registrations. ``key`` is that of the form: sent twice, it
    counts once. ``audience`` names some of ``events.messages.audience``. The mails are planned when
    ``due_at`` has come; the numbers are written down when nothing of it is on its way any more.
    """

    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="attendee_messages")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=5_000)
    audience = models.JSONField(_("to"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    written_at = models.DateTimeField(_("written at"))
    due_at = models.DateTimeField(_("to be sent at"))
    planned_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    recipients = models.PositiveIntegerField(_("recipients"), default=0)
    sent = models.PositiveIntegerField(_("sent"), default=0)
    skipped = models.PositiveIntegerField(_("not sent, for a reason"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)

    class Meta:
        verbose_name = _("message to attendees")
        verbose_name_plural = _("messages to attendees")
        permissions = [("message_attendees", "Can write to the attendees of events")]
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="messages_to_plan",
                condition=Q(planned_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.Index(
                fields=["planned_at"],
                name="messages_to_settle",
                condition=Q(settled_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_message_is_planned_before_it_is_settled",
                condition=Q(settled_at__isnull=True) | Q(planned_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.subject
