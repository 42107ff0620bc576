"""A diary of the index: when it was built anew, when it was compared and what was found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Upkeep(models.Model):
    """A rebuild or a comparison, begun and perhaps not finished.

    A comparison counts documents that were missing, stale or too many, in the projection and in
    the cluster together; ``repaired`` says that they were mended.
    """

    class Kind(models.TextChoices):
        REBUILD = "rebuild", _("rebuild")
        CHECK = "check", _("comparison")

    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    began_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("finished"), null=True, blank=True)
    documents = models.PositiveIntegerField(_("documents"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    stale = models.PositiveIntegerField(_("stale"), default=0)
    extra = models.PositiveIntegerField(_("too many"), default=0)
    repaired = models.BooleanField(_("repaired"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def differences(self) -> int:
        """How many documents were not as they should be."""
        return self.missing + self.stale + self.extra
