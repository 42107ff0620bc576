"""The forms of organisers."""

from django import forms
from django.db.models import QuerySet
from django.forms import formset_factory
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from events.models import EventAccess, EventSeats, Registration

from .questions import MOST, Kind, Question

CLOCK = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class SeatsForm(forms.ModelForm):
    """How many seats there are, when and for whom registration is open."""

    class Meta:
        model = EventSeats
        fields = (
            *("capacity", "opens_at", "closes_at", "audience", "members_first_until"),
            *("approval", "mode", "offer_minutes"),
        )
        widgets = dict.fromkeys(("opens_at", "closes_at", "members_first_until"), CLOCK)


class AccessForm(forms.ModelForm):
    """The way into an event."""

    class Meta:
        model = EventAccess
        fields = ("join_url", "passcode", "dial_in", "opens_before_min")
        widgets = {
            "join_url": forms.URLInput,
            "passcode": forms.TextInput,
            "dial_in": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_join_url(self) -> str:
        url = self.cleaned_data["join_url"]
        if url and not url.startswith("https://"):
            raise forms.ValidationError(_("The address has to begin with https://."))
        return url


class QuestionForm(forms.Form):
    """One question of the form; a row without a question is no question."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    label = forms.CharField(label=_("Question"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Answered by"),
        choices=[
            (Kind.LINE, _("a line")),
            (Kind.TEXT, _("a text")),
            (Kind.CHOICE, _("one of these")),
            (Kind.YES, _("a tick")),
        ],
        required=False,
    )
    options = forms.CharField(
        label=_("To choose from, one a line"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    required = forms.BooleanField(label=_("Has to be answered"), required=False)
    purpose = forms.CharField(
        label=_("What the answer is for"),
        max_length=200,
        required=False,
        help_text=_("Whoever registers reads it: “to order lunch”."),
    )
    retention_days = forms.IntegerField(
        label=_("Deleted so many days after the event"),
        min_value=1,
        max_value=730,
        initial=30,
        required=False,
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("label"):
            return cleaned
        if not cleaned.get("purpose"):
            self.add_error("purpose", _("Say what the answer is for."))
        if cleaned.get("kind") == Kind.CHOICE and len(self._options()) < 2:
            self.add_error("options", _("Give at least two answers to choose from."))
        return cleaned

    def question(self) -> Question | None:
        """Return the question, if the row holds one."""
        data = self.cleaned_data
        if not data.get("label"):
            return None
        return Question(
            id=data["id"] or get_random_string(8).lower(),
            label=data["label"],
            kind=data["kind"] or Kind.LINE.value,
            options=self._options() if data["kind"] == Kind.CHOICE else (),
            required=data["required"],
            purpose=data["purpose"],
            retention_days=data["retention_days"] or 30,
        )

    def _options(self) -> tuple[str, ...]:
        lines = self.cleaned_data.get("options", "").splitlines()
        return tuple(line.strip()[:200] for line in lines if line.strip())


QuestionFormSet = formset_factory(QuestionForm, extra=2, max_num=MOST, validate_max=True)


class DecisionForm(forms.Form):
    """What an organiser says with a decision about one person."""

    why = forms.CharField(
        label=_("What you say to them"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the mail that they get."),
    )


class MoveForm(forms.Form):
    """Who of those who wait gets which place, and why."""

    who = forms.ModelChoiceField(label=_("Who"), queryset=Registration.objects.none())
    place = forms.IntegerField(label=_("To place"), min_value=1, max_value=100_000)
    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("It stays in their history, with your name. Nobody gets a mail about it."),
    )

    def __init__(self, *args, line: QuerySet[Registration], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = line
