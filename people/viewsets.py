"""How the secretariat edits people and organisations."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Organisation, Person


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["name", "affiliation", "country", "is_public"]
    list_filter = ["is_public", "country"]
    list_per_page = 50
    search_fields = ["name", "name_latin", "affiliation"]
    search_backend_name = None
    copy_view_enabled = False
    ordering = ["name"]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ["name", "acronym", "kind", "country"]
    list_filter = ["kind"]
    list_per_page = 50
    search_fields = ["name", "acronym"]
    search_backend_name = None
    copy_view_enabled = False
    ordering = ["name"]


class PeopleGroup(SnippetViewSetGroup):
    items = (PersonViewSet, OrganisationViewSet)
    menu_label = _("People")
    menu_icon = "user"
    menu_name = "people"
    menu_order = 310
