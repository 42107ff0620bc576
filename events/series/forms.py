"""What co-chairs say of a series, and of one more meeting like the last."""

import datetime
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.preferences import time_zone_choices
from events import rules, times
from events.models import EventPage, Series

from .planning import Hours, days

LONGEST = datetime.timedelta(days=5 * 366)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SeriesForm(forms.ModelForm):
    """The rule of a series and what all its meetings have in common."""

    left_out = forms.CharField(
        label=_("Days left out"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as 2027-01-05."),
    )

    class Meta:
        model = Series
        fields = (
            *("title", "kind", "summary", "nth", "weekday", "every_months", "first_on", "until"),
            *("start_time", "end_time", "time_zone", "fold", "mode", "venue", "left_out"),
        )
        widgets = {"first_on": DAY, "until": DAY, "start_time": CLOCK, "end_time": CLOCK}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(
            label=self.fields["time_zone"].label,
            help_text=self.fields["time_zone"].help_text,
            choices=time_zone_choices(),
        )
        self.fields["summary"].widget.attrs["rows"] = 2
        self.initial["left_out"] = "\n".join(self.instance.left_out)

    def clean_left_out(self) -> list[str]:
        """Return the days in one form, each once."""
        found = set()
        for text in re.split(r"[\s,;]+", self.cleaned_data["left_out"].strip()):
            if text:
                found.add(self._day(text[:40]).isoformat())
        return sorted(found)

    def clean(self) -> dict:
        cleaned = super().clean()
        first_on, until = cleaned.get("first_on"), cleaned.get("until")
        if first_on and not rules.FIRST_YEAR <= first_on.year <= rules.LAST_YEAR:
            self.add_error("first_on", _("Check the year."))
        elif first_on and until and until < first_on:
            self.add_error("until", _("It ends before it begins."))
        elif first_on and until and until - first_on > LONGEST:
            self.add_error("until", _("Plan at most five years ahead."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and not days(self.instance):
            self.add_error("until", _("No day between these two fits the rule."))

    def _day(self, text: str) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError as error:
            words = _("“%(text)s” is no day. Write it as 2027-01-05.") % {"text": text}
            raise forms.ValidationError(words) from error


class AnotherForm(forms.Form):
    """When the next meeting is; everything else is as it was."""

    starts_on = forms.DateField(label=_("Begins on"), widget=DAY)
    start_time = forms.TimeField(label=_("At"), widget=CLOCK)
    end_time = forms.TimeField(
        label=_("Ends at"), widget=CLOCK, help_text=_("Earlier than it begins: on the next day.")
    )
    fold = forms.TypedChoiceField(
        label=_("When the clocks go back"),
        choices=EventPage.Fold.choices,
        coerce=int,
        help_text=_("Only matters when this time happens twice on that day."),
    )

    def __init__(self, *args, time_zone: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.time_zone = time_zone
        words = _("On the clocks of %(zone)s.") % {"zone": time_zone}
        self.fields["start_time"].help_text = words

    @property
    def hours(self) -> Hours:
        """The hours that were asked for."""
        said = self.cleaned_data
        return Hours(said["start_time"], said["end_time"], self.time_zone, said["fold"])

    def clean_starts_on(self) -> datetime.date:
        """Refuse a year that is a slip of the finger."""
        day = self.cleaned_data["starts_on"]
        if not rules.FIRST_YEAR <= day.year <= rules.LAST_YEAR:
            raise forms.ValidationError(_("Check the year."))
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors:
            try:
                self.hours.instants(cleaned["starts_on"])
            except rules.LocalTimeError as error:
                self.add_error("start_time", times.gap_words(error, self.time_zone))
        return cleaned
