"""Reports of meeting tools that organisers read in: what would become of each row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .event_page import EventPage
from .registration import Registration


class AttendanceReport(models.Model):
    """One report of a meeting tool: first tried, which marks nobody, then taken over as a whole.

    The file is not kept, and what its rows say of people only until it is taken over. ``columns``
    says as what each heading was understood; ``counts`` how many rows had which fate.
    """

    class State(models.TextChoices):
        TRIED = "tried", _("tried")
        DONE = "done", _("taken over")

    event = models.ForeignKey(
        EventPage, on_delete=models.CASCADE, related_name="attendance_reports"
    )
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    counts = models.JSONField(_("rows by fate"), default=dict)
    state = models.CharField(_("state"), max_length=5, choices=State, default=State.TRIED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))
    done_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    class Meta:
        verbose_name = _("report of attendance")
        verbose_name_plural = _("reports of attendance")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="a_report_is_taken_over_at_a_moment",
                condition=Q(state="tried", done_at__isnull=True)
                | Q(state="done", done_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d}"


class AttendanceRow(models.Model):
    """One row of a report that waits to be taken over, and what would become of it."""

    class Fate(models.TextChoices):
        MATCHED = "matched", _("found by e-mail")
        BY_NAME = "by-name", _("found by name")
        AMBIGUOUS = "ambiguous", _("several people have this name")
        NO_SEAT = "no-seat", _("registered, but had no seat")
        UNKNOWN = "unknown", _("not registered")
        NOT_LET_IN = "not-let-in", _("stayed in the waiting room")
        UNREADABLE = "unreadable", _("cannot be read")

    report = models.ForeignKey(AttendanceReport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("row"))
    fate = models.CharField(_("fate"), max_length=10, choices=Fate)
    registration = models.ForeignKey(
        Registration, null=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    address = models.CharField(_("e-mail"), max_length=254, blank=True)
    was_there = models.BooleanField(_("was there"), default=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of a report of attendance")
        verbose_name_plural = _("rows of reports of attendance")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="rows_of_a_report_are_numbered"
            ),
            models.CheckConstraint(
                name="who_was_found_in_a_report_is_registered",
                condition=~Q(fate__in=["matched", "by-name"]) | Q(registration__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.number}"
