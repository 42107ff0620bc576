"""When organisers want those registered to be written to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.reminders import rules


class ReminderRule(models.Model):
    """One reminder of one meeting, in all its languages: when it is due, and for whom.

    ``meeting`` is the translation key of the pages, as with ``EventSeats``; a rule can be there
    before the seats are. It counts from ``armed_at`` on: what would have been due before that was
    never due. ``planned_for`` is the begin, end or moment for which everybody has been planned.
    ``standard`` names those that every event with registration has; they are switched off, never
    removed, so that nobody gives them back.
    """

    class Basis(models.TextChoices):
        START = rules.Basis.START.value, _("before it begins")
        END = rules.Basis.END.value, _("after it ends")
        MOMENT = rules.Basis.MOMENT.value, _("at a moment of its own")

    class Audience(models.TextChoices):
        SEATED = rules.Audience.SEATED.value, _("those with a seat")
        WAITING = rules.Audience.WAITING.value, _("the waiting list")
        RECORDING = rules.Audience.RECORDING.value, _("recording only")
        EVERYBODY = rules.Audience.EVERYBODY.value, _("all of them")

    class Standard(models.TextChoices):
        WEEK = "week", _("a week before")
        DAY = "day", _("a day before")
        HOUR = "hour", _("an hour before")

    meeting = models.UUIDField(_("translation key of its pages"), editable=False)
    standard = models.CharField(max_length=5, choices=Standard, blank=True, editable=False)
    basis = models.CharField(_("goes out"), max_length=6, choices=Basis, default=Basis.START)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    at_time = models.TimeField(_("at, on the clock of the event"), null=True, blank=True)
    moment = models.DateTimeField(_("moment"), null=True, blank=True)
    audience = models.CharField(_("to"), max_length=10, choices=Audience, default=Audience.SEATED)
    words = models.TextField(
        _("your words"),
        blank=True,
        max_length=2_000,
        help_text=_("They stand in the mail above the facts of the event, as you type them."),
    )
    enabled = models.BooleanField(_("switched on"), default=True)
    armed_at = models.DateTimeField(editable=False)
    planned_for = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [models.Index(fields=["meeting"], name="reminders_of_a_meeting")]
        constraints = [
            models.CheckConstraint(
                name="a_reminder_says_when_in_one_way",
                condition=Q(
                    basis__in=["start", "end"],
                    minutes__range=(1, rules.MOST_MINUTES),
                    days=None,
                    at_time=None,
                    moment=None,
                )
                | Q(
                    basis__in=["start", "end"],
                    minutes=None,
                    days__range=(0, rules.MOST_DAYS),
                    at_time__isnull=False,
                    moment=None,
                )
                | Q(basis="moment", minutes=None, days=None, at_time=None, moment__isnull=False),
            ),
            models.CheckConstraint(
                name="a_reminder_is_for_somebody",
                condition=Q(audience__in=["seated", "waiting", "recording", "everybody"]),
            ),
            models.CheckConstraint(
                name="what_comes_afterwards_says_something",
                condition=~Q(basis="end") | ~Q(words=""),
                violation_error_message=_("Say what you want to tell people afterwards."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "standard"],
                condition=~Q(standard=""),
                name="a_standard_reminder_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "audience", "basis", "minutes"],
                condition=Q(minutes__isnull=False),
                name="no_two_reminders_after_so_many_minutes",
                violation_error_message=_("There is such a reminder already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "audience", "basis", "days", "at_time"],
                condition=Q(days__isnull=False),
                name="no_two_reminders_on_one_day_and_hour",
                violation_error_message=_("There is such a reminder already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "audience", "moment"],
                condition=Q(moment__isnull=False),
                name="no_two_reminders_at_one_moment",
                violation_error_message=_("There is such a reminder already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()}, {self.get_audience_display()}"

    @property
    def timing(self) -> rules.Timing:
        """When it is due, as ``events.reminders.rules`` reads it."""
        return rules.Timing(self.basis, self.minutes, self.days, self.at_time, self.moment)
