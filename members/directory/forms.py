"""The forms of the directory."""

import unicodedata
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 3_000
_LINES = "\n\t"


class MessageForm(forms.Form):
    """A message to another member: plain text; ``key`` keeps a double click from sending twice."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Plain text, up to 3,000 characters."),
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        kept = [letter for letter in text if letter in _LINES or _can_be_read(letter)]
        written = "".join(kept).strip()
        if not written:
            raise ValidationError(_("Write something first."))
        return written


def _can_be_read(letter: str) -> bool:
    """Say whether a letter is none that only commands: such could hide what a mail says."""
    return unicodedata.category(letter) not in {"Cc", "Cs", "Co", "Cn"}
