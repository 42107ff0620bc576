"""Bring a site into the shape that everything else expects."""

import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Locale, Page, Revision, Site

from blog.models import BlogIndexPage
from events.models import EventIndexPage
from knowledge.models import LibraryPage
from pages.models import SitePage
from pages.settings import SiteSettings
from projects.models import ProjectIndexPage
from working_groups.actions import set_up_rights
from working_groups.models import WorkingGroupIndexPage

from .models import HomePage


class Section(NamedTuple):
    """A page directly below the home page that the site cannot do without."""

    model: type[SitePage]
    slug: str
    title: str


# In the order of the main menu.
SECTIONS = (
    Section(WorkingGroupIndexPage, "groups", gettext_noop("Working groups")),
    Section(LibraryPage, "library", gettext_noop("Library")),
    Section(BlogIndexPage, "blog", gettext_noop("Blog")),
    Section(EventIndexPage, "events", gettext_noop("Events")),
    Section(ProjectIndexPage, "projects", gettext_noop("Projects")),
)


@transaction.atomic
def ensure_site(now: datetime.datetime) -> HomePage:
    """Return the home page of a site that has its languages, sections, settings and rights.

    What exists is left as it is, so this may run with every deployment.
    """
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    with translation.override(settings.LANGUAGE_CODE):
        home = _ensure_home(now)
        for section in SECTIONS:
            _ensure_section(home, section, now)
    SiteSettings.for_site(_ensure_default_site(home))
    set_up_rights(now.date())
    return home


def publish(page: SitePage, now: datetime.datetime, user=None) -> None:
    """Publish the page as it stands, with a revision, as if done at ``now``.

    For pages made by code. An editor’s click goes through Wagtail’s own action, which knows no
    other time than the present.
    """
    page.save_revision(user=user).publish(user=user)
    stamps = {
        "first_published_at": now,
        "last_published_at": now,
        "latest_revision_created_at": now,
    }
    Page.objects.filter(pk=page.pk).update(**stamps)
    Revision.objects.filter(pk=page.latest_revision_id).update(created_at=now)
    for name, value in stamps.items():
        setattr(page, name, value)


def _ensure_home(now: datetime.datetime) -> HomePage:
    home = HomePage.objects.filter(depth=2, locale=Locale.get_default()).first()
    if home:
        return home
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=Locale.get_default())
    )
    _free_slug(root, "home")
    home = root.add_child(
        instance=HomePage(
            title=settings.WAGTAIL_SITE_NAME,
            slug="home",
            locale=Locale.get_default(),
            live=False,
        )
    )
    publish(home, now)
    return home


def _free_slug(root: Page, slug: str) -> None:
    """Move whatever Wagtail’s own first page is called out of the way; it goes further below."""
    for page in root.get_children().filter(slug=slug):
        page.slug = f"{slug}-before"
        page.save(update_fields=["slug"])


def _ensure_default_site(home: HomePage) -> Site:
    """Return the default site with the address of the settings, rooted at the home page.

    Wagtail’s “Welcome” page, which a new database comes with, is removed.
    """
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    former = site.root_page if site.root_page_id else None
    site.root_page = home
    site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
    move_to_address(site)
    if former and former.specific_class is Page and not former.is_root():
        former.delete()
    return site


def move_to_address(site: Site) -> None:
    """Save the site with the address of the settings, which all full links are made from."""
    address = urlsplit(settings.SITE_ADDRESS)
    site.hostname = address.hostname
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.save()


def _ensure_section(home: HomePage, section: Section, now: datetime.datetime) -> None:
    if home.get_children().type(section.model).exists():
        return
    page = section.model(
        title=gettext(section.title),
        slug=section.slug,
        locale=home.locale,
        show_in_menus=True,
        live=False,
    )
    home.add_child(instance=page)
    publish(page, now)
