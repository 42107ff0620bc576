"""Forms that anybody can send, and how machines give themselves away in them."""

import datetime
import secrets

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import proof_of_work

SHORTEST = datetime.timedelta(seconds=2)
LONGEST = datetime.timedelta(hours=12)
_STAMP = "accounts.checked_forms.stamp"


def stamp() -> str:
    """Return a signed note of this moment, with which one form says when it was opened."""
    return signing.TimestampSigner(salt=_STAMP).sign(secrets.token_urlsafe(9))


class CheckedForm(forms.Form):
    """A form that machines fill in wrongly: too fast, or in a field that people do not see.

    On bad days it asks for work besides (``accounts.proof_of_work``).
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False, initial=stamp)
    work = forms.CharField(widget=proof_of_work.WorkInput, required=False)
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
        if proof_of_work.is_asked() and not self._paid(cleaned):
            self._open_anew()
            raise ValidationError(
                _(
                    "So many machines write to us at present that your browser has to do a sum "
                    "before a form counts, and that needs JavaScript. Please send the form once "
                    "more, or write to the address at the foot of the page."
                )
            )
        return cleaned

    def _paid(self, cleaned: dict) -> bool:
        kept = LONGEST.total_seconds()
        return proof_of_work.pays(cleaned.get("opened", ""), cleaned.get("work", ""), kept)

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
        self.data[self.add_prefix("work")] = ""
