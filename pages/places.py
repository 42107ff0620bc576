"""Where the pages stand that every page sends readers to: the menu and other well-known places."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

# The page models call this module, so the names in it are looked up late.
from . import models
from .breadcrumbs import Crumb
from .remembered import remembered
from .settings import SiteSettings

# By the slug that they have in the default language, wherever they stand in the tree.
PLACES = (
    "about",
    "contact",
    "membership",
    "policies-and-disclosures",
    "resources-for-co-chairs-and-members",
    "start-or-join-a-group",
    "blog",
    "events",
    "groups",
    "library",
    "projects",
)
HOME_DEPTH = 2


@dataclass(frozen=True)
class Landmark:
    """A page that menus or other pages lead to; ``slug`` is the one of the default language."""

    slug: str
    title: str
    url: str
    language: str
    path: str
    depth: int
    in_menus: bool


def landmarks() -> tuple[Landmark, ...]:
    """Return the pages of the menus and the well-known places, in the order of the menus.

    In the reader’s language where they are translated; what nobody has made yet is left out.
    """
    return remembered("landmarks", _find)


def crumbs() -> dict[str, Crumb]:
    """Return the landmarks as breadcrumbs, by their path in the tree."""
    return {mark.path: Crumb(mark.title, mark.url, mark.language) for mark in landmarks()}


def home_crumb() -> Crumb:
    """Return the way to the front page, below which views of their own stand."""
    home = next((mark for mark in landmarks() if mark.depth == HOME_DEPTH), None)
    if home is None:
        return Crumb(
            settings.WAGTAIL_SITE_NAME, reverse("wagtail_serve", args=[""]), settings.LANGUAGE_CODE
        )
    return Crumb(home.title, home.url, home.language)


def places() -> dict[str, str]:
    """Return the addresses of well-known pages by slug, for the reader’s language.

    “Membership” leads to the outside portal if one is set.
    """
    found = {mark.slug: mark.url for mark in landmarks() if mark.slug in PLACES}
    portal = site_settings().member_portal_url
    return found | ({"membership": portal} if portal else {})


def join_url() -> str:
    """Return where one becomes a member: here, unless an outside portal is set."""
    return site_settings().member_portal_url or reverse("join")


def site_settings() -> SiteSettings:
    """Return what the secretariat set for the site; the defaults where it never did."""
    return remembered("site-settings", lambda: SiteSettings.objects.first() or SiteSettings())


def _find() -> tuple[Landmark, ...]:
    """Read all versions of the landmarks in one query, and keep the one for the reader."""
    originals = (
        models.SitePage.objects.filter(
            Q(show_in_menus=True) | Q(slug__in=PLACES) | Q(depth=HOME_DEPTH)
        )
        .filter(locale__language_code=settings.LANGUAGE_CODE)
        .filter(depth__gte=HOME_DEPTH, depth__lte=HOME_DEPTH + 2)
    )
    versions = (
        models.SitePage.objects.live()
        .public()
        .filter(is_listed=True, translation_key__in=originals.values("translation_key"))
        .select_related("locale")
    )
    by_key: dict[object, dict[str, models.SitePage]] = {}
    for page in versions.order_by("path"):
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    language = get_language() or settings.LANGUAGE_CODE
    return tuple(
        _landmark(found[settings.LANGUAGE_CODE], found.get(language))
        for found in by_key.values()
        if settings.LANGUAGE_CODE in found
    )


def _landmark(original: models.SitePage, translated: models.SitePage | None) -> Landmark:
    shown = translated or original
    return Landmark(
        slug=original.slug,
        title=shown.title,
        url=shown.get_url() or "",
        language=shown.language,
        path=shown.path,
        depth=original.depth,
        in_menus=original.show_in_menus,
    )
