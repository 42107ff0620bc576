"""In which languages a page is to be read."""

from collections.abc import Iterable

from django.utils.translation import get_language_info
from wagtail.models import Page

from .remembered import remembered


def versions(page: Page) -> dict[str, str]:
    """Return the addresses of the live versions of a page, its own too, by language code."""
    if hasattr(page, "_versions"):
        return addresses(page._versions)
    return remembered(f"versions:{page.translation_key}", lambda: _find(page))


def addresses(found: Iterable[Page]) -> dict[str, str]:
    """Return the addresses of versions of one page, those that readers can see."""
    return {
        version.locale.language_code: version.get_url() or ""
        for version in found
        if version.live and version.alias_of_id is None
    }


def version_links(page: Page) -> list[dict[str, str]]:
    """Return the other live versions of a page as links, each named in its own language."""
    own = page.get_url()
    return [
        {"value": get_language_info(code)["name_local"], "url": url, "language": code}
        for code, url in sorted(versions(page).items())
        if url != own
    ]


def _find(page: Page) -> dict[str, str]:
    found = Page.objects.live().filter(translation_key=page.translation_key)
    return addresses(found.select_related("locale"))
