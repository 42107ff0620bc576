"""Meetings that come again: the rule, and which page was made for which day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.models import validate_time_zone
from events.series.rules import Rule

from .event_page import EventPage

MONDAY_TO_SUNDAY = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class Series(models.Model):
    """Meetings on the same weekday of every so many months, at the same time on the wall.

    ``parent`` is the page below which the meetings stand: a group’s, or the calendar. Each meeting
    is a page of its own; a change of the series changes none that there is already.
    """

    class Nth(models.IntegerChoices):
        FIRST = 1, _("first")
        SECOND = 2, _("second")
        THIRD = 3, _("third")
        FOURTH = 4, _("fourth")
        LAST = -1, _("last")

    parent = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", editable=False)
    title = models.CharField(_("title of each meeting"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=40, choices=EventPage.Kind, default=EventPage.Kind.GROUP_MEETING
    )
    summary = models.TextField(_("summary"), max_length=300, blank=True)
    nth = models.SmallIntegerField(_("on the"), choices=Nth, default=Nth.FIRST)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=MONDAY_TO_SUNDAY, default=1)
    every_months = models.PositiveSmallIntegerField(_("every so many months"), default=3)
    first_on = models.DateField(_("from"), help_text=_("No meeting before this day."))
    until = models.DateField(_("until"), help_text=_("No meeting after this day."))
    start_time = models.TimeField(_("begins at"))
    end_time = models.TimeField(
        _("ends at"), help_text=_("Earlier than it begins: on the next day.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=63,
        validators=[validate_time_zone],
        help_text=_("The time stays the same on the clocks of this zone, in summer and winter."),
    )
    fold = models.PositiveSmallIntegerField(
        _("when the clocks go back"), choices=EventPage.Fold, default=EventPage.Fold.FIRST
    )
    mode = models.CharField(
        _("takes place"), max_length=10, choices=EventPage.Mode, default=EventPage.Mode.ONLINE
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    left_out = models.JSONField(_("days left out"), default=list, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        constraints = [
            models.CheckConstraint(
                name="a_series_ends_after_it_begins", condition=Q(until__gte=models.F("first_on"))
            ),
            models.CheckConstraint(
                name="a_series_comes_again_within_a_year",
                condition=Q(every_months__gte=1, every_months__lte=12),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rule(self) -> Rule:
        """The rule as ``events.series.rules`` reads it."""
        return Rule(self.nth, self.weekday, self.every_months)


class Occurrence(models.Model):
    """The meeting of one day of a series.

    It stays when its page is deleted, so that nobody’s decision against a meeting is undone by
    making drafts once more. It is no field of the page: a copy of a meeting is not the meeting.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="occurrences")
    planned_on = models.DateField(_("planned on"))
    event = models.OneToOneField(
        EventPage, null=True, on_delete=models.SET_NULL, related_name="occurrence"
    )

    class Meta:
        verbose_name = _("meeting of a series")
        verbose_name_plural = _("meetings of series")
        ordering = ["planned_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "planned_on"], name="one_meeting_of_a_series_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.planned_on}"
