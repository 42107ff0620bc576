"""The forms of those who look after an event."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import Newcomer


class WalkInForm(forms.Form):
    """Somebody who came without having registered."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("With it, members find the event and their certificate on their own page."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def newcomer(self) -> Newcomer:
        """Return who came."""
        data = self.cleaned_data
        return Newcomer(data["name"], data["email"], key=data["key"])


class ReportForm(forms.Form):
    """The report of a meeting tool."""

    file = forms.FileField(
        label=_("Report of the meeting tool (CSV)"),
        help_text=_("From Zoom, Microsoft Teams, Google Meet or any other tool. Up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
        allow_empty_file=True,
    )


class TakeOverForm(forms.Form):
    """What to do beside marking those who were found."""

    adds_others = forms.BooleanField(
        label=_("Add the others as people who came without registering"),
        required=False,
        help_text=_("Only do this when you know who they are. They are not written to."),
    )
    rest_is_absent = forms.BooleanField(
        label=_("Mark everybody else who has a seat as absent"), required=False
    )
