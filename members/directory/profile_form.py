"""The form in which members say who they are, and who sees which part of it."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms import own_name
from members.models import Level, Member

from . import photos
from .rules import PARTS, rank

AS_PROFILE = ""
LABELS = {"groups": _("Working groups"), "interests": _("Regions, themes and sectors")}


@dataclass(frozen=True)
class Part:
    """A part of the profile: its fields, and the field that says who sees them."""

    fields: list[forms.BoundField]
    level: forms.BoundField


class ProfileForm(forms.ModelForm):
    """A member’s profile, with who sees it as a whole and each part of it."""

    new_photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 8 MB. We keep only the picture, not where it was."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    without_photo = forms.BooleanField(label=_("Remove my photo"), required=False)

    IN_ORDER = ("photo", "position", "affiliation", "country", "about", "groups", "interests")
    WITH_FIELDS = {
        "photo": ("new_photo", "without_photo"),
        "interests": ("regions", "themes", "sectors"),
        "groups": (),
    }

    class Meta:
        model = Member
        fields = (
            *("name", "level", "country", "affiliation", "position", "about"),
            *("regions", "themes", "sectors", "takes_messages"),
        )
        widgets = {
            "about": forms.Textarea(attrs={"rows": 5}),
            "regions": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
            "sectors": forms.CheckboxSelectMultiple,
            "level": forms.RadioSelect,
        }
        help_texts = {
            "level": _("For the whole profile. Below you can show single parts to fewer people."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        levels = self.instance.field_levels
        for name in PARTS:
            self.fields[f"{name}_level"] = forms.ChoiceField(
                label=_("Who sees “%(part)s”") % {"part": self._label(name)},
                choices=[(AS_PROFILE, _("as my profile")), *_narrower()],
                required=False,
                initial=levels.get(name, AS_PROFILE),
            )
        if not self.instance.photo_id:
            del self.fields["without_photo"]

    @property
    def parts(self) -> list[Part]:
        """The parts in order, each with the field that says who sees it."""
        return [
            Part(
                [self[name] for name in self.WITH_FIELDS.get(part, (part,)) if name in self.fields],
                self[f"{part}_level"],
            )
            for part in self.IN_ORDER
        ]

    def clean_name(self) -> str:
        return own_name(self.cleaned_data["name"])

    def clean_new_photo(self) -> bytes | None:
        upload = self.cleaned_data["new_photo"]
        return photos.portrait(upload) if upload else None

    def save(self, commit: bool = True) -> Member:
        """Write the profile; the photo is for ``actions.photos``, as it is a file of its own.

        A level that is wider than the profile’s says nothing, so it is not kept.
        """
        chosen = {name: self.cleaned_data[f"{name}_level"] for name in PARTS}
        whole = rank(self.cleaned_data["level"])
        self.instance.field_levels = {
            name: level for name, level in chosen.items() if level and rank(level) < whole
        }
        return super().save(commit)

    def _label(self, part: str) -> str:
        names = self.WITH_FIELDS.get(part, (part,))
        return LABELS[part] if part in LABELS else self.fields[names[0]].label


def _narrower() -> list[tuple[str, str]]:
    return [choice for choice in Level.choices if choice[0] != Level.PUBLIC]
