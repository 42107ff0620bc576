"""Template tags about pages; a built-in library, no ``load`` needed."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from pages import card_lists, headings, quotation, rich_text

register = template.Library()
register.filter(quotation.quoted)


@register.simple_tag(takes_context=True)
def cards(context: template.Context, pages: Iterable, level: int = 3) -> SafeString:
    """Return the ``<li>`` lines of these pages, in their order. Give page rows or their ids."""
    pks = [getattr(page, "pk", page) for page in pages]
    time_zone = getattr(context.get("request"), "time_zone", None)
    lines = card_lists.rendered(pks, time_zone, level=level)
    return mark_safe("\n".join(lines[pk] for pk in pks if pk in lines))  # noqa: S308 - from templates


@register.filter
def anchored(html: str, part: int = 1) -> SafeString:
    """Return rich text whose second-level headings can be linked to; see ``pages.headings``."""
    return mark_safe(headings.anchored(str(html), part or 1)[0])  # noqa: S308 - editors’ rich text


@register.filter
def rich(text: object) -> SafeString:
    """Return rich text, of a field or a block, as HTML with its links; see ``pages.rich_text``."""
    return rich_text.expanded(getattr(text, "source", text) or "")
