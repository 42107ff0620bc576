"""Rich text as readers get it: links that are right, at a price that does not grow."""

import hashlib
import re
from collections.abc import Iterable
from contextvars import ContextVar

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from .remembered import remembered

LINKED_PAGE = re.compile(r'linktype="page"[^>]*\bid="(\d+)"|\bid="(\d+)"[^>]*linktype="page"')

# The addresses that ``prepare`` looked up for all texts of a page, while it expands them.
_addresses: ContextVar[dict[int, str] | None] = ContextVar("addresses", default=None)


def link_addresses(pks: list[int]) -> list[str]:
    """Return the address of each linked page; empty for what readers cannot see."""
    known = _addresses.get()
    shown = addresses(set(pks)) if known is None else known
    return [shown.get(pk) or "" for pk in pks]


def addresses(pks: set[int]) -> dict[int, str]:
    """Return where these pages are to be read, in the reader’s language if they exist in it."""
    language = get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
    linked = Page.objects.filter(pk__in=pks).values("translation_key")
    versions = Page.objects.live().filter(translation_key__in=linked).select_related("locale")
    by_pk = {version.pk: version for version in versions}
    own = {
        version.translation_key: version
        for version in by_pk.values()
        if version.locale.language_code == language
    }
    return {
        pk: own.get(by_pk[pk].translation_key, by_pk[pk]).get_url() or "" for pk in pks & set(by_pk)
    }


def expanded(source: str) -> SafeString:
    """Return rich text as HTML, remembered by its words until any content changes."""
    if not source:
        return mark_safe("")
    html = remembered(_name(source), lambda: expand_db_html(source))
    return mark_safe(html)  # noqa: S308 - editors’ rich text, cleaned when it was saved


def prepare(sources: Iterable[str]) -> None:
    """Expand all texts of a page together: the links of all of them cost one look-up.

    Does nothing for texts that were expanded since the content last changed.
    """
    linked = {
        int(pk) for source in sources for pair in LINKED_PAGE.findall(source) for pk in pair if pk
    }
    if not linked:
        return
    token = _addresses.set(_Addresses(linked))
    try:
        for source in sources:
            expanded(source)
    finally:
        _addresses.reset(token)


class _Addresses(dict):
    """The addresses of the linked pages, looked up when the first one is asked for."""

    def __init__(self, pks: set[int]):
        super().__init__()
        self._pks: set[int] | None = pks

    def get(self, pk: int, default: str | None = None) -> str | None:
        if self._pks is not None:
            self.update(addresses(self._pks))
            self._pks = None
        return super().get(pk, default)


def _name(source: str) -> str:
    return f"rich-text:{hashlib.sha256(source.encode()).hexdigest()[:24]}"
