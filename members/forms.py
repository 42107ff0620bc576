"""The forms with which people join and look after their membership."""

from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.checked_forms import CheckedForm
from accounts.preferences import known_time_zones, time_zone_choices
from mail import rules as mail_rules
from mail.models import Cadence
from mail.subscriptions import TopicKey
from pages.vocabulary import known_terms
from working_groups.models import WorkingGroupPage

from .actions.joining import Joining
from .models import ExpressionOfInterest, Member
from .topics import NEWS, by_value, followable


class JoinForm(CheckedForm):
    """Both parts of joining: who you are, and what interests you. Nothing is ticked before."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We write to it to make sure that it is yours. Other members never see it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    affiliation = forms.CharField(
        label=_("Where you work"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("In which we write to you."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[("UTC", "UTC")],
        help_text=_("So that times are yours and no mail comes at night."),
    )
    groups = forms.MultipleChoiceField(
        label=_("Working groups that I want to join"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cadence = forms.ChoiceField(
        label=_("Updates on what I chose, by e-mail"),
        choices=[
            (Cadence.WEEKLY, _("every week")),
            (Cadence.DAILY, _("every day")),
            (Cadence.INSTANT, _("at once")),
            (Cadence.OFF, _("none")),
        ],
        widget=forms.RadioSelect,
        help_text=_("You can change this at any time, for each topic."),
    )
    agrees = forms.BooleanField(
        label=_("I want to become a member, and I have read what happens with my data.")
    )

    YOU = ("name", "email", "country", "affiliation", "language", "time_zone")
    INTERESTS = ("groups", "regions", "themes", "sectors", "cadence", "agrees")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        countries = [(term.slug, term.label) for term in known_terms("country")]
        countries.sort(key=lambda choice: choice[1])
        self.fields["country"].choices = [("", _("not said")), *countries]
        self.fields["time_zone"].choices = time_zone_choices()
        self.fields["language"].initial = get_language()
        for choice in followable():
            field = self.fields[f"{choice.kind}s"]
            field.choices = [(topic.slug, topic.label) for topic in choice.topics]

    @property
    def you(self) -> list[forms.BoundField]:
        """The fields of the first part."""
        return [self[name] for name in self.YOU]

    @property
    def interests(self) -> list[forms.BoundField]:
        """The fields of the second part."""
        return [self[name] for name in self.INTERESTS]

    def clean_name(self) -> str:
        return own_name(self.cleaned_data["name"])

    def clean_email(self) -> str:
        _normal_address(self.cleaned_data["email"])
        return self.cleaned_data["email"]

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        return zone if zone in known_time_zones() else "UTC"

    def joining(self) -> Joining:
        """Return what was filled in."""
        data = self.cleaned_data
        lists = {name: tuple(data[name]) for name in ("groups", "regions", "themes", "sectors")}
        words = {name: data[name] for name in (*self.YOU, "cadence")}
        return Joining(**words, **lists)


class GroupsForm(forms.Form):
    """The working groups that a member is in."""

    groups = forms.MultipleChoiceField(
        label=_("Working groups"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = _group_choices()


class OfferForm(forms.Form):
    """An offer to join, form or chair a working group."""

    kind = forms.ChoiceField(
        label=_("I would like to"),
        choices=ExpressionOfInterest.Kind.choices,
        widget=forms.RadioSelect,
    )
    group = forms.ChoiceField(label=_("Working group"), required=False)
    proposed_name = forms.CharField(
        label=_("Name of the new group"),
        max_length=150,
        required=False,
        help_text=_("Only for a new group."),
    )
    text = forms.CharField(
        label=_("Why, and what you would bring"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "–"), *_group_choices()]

    def clean(self) -> dict:
        cleaned = super().clean()
        kind, group = cleaned.get("kind"), cleaned.get("group")
        if kind == ExpressionOfInterest.Kind.FORM:
            cleaned["group"] = ""
            if not cleaned.get("proposed_name"):
                self.add_error("proposed_name", _("Give the new group a name."))
        elif kind and not group and "group" not in self.errors:
            self.add_error("group", _("Choose the group."))
        return cleaned

    def wish(self, member: Member) -> ExpressionOfInterest:
        """Return the offer, unsaved."""
        data = self.cleaned_data
        groups = WorkingGroupPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        is_new = data["kind"] == ExpressionOfInterest.Kind.FORM
        return ExpressionOfInterest(
            member=member,
            kind=data["kind"],
            group=None if is_new else groups.get(slug=data["group"]),
            proposed_name=data["proposed_name"] if is_new else "",
            text=data["text"],
        )


class AnswerForm(forms.Form):
    """The answer to an offer."""

    ACCEPT, DECLINE = "accept", "decline"

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(ACCEPT, _("accept")), (DECLINE, _("decline"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The member gets it by mail, in these words."),
    )


class WishesForm(forms.Form):
    """How often somebody wants to hear of each topic, by kind of topic."""

    def __init__(self, *args, wishes: Mapping[TopicKey, str], **kwargs):
        super().__init__(*args, **kwargs)
        self._topics = by_value()
        for value, topic in self._topics.items():
            self.fields[value] = forms.ChoiceField(
                label=topic.label,
                choices=Cadence.choices,
                initial=wishes.get(topic.key, Cadence.OFF),
                required=False,
            )

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each kind of topic with its fields."""
        news = f"{NEWS[0]}:{NEWS[1]}"
        return [
            (_("The Alliance"), [self[news]]),
            *(
                (choice.legend, [self[topic.value] for topic in choice.topics])
                for choice in followable()
                if choice.topics
            ),
        ]

    def wishes(self) -> dict[TopicKey, str]:
        """Return what was chosen; a topic that the form did not send is left as it is."""
        return {
            self._topics[name].key: cadence
            for name, cadence in self.cleaned_data.items()
            if cadence
        }


class AddressForm(forms.Form):
    """Where to send the link to the preferences."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        return _normal_address(self.cleaned_data["email"])


class PasswordForm(forms.Form):
    """A password at the end of joining; without one, codes by e-mail open the account."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        help_text=_("Leave it empty to log in with codes that we send to your address."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


def own_name(written: str) -> str:
    """Return a person’s own name in one line; ``ValidationError`` for what nobody can read."""
    name = " ".join(written.split())
    if not name.isprintable():
        raise ValidationError(_("Please type your name with letters only."))
    return name


def _normal_address(email: str) -> str:
    try:
        return mail_rules.normal_address(email)
    except ValueError as error:
        raise ValidationError(_("Please check this e-mail address.")) from error


def _group_choices() -> list[tuple[str, str]]:
    groups = next(choice for choice in followable() if choice.kind == "group")
    return [(topic.slug, topic.label) for topic in groups.topics]
