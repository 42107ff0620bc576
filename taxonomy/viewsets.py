"""How the secretariat edits the vocabularies."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Country, Region, Sector, Theme


class TermViewSet(SnippetViewSet):
    """Terms in the order in which readers see them; drag to change it."""

    sort_order_field = "sort_order"
    list_display = ["name", "slug", "name_fr", "name_es", "name_pt", "name_ar"]
    list_per_page = 100
    search_fields = ["name", "slug", "name_fr", "name_es", "name_pt", "name_ar"]
    search_backend_name = None
    copy_view_enabled = False


class RegionViewSet(TermViewSet):
    model = Region
    icon = "globe"
    list_display = ["name", "short", "slug"]


class ThemeViewSet(TermViewSet):
    model = Theme
    icon = "tag"


class SectorViewSet(TermViewSet):
    model = Sector
    icon = "clipboard-list"


class CountryViewSet(SnippetViewSet):
    """Countries stand in alphabetical order, which nobody drags."""

    model = Country
    icon = "site"
    list_display = ["name", "code", "region"]
    list_filter = ["region"]
    list_per_page = 100
    search_fields = ["name", "code", "name_fr", "name_es", "name_pt", "name_ar"]
    search_backend_name = None
    copy_view_enabled = False
    ordering = ["name"]


class VocabularyGroup(SnippetViewSetGroup):
    items = (RegionViewSet, ThemeViewSet, SectorViewSet, CountryViewSet)
    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_name = "vocabularies"
    menu_order = 400
