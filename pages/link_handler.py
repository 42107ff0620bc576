"""How links to pages become addresses. Loaded late: Wagtail’s handler needs all models."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from .rich_text import link_addresses


class SitePageLinkHandler(PageLinkHandler):
    """Links to pages, in the reader’s language where the page exists in it.

    What is not live gives no link.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pks = [
            int(attrs["id"]) if str(attrs.get("id", "")).isdigit() else 0 for attrs in attrs_list
        ]
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in link_addresses(pks)]
