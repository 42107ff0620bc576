"""Template tags about pages; a built-in library, no ``load`` needed."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from pages import card_lists

register = template.Library()


@register.simple_tag(takes_context=True)
def cards(context: template.Context, pages: Iterable, level: int = 3) -> SafeString:
    """Return the ``<li>`` lines of these pages, in their order. Give page rows or their ids."""
    pks = [getattr(page, "pk", page) for page in pages]
    time_zone = getattr(context.get("request"), "time_zone", None)
    lines = card_lists.rendered(pks, time_zone, level=level)
    return mark_safe("\n".join(lines[pk] for pk in pks if pk in lines))  # noqa: S308 - from templates
