"""Forms that anybody can send, and how machines give themselves away in them."""

import datetime

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST = datetime.timedelta(seconds=2)
LONGEST = datetime.timedelta(hours=12)
_STAMP = "accounts.checked_forms.stamp"


def stamp() -> str:
    """Return a signed note of this moment, with which a form says when it was opened."""
    return signing.TimestampSigner(salt=_STAMP).sign("form")


class CheckedForm(forms.Form):
    """A form that machines fill in wrongly: too fast, or in a field that people do not see."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False, initial=stamp)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("website") or not self._took_its_time(cleaned.get("opened", "")):
            self._open_anew()
            raise ValidationError(
                _("We could not tell you from a machine. Please send the form once more.")
            )
        return cleaned

    def _took_its_time(self, opened: str) -> bool:
        signer = signing.TimestampSigner(salt=_STAMP)
        try:
            signer.unsign(opened, max_age=LONGEST)
        except signing.BadSignature:
            return False
        try:
            signer.unsign(opened, max_age=SHORTEST)
        except signing.SignatureExpired:
            return True
        return False

    def _open_anew(self) -> None:
        """Let a person whose form had become too old, or who was very quick, send it again."""
        self.data = self.data.copy()
        self.data[self.add_prefix("opened")] = stamp()
        self.data[self.add_prefix("website")] = ""
