"""Rich text as readers get it: links that are right, at a price that does not grow."""

import hashlib

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from .remembered import remembered


class SitePageLinkHandler(PageLinkHandler):
    """Links to pages, in the reader’s language where the page exists in it.

    All links of a text are found with two or three queries. What is not live gives no link.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pks = {int(attrs["id"]) for attrs in attrs_list if str(attrs.get("id", "")).isdigit()}
        pages = Page.objects.live().select_related("locale").in_bulk(pks)
        language = get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
        keys = [
            page.translation_key for page in pages.values() if page.locale.language_code != language
        ]
        translated = {}
        if keys:
            found = Page.objects.live().filter(
                translation_key__in=keys, locale__language_code=language
            )
            translated = {page.translation_key: page for page in found.select_related("locale")}
        shown = {
            str(pk): translated.get(page.translation_key, page).get_url()
            for pk, page in pages.items()
        }
        urls = [shown.get(str(attrs.get("id"))) for attrs in attrs_list]
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]


def expanded(source: str) -> SafeString:
    """Return rich text as HTML, remembered by its words until any content changes."""
    if not source:
        return mark_safe("")
    digest = hashlib.sha256(source.encode()).hexdigest()[:24]
    html = remembered(f"rich-text:{digest}", lambda: expand_db_html(source))
    return mark_safe(html)  # noqa: S308 - editors’ rich text, cleaned when it was saved
