"""What somebody agreed to, in which words, and when they took it back. Only ever added to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .contact import Contact


class Consent(models.Model):
    """One decision. The last one for a purpose counts; earlier ones stay as they were.

    ``left_at`` says since when nobody is behind it any more: it is kept for a while as a proof.
    """

    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.SET_NULL, related_name="consents"
    )
    purpose = models.CharField(_("purpose"), max_length=40)
    granted = models.BooleanField(_("granted"))
    text_version = models.CharField(_("version of the text"), max_length=40)
    source = models.CharField(_("where"), max_length=40)
    at = models.DateTimeField(_("at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.granted} {self.at:%Y-%m-%d}"
