"""What a meeting said at each time, and what of it those who are registered have heard."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .event_page import EventPage
from .registration import Registration


class MeetingFacts(models.Model):
    """When, where and whether a meeting was to be held, under one sequence of its calendar entry.

    Kept only of meetings that changed: what they said at first and after each change. ``is_told``
    says whether those who are registered are to hear of what changed. It can be shown like an
    event (``times.Timed``, ``lines.where``).
    """

    Mode = EventPage.Mode
    recording = ""

    meeting = models.UUIDField(_("translation key of its pages"), editable=False)
    sequence = models.PositiveIntegerField(_("how often it was moved or changed"))
    starts_at = models.DateTimeField(_("begins (UTC)"), null=True)
    ends_at = models.DateTimeField(_("ends (UTC)"), null=True)
    time_zone = models.CharField(_("time zone"), max_length=63, blank=True)
    status = models.CharField(_("status"), max_length=15, choices=EventPage.Status)
    mode = models.CharField(_("takes place"), max_length=10, choices=Mode)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    said_at = models.DateTimeField(_("said since"))
    is_told = models.BooleanField(_("those who are registered are told"), default=False)

    class Meta:
        verbose_name = _("what a meeting said")
        verbose_name_plural = _("what meetings said")
        ordering = ["meeting", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sequence"], name="a_meeting_says_one_thing_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.sequence})"


class ChangeNotice(models.Model):
    """One mail to all who are registered, about everything that changed until it was quiet.

    It is open until ``closed_at``; each further change lets it wait anew. ``sequence`` and
    ``recipients`` are known once it is closed.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("waits until nothing changes any more")
        TOLD = "told", _("told")
        NOTHING = "nothing", _("nothing was left to tell, or nobody to be told")
        STOPPED = "stopped", _("stopped; nobody was told")

    meeting = models.UUIDField(_("translation key of its pages"), editable=False)
    opened_at = models.DateTimeField(_("changed first at"))
    settles_at = models.DateTimeField(_("goes out at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    sequence = models.PositiveIntegerField(_("sequence that it tells of"), null=True, blank=True)
    recipients = models.PositiveIntegerField(_("people told"), default=0)

    class Meta:
        verbose_name = _("notice of a change")
        verbose_name_plural = _("notices of changes")
        ordering = ["-opened_at"]
        indexes = [
            models.Index(
                fields=["settles_at"],
                name="notices_to_settle",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=["meeting", "sequence"], name="notices_of_a_meeting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(closed_at__isnull=True),
                name="one_open_notice_per_meeting",
            ),
            models.CheckConstraint(
                name="a_closed_notice_has_an_outcome",
                condition=Q(closed_at__isnull=True, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.opened_at:%Y-%m-%d %H:%M}"


class Told(models.Model):
    """What somebody was written after registering.

    ``sequence`` is that of the facts in the last notice of a change; whoever got none knows what
    the meeting said when they registered. Mails are forgotten after some time, this is not: nobody
    hears of a recording twice.
    """

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="told"
    )
    sequence = models.PositiveIntegerField(_("sequence last told of"), null=True, blank=True)
    recording_at = models.DateTimeField(_("told of the recording at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("what somebody was told")
        verbose_name_plural = _("what people were told")

    def __str__(self) -> str:
        return str(self.pk)
