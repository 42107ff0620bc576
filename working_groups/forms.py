"""The form for what belongs to a group."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pages.forms import SitePageForm

from .access import is_secretariat, may_see
from .models.group_page import WorkingGroupPage

FOR_SECRETARIAT_ONLY = ("group", "other_groups")


class GroupWorkForm(SitePageForm):
    """Let the tree decide about the group, and let co-chairs name no page of another group."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not (self.for_user and is_secretariat(self.for_user)):
            for name in FOR_SECRETARIAT_ONLY:
                self.fields.pop(name, None)
        if self._is_below_a_group():
            self.fields.pop("group", None)

    def _is_below_a_group(self) -> bool:
        return self.parent_page is not None and issubclass(
            self.parent_page.specific_class, WorkingGroupPage
        )

    def clean(self):
        cleaned_data = super().clean()
        for name, page in self._newly_chosen_pages().items():
            if self.for_user and not may_see(page, self.for_user):
                self.add_error(name, _("This page belongs to another group or is not published."))
        return cleaned_data

    def _newly_chosen_pages(self) -> dict[str, Page]:
        """Return the pages that were chosen now, by field; what stood there before may stay."""
        return {
            name: self.cleaned_data[name]
            for name, field in self.fields.items()
            if isinstance(field, forms.ModelChoiceField)
            and name in self.changed_data
            and isinstance(self.cleaned_data.get(name), Page)
        }
