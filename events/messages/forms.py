"""What an organiser writes to those who take part."""

import datetime
import uuid

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from events.models import AttendeeMessage, EventPage
from mail.message import one_line

from . import rules
from .actions import Draft
from .audience import AUDIENCES
from .mail import gives_away

SEEN = "events.messages.seen"
CLOCK = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class MessageForm(forms.ModelForm):
    """Subject, words, to whom and when; ``seen`` shows that exactly this was looked at."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    audience = forms.MultipleChoiceField(label=_("To"), widget=forms.CheckboxSelectMultiple)
    due_at = forms.DateTimeField(
        label=_("Send at"),
        required=False,
        widget=CLOCK,
        help_text=_("Empty: at once. On the clock of the event."),
    )

    field_order = ("subject", "text", "audience", "due_at")

    class Meta:
        model = AttendeeMessage
        fields = ("subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "text": _(
                "Plain text. These are filled in for each reader: {name}, {event}, {time} (on "
                "their own clock) and {link} (to their registration)."
            )
        }

    def __init__(
        self, *args, event: EventPage, sizes: dict[str, int], now: datetime.datetime, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.event, self.now = event, now
        self.fields["audience"].choices = [
            (name, f"{part.label} ({sizes[name]})") for name, part in AUDIENCES.items()
        ]

    def clean_subject(self) -> str:
        return self._checked(one_line(self.cleaned_data["subject"]))

    def clean_text(self) -> str:
        return self._checked(self.cleaned_data["text"].replace("\r\n", "\n").strip())

    def clean_due_at(self) -> datetime.datetime | None:
        at = self.cleaned_data["due_at"]
        if at and at <= self.now:
            raise forms.ValidationError(_("This moment is over. Leave it empty to send at once."))
        if at and at > self.now + rules.FARTHEST:
            raise forms.ValidationError(_("Check the year."))
        return at

    def draft(self) -> Draft:
        """Return what was written."""
        said = self.cleaned_data
        return Draft(said["subject"], said["text"], tuple(said["audience"]), said["key"])

    def was_seen(self) -> bool:
        """Say whether exactly this was looked at before."""
        return constant_time_compare(self.cleaned_data["seen"], self._digest())

    def note_seen(self) -> None:
        """Let the form that is shown next say that this was looked at."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self._digest()

    def _digest(self) -> str:
        draft = self.draft()
        return salted_hmac(
            SEEN, repr((self.event.pk, draft, self.cleaned_data["due_at"]))
        ).hexdigest()

    def _checked(self, text: str) -> str:
        """Refuse what no reader would understand, and what would let anybody in."""
        if unknown := rules.unknown_placeholders(text):
            words = _("Nothing is known that could stand for %(names)s.")
            raise forms.ValidationError(words % {"names": ", ".join(unknown)})
        if gives_away(self.event, text):
            raise forms.ValidationError(
                _(
                    "This would give away the way into the event: whoever gets the mail from "
                    "somebody could join. Write {link} instead: there, everybody with a seat finds "
                    "the way in shortly before it begins."
                )
            )
        return text
