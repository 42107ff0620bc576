"""What organisers say of a reminder."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events import times
from events.messages.mail import gives_away
from events.models import EventPage, ReminderRule
from events.registration.doors import occasion

from . import rules
from .rules import Basis, Timing
from .words import amount, fault_words

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
MINUTES_IN = {"minutes": 1, "hours": 60, "days": rules.DAY_MINUTES}
WHEN = ("basis", "number", "unit", "at_time", "moment")


class ReminderForm(forms.ModelForm):
    """One reminder: when, to whom, and what the organisers want to say.

    ``has_left`` is for one that people got already: its hour is history. Moments are typed on the
    clock of the event, which has to be the current time zone.
    """

    number = forms.IntegerField(
        label=_("How long before or after"),
        required=False,
        min_value=0,
        help_text=_("Not for a moment of its own."),
    )
    unit = forms.ChoiceField(
        label=_("Counted in"),
        choices=[("days", _("days")), ("hours", _("hours")), ("minutes", _("minutes"))],
        required=False,
    )

    class Meta:
        model = ReminderRule
        fields = ("basis", "at_time", "moment", "audience", "words")
        widgets = {
            "at_time": CLOCK,
            "moment": MOMENT,
            "words": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "at_time": _("Only with days. Empty: at the hour of the event."),
            "moment": _("Only for a moment of its own; on the clock of the event."),
        }

    field_order = (*WHEN, "audience", "words")

    def __init__(self, *args, event: EventPage, now: datetime.datetime, has_left=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.event, self.now = event, now
        self.before = self.instance.timing if self.instance.pk else None
        self.initial |= _amount_of(self.instance) if self.instance.pk else {"unit": "days"}
        for name in WHEN if has_left else ():
            self.fields[name].disabled = True

    @property
    def is_rearmed(self) -> bool:
        """It goes out at another time or to others than before, so it counts anew."""
        return self.instance.timing != self.before or "audience" in self.changed_data

    def clean_words(self) -> str:
        """Refuse a text that names the way into the event."""
        words = self.cleaned_data["words"].strip()
        if gives_away(self.event, words):
            raise ValidationError(
                _(
                    "The link to join stands in no mail: it would reach people without a seat. "
                    "Each mail leads to the page on which those with a seat find it."
                )
            )
        return words

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("basis") == Basis.MOMENT:
            self._clean_moment(cleaned)
        elif cleaned.get("basis"):
            self._clean_distance(cleaned)
        if cleaned.get("basis") == Basis.END and not cleaned.get("words"):
            self.add_error("words", _("Say what you want to tell people afterwards."))
        return cleaned

    def _clean_moment(self, cleaned: dict) -> None:
        if not cleaned.get("moment"):
            self.add_error("moment", _("Say when it goes out."))
        cleaned |= {"number": None, "at_time": None}

    def _clean_distance(self, cleaned: dict) -> None:
        number, unit = cleaned.get("number"), cleaned.get("unit") or "days"
        cleaned["moment"] = None
        if number is None:
            self.add_error("number", _("Say how long before or after."))
        elif cleaned.get("at_time") and unit != "days":
            self.add_error("at_time", _("An hour goes with days only."))
        elif number * MINUTES_IN[unit] > rules.MOST_MINUTES:
            self.add_error("number", _("At most 60 days."))
        elif not number and not cleaned.get("at_time"):
            self.add_error("number", _("With 0 days say at what hour, too."))

    def _post_clean(self) -> None:
        self.instance.minutes, self.instance.days = self._distance()
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error.messages)
        if self.instance.timing != self.before:
            self._check_it_comes(self.instance.timing)

    def _distance(self) -> tuple[int | None, int | None]:
        """Return minutes that pass, or days on the wall clock."""
        cleaned = self.cleaned_data
        number, unit = cleaned.get("number"), cleaned.get("unit") or "days"
        if number is None:
            return None, None
        if unit == "days" and cleaned.get("at_time"):
            return None, number
        return number * MINUTES_IN[unit], None

    def _check_it_comes(self, timing: Timing) -> None:
        """Refuse an hour that nobody would live to see, for the date that the event has now."""
        zone = times.zone_of(self.event)
        if fault := rules.fault_of(timing, occasion(self.event), zone, self.now):
            at = "moment" if timing.basis == Basis.MOMENT else "number"
            self.add_error(at, fault_words(fault))


def _amount_of(rule: ReminderRule) -> dict[str, object]:
    if rule.basis == Basis.MOMENT:
        return {"unit": "days"}
    number, unit = (rule.days, "days") if rule.days is not None else amount(rule.minutes)
    return {"number": number, "unit": unit}
