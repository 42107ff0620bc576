"""The form with which editors write a page."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from taxonomy.models import Region, Sector, Theme

from . import completeness

CHECKLISTS = {"themes": Theme, "regions": Region, "sectors": Sector}


class SitePageForm(WagtailAdminPageForm):
    """Offer the page type’s own kinds, and short vocabularies as lists to tick."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # An address that was left empty follows from the title, as in a draft.
            self.fields["slug"].required = False
        if "kind" in self.fields:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Kind"), choices=self.instance.kinds.choices
            )
        for name, vocabulary in CHECKLISTS.items():
            if name in self.fields:
                self.fields[name] = forms.ModelMultipleChoiceField(
                    label=self.fields[name].label,
                    queryset=vocabulary.objects.all(),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )

    def clean_slug(self) -> str:
        """Let a new page’s address follow from its title, unless the editor chose another one.

        The model then finds a free one, so that a second page of the same title is not refused for
        an address that its editor never typed: two equal titles in a group, or a form sent while
        the autosave has just made the draft.
        """
        slug, title = self.cleaned_data["slug"], self.cleaned_data.get("title", "")
        follows = self.instance.pk is None and slug == slugify(title, allow_unicode=True)
        return "" if follows else slug

    def clean(self):
        """Check a page for completeness when others are asked to read it, never a draft."""
        cleaned_data = super().clean()
        if not self.is_deferred_validation and completeness.asks_for_reading(self.data):
            completeness.check(self)
        return cleaned_data
