"""An address that we may write to, and the addresses that we must not."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_time_zone


class Contact(models.Model):
    """One mailbox, whoever it belongs to: members and guests share it.

    ``address`` is ``email`` as it is compared (``mail.rules.normal_address``). ``token_version``
    goes up when links that were sent before shall stop working. ``bounce_score`` is what mails that
    came back add up to, counted at most once a day (``bounced_on``).
    """

    class State(models.TextChoices):
        UNVERIFIED = "unverified", _("not confirmed")
        OK = "ok", _("confirmed")
        SUPPRESSED = "suppressed", _("not to be written to")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    address = models.CharField(_("address as compared"), max_length=320, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact",
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(
        _("time zone"), max_length=63, default="UTC", validators=[validate_time_zone]
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNVERIFIED)
    bounce_score = models.DecimalField(max_digits=3, decimal_places=1, default=0)
    bounced_on = models.DateField(null=True, blank=True)
    token_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                name="a_confirmed_contact_says_when",
                condition=~models.Q(state="ok") | models.Q(confirmed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.email


class Suppression(models.Model):
    """An address that gets no mail that it did not just ask for, known only by its keyed hash.

    It outlives the contact: whoever was erased is not written to again by an old import.
    """

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("mail came back")
        COMPLAINED = "complained", _("reported as spam")
        ERASED = "erased", _("erased on request")
        ASKED = "asked", _("asked not to be written to")

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.at:%Y-%m-%d}"
