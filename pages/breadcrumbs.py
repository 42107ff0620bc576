"""The way from the front page to a page."""

from dataclasses import dataclass

from wagtail.models import Page
from wagtail.query import PageQuerySet


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str
    language: str


def breadcrumbs(page: Page, pages: PageQuerySet) -> list[Crumb]:
    """Return the live ``pages`` above a page from the front page down, without the page itself.

    One query; a page outside of the tree (a preview of a new one) has none above.
    """
    if not page.path or page.depth <= 2:
        return []
    paths = [page.path[:step] for step in range(page.steplen * 2, len(page.path), page.steplen)]
    above = pages.filter(path__in=paths, live=True).select_related("locale")
    return [
        Crumb(above_page.title, above_page.get_url() or "", above_page.language)
        for above_page in above.order_by("path")
    ]
