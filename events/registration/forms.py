"""The forms with which people register and look after their registration."""

import uuid
from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.checked_forms import CheckedForm
from accounts.preferences import known_time_zones, time_zone_choices
from events.models import FormVersion
from mail import rules as mail_rules
from pages.vocabulary import known_terms
from taxonomy.models import Country

from .actions import Asked
from .questions import questions_of

NO_NAME = ("@", "://", "www.")
ORGANISATION = forms.TextInput(attrs={"autocomplete": "organization"})


class AnswersForm(forms.Form):
    """What an event asks beyond the usual."""

    def __init__(self, *args, version: FormVersion | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version
        self._asked = {f"q_{question.id}": question for question in questions_of(version)}
        for name, question in self._asked.items():
            self.fields[name] = question.field()

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields of the questions."""
        return [self[name] for name in self._asked]

    def answers(self) -> dict[str, object]:
        """Return what was answered, by the ids of the questions."""
        return {question.id: self.cleaned_data[name] for name, question in self._asked.items()}


class ChangeForm(AnswersForm):
    """What somebody who is registered can change."""

    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, required=False, widget=ORGANISATION
    )

    def asked(self) -> Asked:
        """Return the new answers."""
        return Asked(answers=self.answers(), form_version=self.version)


class RegisterForm(AnswersForm):
    """What everybody is asked who registers; for a member that is all."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    recording_only = forms.BooleanField(
        label=_("I cannot attend live: send me the recording only"), required=False
    )

    def asked(self) -> Asked:
        """Return what was asked for. Without a key each sending counts for itself."""
        data = self.cleaned_data
        return Asked(
            key=data["key"] or uuid.uuid4(),
            answers=self.answers(),
            form_version=self.version,
            recording_only=data["recording_only"],
        )


class GuestForm(CheckedForm, RegisterForm):
    """The same for somebody whom we do not know."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We write to it to make sure that it is yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, required=False, widget=ORGANISATION
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("In which we write to you."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[("UTC", "UTC")])

    YOU = ("name", "email", "country", "organisation", "language", "time_zone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        countries = sorted(
            ((term.slug, term.label) for term in known_terms("country")),
            key=lambda choice: choice[1],
        )
        self.fields["country"].choices = [("", _("not said")), *countries]
        self.fields["time_zone"].choices = time_zone_choices()
        self.fields["language"].initial = get_language()

    @property
    def you(self) -> Sequence[forms.BoundField]:
        """The fields about the person."""
        return [self[name] for name in self.YOU]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable() or any(part in name for part in NO_NAME):
            raise ValidationError(_("Please type your name with letters only."))
        return name

    def clean_email(self) -> str:
        try:
            mail_rules.normal_address(self.cleaned_data["email"])
        except ValueError as error:
            raise ValidationError(_("Please check this e-mail address.")) from error
        return self.cleaned_data["email"]

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        return zone if zone in known_time_zones() else "UTC"

    def chosen_country(self) -> Country | None:
        """Return the country that was chosen."""
        return Country.objects.filter(slug=self.cleaned_data["country"] or "-").first()
