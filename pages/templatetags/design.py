"""Tags and filters that templates need to draw the site; a built-in library, no ``load`` needed."""

import functools
import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django import forms, template
from django.conf import settings
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext

from pages.stylesheets import STYLESHEET
from pages.tessellation import tessellation_svg, tint_number

register = template.Library()


@register.simple_tag
def stylesheet() -> SafeString:
    """Return the link to the one stylesheet of the site."""
    return format_html('<link rel="stylesheet" href="{}">', static(STYLESHEET))


@register.simple_tag
def tessellation(
    slug: str, width: int = 1200, height: int = 120, tint: str = "", classes: str = "tessellation"
) -> SafeString:
    """Return the drawing that stands for a group, region or theme."""
    svg = tessellation_svg(
        str(slug), width=width, height=height, tint=str(tint) or None, classes=classes
    )
    return mark_safe(svg)  # noqa: S308 - made of numbers and of class names from our templates


@register.filter
def tint(slug: str) -> str:
    """Return the class that gives an element the colour of a region or theme."""
    return f"tint-{tint_number(str(slug))}"


@register.simple_tag
def lang_attrs(language: str | None) -> SafeString:
    """Return ``lang`` and ``dir`` for text in a language other than the page's, else nothing."""
    active = get_language() or settings.LANGUAGE_CODE
    if not language or _same(language, active):
        return mark_safe("")
    direction = "rtl" if _base(language) in settings.LANGUAGES_BIDI else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


CHECKBOX = (
    '<li><label class="facet-group__option"><input type="checkbox" name="{}" value="{}"{}> '
    '<span class="facet-group__label"{}>{}</span>{}</label></li>'
)
COUNT = (
    ' <span class="facet-group__count"><span class="visually-hidden">(</span>{}'
    '<span class="visually-hidden">)</span></span>'
)


@register.simple_tag
def checkboxes(name: str, options: Iterable) -> SafeString:
    """Return the checkboxes of a filter, one line each.

    A search shows hundreds of them; as a template they would take longer than all the rest.
    """
    in_language, written = functools.cache(lang_attrs), functools.cache(localize)
    lines = (_checkbox(html.escape(name), option, in_language, written) for option in options)
    return mark_safe("".join(lines))  # noqa: S308 - each line escapes what it is given


def _checkbox(
    name: str,
    option: Any,
    in_language: Callable[[str], SafeString],
    written: Callable[[int], str],
) -> str:
    """Return one line of markup; samples of the style guide are mappings."""
    said = option if isinstance(option, Mapping) else vars(option)
    count = said.get("count")
    return CHECKBOX.format(
        name,
        html.escape(str(said["value"])),
        " checked" if said.get("checked") else "",
        in_language(said.get("language", "")),
        html.escape(capfirst(str(said["label"]))),
        "" if count is None else COUNT.format(written(count)),
    )


@register.simple_tag
def language_note(language: str | None) -> str:
    """Return “in Spanish” in the reader's language, or nothing for the reader's own language."""
    active = get_language() or settings.LANGUAGE_CODE
    if not language or _same(language, active):
        return ""
    try:
        name = get_language_info(language)["name_translated"]
    except KeyError:
        name = language
    return gettext("in %(language)s") % {"language": name}


@register.filter
def form_errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """Return each error of a form with the address of the field that it is about."""
    found = [{"message": message, "href": ""} for message in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or field.auto_id
        found += [
            {"field": field.label, "message": message, "href": f"#{target}"}
            for message in field.errors
        ]
    return found


@register.filter
def cells(row: Sequence[object], columns: Sequence[Mapping]) -> list[dict[str, object]]:
    """Return the cells of a row, each knowing whether its column holds numbers."""
    return [
        {"text": text, "numeric": column.get("numeric", False)}
        for text, column in zip(row, columns, strict=False)
    ]


@register.simple_tag
def share_url(service: str, url: str, title: str = "") -> str:
    """Return the address that shares a page through a service, without any script of theirs."""
    address, words = quote(url, safe=""), quote(title, safe="")
    return {
        "linkedin": f"https://www.linkedin.com/sharing/share-offsite/?url={address}",
        "facebook": f"https://www.facebook.com/sharer/sharer.php?u={address}",
        "whatsapp": f"https://wa.me/?text={words}%20{address}",
        "mail": f"mailto:?subject={words}&body={address}",
    }[service]


def _base(language: str) -> str:
    return language.split("-")[0].lower()


def _same(one: str, other: str) -> bool:
    return _base(one) == _base(other)
