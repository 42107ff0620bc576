"""Forms about accounts: one’s own, and the secretariat’s for other people’s."""

from allauth.account.forms import (
    BaseConfirmCodeForm,
    ConfirmEmailVerificationCodeForm,
    LoginForm,
)
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from . import actions
from .preferences import time_zone_choices


def zone_choices() -> list[tuple[str, str]]:
    return [("", _("as the event or the site says")), *time_zone_choices()]


class AccountForm(forms.ModelForm):
    """What people may change about themselves."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        required=False,
        help_text=_("Times of events are shown in this zone, beside the zone of the event."),
    )

    class Meta:
        model = get_user_model()
        fields = ("name", "language", "time_zone")
        labels = {"name": _("Name"), "language": _("Language")}
        help_texts = {"language": _("In which we write to you and show the editing pages.")}

    def save(self, commit: bool = True):
        user = super().save(commit)
        if commit:
            actions.use_preferences_in_admin(user)
        return user


class LogInForm(LoginForm):
    """The log-in; what else one can do stands below it, once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class EndSessionForm(forms.Form):
    """Which session to end; none of them means all but this one."""

    session = forms.IntegerField(required=False)


class AccountFieldsMixin:
    """Replace the first and last name, which many names do not have, by the name.

    Only an administrator may make administrators: otherwise whoever looks after accounts could
    give themselves every right.
    """

    acting_user = None

    def __init__(self, *args, acting_user=None, **kwargs):
        super().__init__(*args, **kwargs)
        for field in ("first_name", "last_name"):
            del self.fields[field]
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = not (acting_user and acting_user.is_superuser)
        self.fields["groups"].help_text = _(
            "Co-chairs get their group by their role in “People in office”, not here."
        )

    def save(self, commit: bool = True):
        user = super().save(commit)
        if commit:
            actions.confirm_address(user)
            actions.use_preferences_in_admin(user)
        return user


class AccountCreationForm(AccountFieldsMixin, UserCreationForm):
    """A new account; without a password the person sets one through “Forgotten password”."""

    password_required = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "Leave this empty: the person then sets a password with “Forgotten password?”."
        )

    class Meta(UserCreationForm.Meta):
        fields = {"email", "name", "language", "is_superuser", "groups"}

    def save(self, commit: bool = True):
        if not self.cleaned_data["password1"]:
            self.instance.set_unusable_password()
        return super().save(commit)


class AccountEditForm(AccountFieldsMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = {"email", "name", "language", "is_active", "is_superuser", "groups"}


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: one that logs in by itself, so that there is one kind to understand."""

    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)
    field_order = ("name", "credential", "passwordless")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("So that you recognise it, such as “my telephone”.")


class ConfirmAddressForm(ConfirmEmailVerificationCodeForm):
    """The code from the mail that proves an address.

    Whether another account keeps the address is decided after that, and said on the page of the
    account (``AccountAdapter.confirm_email``): the other one may make way.
    """

    def clean_code(self) -> str:
        return BaseConfirmCodeForm.clean_code(self) if self.user else super().clean_code()
