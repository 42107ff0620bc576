"""The way from the front page to a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.models import Page
from wagtail.query import PageQuerySet


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str
    language: str


def breadcrumbs(page: Page, pages: PageQuerySet, known: Mapping[str, Crumb]) -> list[Crumb]:
    """Return the live ``pages`` above a page from the front page down, without the page itself.

    ``known`` are crumbs by tree path that need no look-up; one query finds the others. A page
    outside of the tree (a preview of a new one) has none above.
    """
    if not page.path:
        return []
    paths = [page.path[:end] for end in range(page.steplen * 2, len(page.path), page.steplen)]
    found = dict(known)
    missing = [path for path in paths if path not in known]
    if missing:
        for above in pages.filter(path__in=missing, live=True).select_related("locale"):
            found[above.path] = Crumb(above.title, above.get_url() or "", above.language)
    return [found[path] for path in paths if path in found]
