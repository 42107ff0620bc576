"""A list of members that came from another system."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberImport(models.Model):
    """One uploaded list: first tried (dry run), then imported; ``report`` tells every row’s fate.

    The file itself is not kept. ``report`` is a list of ``{"row", "fate", "why"}`` where the row
    is its number, so that nobody’s data stays behind in it.
    """

    class State(models.TextChoices):
        TRIED = "tried", _("tried")
        RUNNING = "running", _("running")
        DONE = "done", _("imported")
        REFUSED = "refused", _("refused")

    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    done_rows = models.PositiveIntegerField(_("rows done"), default=0)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("import of members")
        verbose_name_plural = _("imports of members")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d}"
