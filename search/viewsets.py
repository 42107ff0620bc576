"""How the secretariat teaches the search."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Promotion, Synonyms
from .models.words import lines
from .views_admin import (
    TrialOfRevisionView,
    TrialOnCreateView,
    TrialOnEditView,
    document_chooser,
    public_documents,
)

SUBMENU = "register_search_menu_item"


def in_one_line(field: str) -> Column:
    """Return a column for a field with one term per line."""
    label = Synonyms._meta.get_field(field).verbose_name
    return Column(field, label=label, accessor=lambda row: ", ".join(lines(getattr(row, field))))


def result(row: Promotion) -> str:
    """Return the title of what is promoted, or that readers cannot open it any more."""
    return row.title or gettext("%(uid)s: not to be found any more") % {"uid": row.uid}


class TaughtViewSet(SnippetViewSet):
    """Something that is tried on a search before it goes live."""

    preview_on_add_view_class = TrialOnCreateView
    preview_on_edit_view_class = TrialOnEditView
    revisions_view_class = TrialOfRevisionView
    list_per_page = 100
    search_backend_name = None
    copy_view_enabled = False


class SynonymsViewSet(TaughtViewSet):
    model = Synonyms
    icon = "tag"
    list_display = ["name", *(in_one_line(name) for name in ("english", "french", "acronyms"))]
    search_fields = [
        *("name", "english", "french", "spanish", "portuguese", "arabic"),
        *("acronyms", "ambiguous_acronyms"),
    ]
    ordering = ["name"]


class PromotionViewSet(TaughtViewSet):
    model = Promotion
    icon = "pick"
    list_display = [
        "__str__",
        Column("result", label=_("result"), accessor=result),
        "place",
        "note",
    ]
    search_fields = ["words", "uid", "note"]
    ordering = ["words", "place"]
    panels = [
        FieldPanel("words"),
        FieldPanel("uid", widget=document_chooser.widget_class),
        FieldPanel("place"),
        FieldPanel("note"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Promotion]:
        titles = public_documents().filter(uid=OuterRef("uid")).values("title")
        return Promotion.objects.annotate(title=Subquery(titles))


class SearchGroup(SnippetViewSetGroup):
    """The menu of everything about the search."""

    items = (SynonymsViewSet, PromotionViewSet)
    menu_label = _("Public search")
    menu_icon = "search"
    menu_name = "search"
    menu_order = 420
    submenu_hook = SUBMENU
