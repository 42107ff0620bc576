"""The form with which editors write a page."""

from django import forms
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

    def clean(self):
        """Check a page for completeness when others are asked to read it, never a draft."""
        cleaned_data = super().clean()
        if not self.is_deferred_validation and completeness.asks_for_reading(self.data):
            completeness.check(self)
        return cleaned_data
