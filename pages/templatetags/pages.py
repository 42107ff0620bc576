"""Template tags about pages; a built-in library, no ``load`` needed."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from accounts.preferences import reader_zone
from pages import card_lists, headings, quotation, rich_text

register = template.Library()
register.filter(quotation.quoted)


@register.simple_tag(takes_context=True)
def cards(context: template.Context, pages: Iterable, level: int = 3) -> SafeString:
    """Return the ``<li>`` lines of these pages, in their order. Give page rows or their ids."""
    pks = [getattr(page, "pk", page) for page in pages]
    lines = card_lists.rendered(pks, reader_zone(context.get("request")), level=level)
    return card_lists.in_order(lines, pks)


@register.filter
def anchored(html: str, part: int = 1) -> SafeString:
    """Return rich text whose second-level headings can be linked to; see ``pages.headings``."""
    return mark_safe(headings.anchored(str(html), part or 1)[0])  # noqa: S308 - editors’ rich text


@register.filter
def rich(text: object) -> SafeString:
    """Return rich text, of a field or a block, as HTML with its links; see ``pages.rich_text``."""
    return rich_text.expanded(getattr(text, "source", text) or "")
