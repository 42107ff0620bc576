"""Screens of the secretariat: drafts tried on a search, results to choose, the search’s state."""

from typing import Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.snippets.views.snippets import (
    PreviewOnCreateView,
    PreviewOnEditView,
    PreviewRevisionView,
)
from wagtail.utils.decorators import xframe_options_sameorigin_override

from . import state, trials
from .models import Document, Promotion, Synonyms
from .page_types import kind_labels
from .projection.health import health
from .words.parsing import clean

# Trials of drafts ------------------------------------------------------------------------------


def show_trial(request: HttpRequest, draft: Synonyms | Promotion) -> HttpResponse:
    """Show what a search finds with and without the draft; the editor may type another search.

    The preview is loaded anew with every change of the form.
    """
    sample = _typed(request, draft) or draft.sample
    trial = trials.attempt(draft, sample, get_language() or "en")
    context = {
        "trial": trial,
        "draft": draft,
        "in_preview_panel": request.GET.get("in_preview_panel", ""),
    }
    return render(request, "search/admin/trial.html", context)


def _typed(request: HttpRequest, draft: Synonyms | Promotion) -> str:
    """Return the search that the editor typed for this draft, now or earlier in this session.

    What was typed for a new one goes with it, once the editor has saved it by itself.
    """
    new, own = (f"search-trial-{draft._meta.model_name}-{pk}" for pk in ("new", draft.pk))
    key = own if draft.pk else new
    if "sample" in request.GET:
        request.session[key] = clean(request.GET["sample"])
    elif draft.pk and new in request.session:
        request.session[own] = request.session.pop(new)
    return request.session.get(key, "")


class TrialOfFormMixin:
    """In place of Wagtail’s preview of a page: the trial of what stands in the form."""

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = self.get_form(self._get_form_data(self._get_form_state()))
        if not self.validate_form(form):
            return self.error_response()
        return show_trial(request, form.save(commit=False))


class TrialOnCreateView(TrialOfFormMixin, PreviewOnCreateView):
    """The trial of something new."""


class TrialOnEditView(TrialOfFormMixin, PreviewOnEditView):
    """The trial of a change."""


class TrialOfRevisionView(PreviewRevisionView):
    """The trial of a version of the history."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return show_trial(request, self.revision_object)


# Choosing a result -----------------------------------------------------------------------------


class DocumentFilterForm(BaseFilterForm):
    """Finds results whose title, or another name, has all that is typed."""

    q = forms.CharField(
        label=_("Title"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Title")})
    )

    def filter(self, objects: QuerySet[Document]) -> QuerySet[Document]:
        self.search_query = clean(self.cleaned_data.get("q", ""))
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            objects = objects.filter(Q(title__icontains=word) | Q(also_called__icontains=word))
        return objects


class PublicDocumentsMixin:
    """Offers what everybody may read, by its uid, which outlives any rebuild of the index."""

    filter_form_class = DocumentFilterForm
    ordering = ["title", "pk"]

    def get_object_list(self) -> QuerySet[Document]:
        return public_documents()

    @property
    def columns(self) -> list[Column]:
        kinds, title = kind_labels(), self.title_column
        title.accessor = "title"
        return [
            title,
            Column("kind", label=_("Kind"), accessor=lambda found: kinds.get(found.kind, "")),
            Column("language", label=_("Language")),
            Column("date", label=_("Date")),
        ]


class ChooseDocumentView(PublicDocumentsMixin, ChooseView):
    """The window in which a result is chosen."""


class ChooseDocumentResultsView(PublicDocumentsMixin, ChooseResultsView):
    """The list in that window."""


class ChosenDocumentView(ChosenView):
    """Hands the chosen result to the form, as its uid and title."""

    def get_object(self, pk: str) -> Document:
        return public_documents().get(pk=pk)

    def get_object_id(self, instance: Document) -> str:
        return instance.uid

    def get_display_title(self, instance: Document) -> str:
        return instance.title


class ChosenDocumentsView(ChosenMultipleView):
    """The same for several at once, which no form asks for."""

    def get_objects(self, pks: list[str]) -> QuerySet[Document]:
        return public_documents().none()


class DocumentChooser(BaseChooser):
    """The field of a form that holds the uid of a result and shows its title."""

    show_edit_link = False

    def get_instance(self, value: str | Document | None) -> Document | None:
        if isinstance(value, Document):
            return value
        return Document.objects.filter(uid=value, deleted_at=None).first() if value else None

    def get_value_data_from_instance(self, instance: Document) -> dict[str, Any]:
        return {"id": instance.uid, self.display_title_key: instance.title}


class DocumentChooserViewSet(ChooserViewSet):
    """Everything that lets an editor choose a result by its title."""

    model = Document
    icon = "search"
    choose_one_text = _("Choose a result")
    choose_another_text = _("Choose another result")
    register_widget = False
    base_widget_class = DocumentChooser
    choose_view_class = ChooseDocumentView
    choose_results_view_class = ChooseDocumentResultsView
    chosen_view_class = ChosenDocumentView
    chosen_multiple_view_class = ChosenDocumentsView


document_chooser = DocumentChooserViewSet("choose-search-result")


def public_documents() -> QuerySet[Document]:
    """Return what may be promoted: what everybody may read."""
    return Document.objects.filter(is_public=True, deleted_at=None).defer("body", "files")


# How the search is doing -----------------------------------------------------------------------


class StateView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Which engine answers, what waits, what went wrong."""

    permission_required = "search.view_question"
    raise_exception = True
    template_name = "search/admin/state.html"
    page_title = _("State of the search")
    header_icon = "search"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        facts = list(state.facts(health(timezone.now())))
        return super().get_context_data(**kwargs) | {"facts": facts}
