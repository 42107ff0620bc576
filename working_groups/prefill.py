"""What a new page can know before anybody types: group, author, language, zone, tags."""

from django.conf import settings
from wagtail.models import Page

from pages.models import PageAuthor, SitePage
from pages.places import site_settings

from .models import GroupWork, WorkingGroupPage, WorkplanPage


def fill_in(page: Page, parent: Page) -> None:
    """Set the first values of a page that is about to be written below ``parent``."""
    if not isinstance(page, SitePage):
        return
    fill_in_language(page, parent)
    fill_in_author(page)
    if isinstance(page, GroupWork) and isinstance(parent, WorkingGroupPage):
        fill_in_group(page, parent)
    if isinstance(page, WorkplanPage):
        page.allocation = site_settings().workplan_allocation


def fill_in_language(page: SitePage, parent: Page) -> None:
    """Write in the language of the tree, or in the author’s where the tree is the default one."""
    language = parent.locale.language_code
    if language == settings.LANGUAGE_CODE and page.owner:
        language = page.owner.language
    page.language = language


def fill_in_author(page: SitePage) -> None:
    """Take whoever writes the page for its author, if they are somebody on the site."""
    person = getattr(page.owner, "person", None)
    if person and not page.page_authors.exists():
        page.page_authors.add(PageAuthor(person=person))


def fill_in_group(page: GroupWork, group: WorkingGroupPage) -> None:
    """Take over the group’s time zone and what its content is usually about."""
    page.group = group
    if hasattr(page, "time_zone"):
        page.time_zone = group.time_zone
    for terms in ("regions", "themes"):
        getattr(page, terms).add(*getattr(group, terms).all())
