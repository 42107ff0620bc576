"""The search in the admin: its menu, its lists, the choice of results."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .views_admin import DocumentChooserViewSet, StateView, document_chooser
from .viewsets import SUBMENU, SearchGroup
from .viewsets_usage import ClickAdmin, QuestionAdmin

register_snippet(SearchGroup)

searches, opened_results = QuestionAdmin(), ClickAdmin()
searches.register_with_wagtail()
opened_results.register_with_wagtail()


class UsageMenuItem(MenuItem):
    """Something for those who may see what is searched."""

    def is_shown(self, request: HttpRequest) -> bool:
        return searches.permission_helper.user_can_list(request.user)


@hooks.register("register_admin_viewset")
def register_document_chooser() -> DocumentChooserViewSet:
    return document_chooser


@hooks.register("register_admin_urls")
def state_of_the_search_url() -> list[URLPattern]:
    return [path("search-state/", StateView.as_view(), name="search_state")]


@hooks.register(SUBMENU)
def what_people_search() -> MenuItem:
    return searches.get_menu_item(order=10)


@hooks.register(SUBMENU)
def what_found_nothing() -> MenuItem:
    return UsageMenuItem(
        _("What found nothing"),
        f"{searches.url_helper.index_url}?found=nothing&o=-3",
        name="found-nothing",
        icon_name="warning",
        order=11,
    )


@hooks.register(SUBMENU)
def what_people_open() -> MenuItem:
    return opened_results.get_menu_item(order=12)


@hooks.register(SUBMENU)
def state_of_the_search() -> MenuItem:
    return UsageMenuItem(
        _("State of the search"),
        reverse("search_state"),
        name="search-state",
        icon_name="circle-check",
        order=13,
    )
