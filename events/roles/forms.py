"""Whom a co-chair lets help with an event."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import EventRole
from mail import rules


class RoleForm(forms.Form):
    """Somebody’s address and what they shall do."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("With which they log in. Whoever has no account gets one."),
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        required=False,
        help_text=_("Only for somebody without an account."),
    )
    role = forms.ChoiceField(
        label=_("As"), choices=EventRole.Role.choices, widget=forms.RadioSelect
    )

    def clean_email(self) -> str:
        try:
            return rules.normal_address(self.cleaned_data["email"])
        except ValueError as error:
            raise forms.ValidationError(_("Please check this e-mail address.")) from error

    def clean_name(self) -> str:
        return " ".join(rules.display_name(self.cleaned_data["name"]).split())
