"""Menus, topics, languages and footer, made once per language and content generation."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages import generation
from pages.metadata import SITE_NAME
from pages.places import HOME_DEPTH, Landmark, join_url, landmarks, places, site_settings
from pages.remembered import remembered
from pages.versions import versions
from working_groups.listed import ListedGroup, open_groups

LANGUAGE_NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
}


@dataclass(frozen=True)
class Link:
    """One entry of a menu; ``current`` is “page”, “section” or empty."""

    label: str
    url: str
    language: str = ""
    state: str = ""
    current: str = ""

    def marked(self, path: str) -> "Link":
        """Return the entry with ``current`` set for a reader at this path."""
        if path == self.url:
            return replace(self, current="page")
        is_above = self.url.count("/") > 2 or self.url not in {"/", home_url()}
        return replace(self, current="section" if is_above and path.startswith(self.url) else "")


@dataclass(frozen=True)
class Furniture:
    """What the frame of every page shows in one language."""

    menu: tuple[Link, ...]
    about: tuple[Link, ...]
    regions: tuple[Link, ...]
    themes: tuple[Link, ...]
    groups_url: str
    join_url: str
    contact_email: str
    social: tuple[Link, ...]


class Navigation:
    """The frame of one page. Templates read its attributes; nothing is looked up before they do."""

    site_name = SITE_NAME

    def __init__(self, request: HttpRequest, page: Page | None = None):
        self._request = request
        self._page = page

    @property
    def generation(self) -> str:
        """The generation of the content, for fragments that templates keep."""
        return generation.current()

    @cached_property
    def _furniture(self) -> Furniture:
        return remembered("furniture", _furnish)

    def _marked(self, links: tuple[Link, ...]) -> list[Link]:
        return [link.marked(self._request.path) for link in links]

    @property
    def home_url(self) -> str:
        """The front page in the reader’s language."""
        return home_url()

    @property
    def search_url(self) -> str:
        """The search page in the reader’s language."""
        try:
            return reverse("search")
        except NoReverseMatch:
            return ""

    @cached_property
    def main(self) -> list[Link]:
        """The main menu."""
        return self._marked(self._furniture.menu)

    @cached_property
    def topics(self) -> dict:
        """The black bar: regions first, then themes, then all groups."""
        furniture = self._furniture
        if not (furniture.regions or furniture.themes):
            return {}
        return {
            "regions": self._marked(furniture.regions),
            "themes": self._marked(furniture.themes),
            "all_url": furniture.groups_url,
            "all_current": self._request.path == furniture.groups_url,
        }

    @property
    def topics_here(self) -> str:
        """Which of the topics the reader is at or below: all that the bar depends on."""
        furniture = self._furniture
        marks = self._marked((*furniture.regions, *furniture.themes))
        here = [f"{link.current}:{link.url}" for link in marks if link.current]
        all_groups = self._request.path == furniture.groups_url
        return " ".join([*here, "all" if all_groups else ""])

    @cached_property
    def languages(self) -> list[dict]:
        """The same page in each language, or that language’s front page where there is none."""
        active = translation.get_language()
        addresses = self._addresses()
        return [
            {
                "code": code,
                "name": name,
                "url": addresses.get(code) or home_url(code),
                "current": code == active,
            }
            for code, name in LANGUAGE_NAMES.items()
        ]

    def _addresses(self) -> dict[str, str]:
        """Return where this page is to be read, by language code."""
        if self._page is None or not self._page.pk:
            full = self._request.get_full_path()
            return {code: translate_url(full, code) for code in LANGUAGE_NAMES}
        return versions(self._page)

    @cached_property
    def footer(self) -> dict:
        """What stands at the end of every page."""
        furniture = self._furniture
        return {
            "about_text": _(
                "A global network of people who work for inclusive and efficient "
                "decentralization and localization. Membership is open to all and free."
            ),
            "columns": [
                {"title": _("Explore"), "links": furniture.menu},
                {"title": _("The Alliance"), "links": (*furniture.about, *_membership(furniture))},
            ],
            "contact_email": furniture.contact_email,
            "social": furniture.social,
        }


def home_url(language: str | None = None) -> str:
    """Return the address of the front page in a language, by default the active one."""
    with translation.override(language or translation.get_language()):
        return reverse("wagtail_serve", args=[""])


def _furnish() -> Furniture:
    """Put the frame together from what is remembered of the site."""
    menu = [mark for mark in landmarks() if mark.in_menus and mark.depth == HOME_DEPTH + 1]
    # The footer leads to the well-known places that the menu has no room for.
    others = [mark for mark in landmarks() if mark not in menu and mark.depth > HOME_DEPTH]
    groups = open_groups()
    settings = site_settings()
    return Furniture(
        menu=tuple(_link(mark) for mark in menu),
        about=tuple(_link(mark) for mark in others),
        regions=tuple(_topic(group) for group in groups if group.scope == "regional"),
        themes=tuple(_topic(group) for group in groups if group.scope == "thematic"),
        groups_url=places().get("groups", ""),
        join_url=join_url(),
        contact_email=settings.contact_email,
        social=tuple(Link(name, url) for name, url in settings.profiles),
    )


def _membership(furniture: Furniture) -> list[Link]:
    """Return the ways for members and for those who want to be one."""
    return [
        Link(_("Members"), reverse("directory")),
        Link(_("Become a member"), furniture.join_url),
        Link(_("My membership"), reverse("my_page")),
        Link(_("Institutions"), reverse("institutions")),
    ]


def _link(mark: Landmark) -> Link:
    return Link(mark.title, mark.url, mark.language)


def _topic(group: ListedGroup) -> Link:
    return Link(group.short_name, group.url, group.language, state=group.status)
