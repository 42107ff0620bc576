"""The forms in which institutions apply, change their page, and are answered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField

from members.models import Application
from pages.vocabulary import known_terms
from people.models import Organisation

from . import applying, rules
from .applying import Answer
from .page_changes import Wanted

MOST_BYTES = 2 * 1024 * 1024


def web_address() -> forms.URLField:
    """Return the field for the address of an institution’s own pages."""
    return forms.URLField(
        label=_("Web address"),
        max_length=Organisation._meta.get_field("url").max_length,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "url"}),
    )


class ApplicationForm(forms.ModelForm):
    """The application of an institution.

    ``there`` is an organisation of the same name that is on the site already. Whoever read that
    and sends the form once more means to apply all the same; a member institution cannot.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    url = web_address()

    class Meta:
        model = Application
        fields = ("name", "acronym", "country", "themes", "url", "about", "position")
        widgets = {
            "themes": forms.CheckboxSelectMultiple,
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "about": forms.Textarea(attrs={"rows": 6}),
            "position": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }
        help_texts = {
            "about": _("Two or three sentences. They will stand on its page."),
            "position": _("For example: head of research."),
        }

    there: Organisation | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        countries = [(term.pk, term.label) for term in known_terms("country")]
        countries.sort(key=lambda choice: choice[1])
        self.fields["country"].choices = [("", _("several, or not said")), *countries]
        themes = [(term.pk, term.label) for term in known_terms("theme")]
        self.fields["themes"].choices = themes

    def clean_name(self) -> str:
        name = rules.tidy(self.cleaned_data["name"])
        if not name.isprintable():
            raise ValidationError(_("Please type the name with letters only."))
        return name

    def clean(self) -> dict:
        cleaned = super().clean()
        self.there = applying.known(cleaned["name"]) if cleaned.get("name") else None
        if self.there and not self._means_it(self.there):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = str(self.there.pk)
            self.add_error("name", _("This institution is on the site already."))
        return cleaned

    def _means_it(self, there: Organisation) -> bool:
        return not there.member_since and self.cleaned_data.get("seen") == there.pk


class PageForm(forms.Form):
    """What a representative wants the page of the institution to say."""

    about = forms.CharField(
        label=_("What it does"),
        max_length=1_500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    url = web_address()
    logo = WagtailImageField(label=_("New logo"), required=False)
    without_logo = forms.BooleanField(label=_("Show no logo"), required=False)

    def __init__(self, *args, has_logo: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["logo"].help_text = _("PNG, JPEG, GIF, WebP or AVIF, up to 2 MB.")
        self.fields["logo"].max_upload_size = MOST_BYTES
        if not has_logo:
            del self.fields["without_logo"]

    def clean_about(self) -> str:
        # A browser sends line ends of its own; the same words must stay the same.
        return self.cleaned_data["about"].replace("\r\n", "\n")

    def wanted(self) -> Wanted:
        """Return what was filled in."""
        data = self.cleaned_data
        return Wanted(
            about=data["about"],
            url=data["url"],
            logo=data["logo"],
            without_logo=bool(data.get("without_logo")),
        )


class DecisionForm(forms.Form):
    """The secretariat’s answer to what an institution asks for."""

    APPROVE, DECLINE = "approve", "decline"

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(APPROVE, _("approve")), (DECLINE, _("decline"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Your answer"),
        max_length=1_500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Sent by mail in these words. Needed when you decline."),
    )

    @property
    def is_accepted(self) -> bool:
        """Whether it is approved."""
        return self.cleaned_data["decision"] == self.APPROVE

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("decision") == self.DECLINE and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why, so that they know what to do."))
        return cleaned


class ApplicationDecisionForm(DecisionForm):
    """The answer to an application; an organisation that is on the site already is chosen."""

    organisation = forms.ModelChoiceField(
        label=_("On the site already as"),
        queryset=Organisation.objects.order_by("name"),
        required=False,
        empty_label=_("not yet: make its page"),
        help_text=_("Choose it if the institution is here under this or another name."),
    )

    field_order = ("decision", "organisation", "reason")

    def answer(self) -> Answer:
        """Return what was decided."""
        data = self.cleaned_data
        return Answer(self.is_accepted, data["reason"], data["organisation"])
