"""When each job of the schedule ran last."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rules import Past


class JobRun(models.Model):
    """The last run of one job. While it runs, and if it was killed, it has not finished.

    ``known_since`` is when the schedule first saw the job: a nightly one waits for the first night
    after that and has not started until then.
    """

    job = models.CharField(_("job"), max_length=100, unique=True)
    known_since = models.DateTimeField(_("known since"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["job"]
        constraints = [
            models.CheckConstraint(
                name="a_finished_job_had_started",
                condition=models.Q(finished_at=None) | models.Q(started_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.job

    @property
    def past(self) -> Past:
        """What the rules of the schedule look at."""
        return Past(self.known_since, self.started_at, self.finished_at)
