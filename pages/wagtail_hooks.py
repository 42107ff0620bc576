"""The admin as co-chairs need it: few things, and none that leads astray."""

from django.http import HttpRequest
from wagtail import hooks

from .link_handler import SitePageLinkHandler

FOR_THOSE_WHO_PUBLISH = frozenset({"reports", "help"})


@hooks.register("construct_main_menu")
def keep_the_menu_short(request: HttpRequest, items: list) -> None:
    """Hide reports and Wagtail’s own help from people who only write."""
    if not request.user.has_perm("pages.change_sitesettings"):
        items[:] = [item for item in items if item.name not in FOR_THOSE_WHO_PUBLISH]


@hooks.register("register_rich_text_features", order=100)
def register_page_links(features) -> None:
    """Expand links to pages our way: few queries, and no link to what is not live."""
    features.register_link_type(SitePageLinkHandler)
