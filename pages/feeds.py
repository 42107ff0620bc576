"""RSS and Atom: what is new on the site, or under one region or theme.

A feed is made from ids and remembered rows like any other list. Its ETag is the generation of the
content, so a reader that asks every hour costs nothing until something has changed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from taxonomy.models import Region, Term, Theme

from . import generation
from .card_lists import author_names
from .metadata import SITE_NAME
from .models import SitePage
from .querysets import SitePageQuerySet

NEWEST = 30
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Rss(Rss201rev2Feed):
    """RSS that says in which language each item is written."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler, item) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["language"])


class Atom(Atom1Feed):
    """Atom that says in which language each entry is written."""

    def item_attributes(self, item) -> dict[str, str]:
        return super().item_attributes(item) | {"xml:lang": item["language"]}


FORMS = {"rss": Rss, "atom": Atom}


@dataclass(frozen=True)
class Source:
    """What a feed is about and which pages it brings."""

    title: str
    description: str
    url: str
    pages: SitePageQuerySet


class PagesFeed(Feed):
    """The newest pages of a source."""

    def __init__(self, form: str):
        if form not in FORMS:
            raise Http404("Feeds come as “rss” or “atom”.")
        self.feed_type = FORMS[form]

    def get_object(self, request: HttpRequest, source: Source) -> Source:
        self._request = request
        return source

    def title(self, source: Source) -> str:
        return without_control_characters(source.title)

    def link(self, source: Source) -> str:
        return source.url

    def description(self, source: Source) -> str:
        return without_control_characters(source.description)

    subtitle = description

    def items(self, source: Source) -> list[SitePage]:
        pages = list(source.pages.newest().select_related("locale")[:NEWEST])
        names = author_names([page.pk for page in pages])
        for page in pages:
            page.feed_authors = ", ".join(names[page.pk])
        return pages

    def item_title(self, page: SitePage) -> str:
        return without_control_characters(page.title)

    def item_description(self, page: SitePage) -> str:
        return without_control_characters(page.summary or page.search_description)

    def item_link(self, page: SitePage) -> str:
        return page.get_url(self._request) or "/"

    def item_guid(self, page: SitePage) -> str:
        return f"urn:uuid:{page.translation_key}:{page.locale.language_code}"

    item_guid_is_permalink = False

    def item_author_name(self, page: SitePage) -> str | None:
        return without_control_characters(page.feed_authors) or None

    def item_pubdate(self, page: SitePage):
        return page.first_published_at

    def item_updateddate(self, page: SitePage):
        return page.last_published_at or page.first_published_at

    def item_extra_kwargs(self, page: SitePage) -> dict[str, str]:
        return {"language": page.language}


def answer(request: HttpRequest, form: str, find: Callable[[], Source]) -> HttpResponse:
    """Return a feed, or “not modified” to a reader that has it already."""
    feed = PagesFeed(form)
    etag = f'W/"{generation.current()}-{get_language()}-{form}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = feed(request, source=find())
    response["ETag"] = etag
    return response


def region_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Return what is new about a region and its countries."""
    return _term_feed(request, form, Region, slug, SitePage.objects.in_regions([slug]))


def theme_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Return what is new about a theme."""
    return _term_feed(request, form, Theme, slug, SitePage.objects.with_themes([slug]))


def _term_feed(
    request: HttpRequest, form: str, vocabulary: type[Term], slug: str, pages: SitePageQuerySet
) -> HttpResponse:
    def find() -> Source:
        term = get_object_or_404(vocabulary, slug=slug)
        return Source(
            title=f"{term.label} – {SITE_NAME}",
            description=_("What is new about %(subject)s.") % {"subject": term.label},
            url=reverse(term.url_name, args=[slug]),
            pages=pages.for_reader_now(),
        )

    return answer(request, form, find)


def without_control_characters(text: str) -> str:
    """Return the text without the control characters that no XML may hold."""
    return NOT_IN_XML.sub("", str(text))
