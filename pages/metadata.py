"""What search engines, feed readers and other sites read of a page.

Page types and views say little: a page type may define ``json_ld(request)``, a view may pass an
``About`` as ``about_this`` in its context. The rest follows from the page or the address. All of
it is remembered until the content changes, so it costs no query on a page that was asked for
before.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.http import urlencode
from django.utils.translation import get_language, to_locale
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Site

from . import models, structured_data
from .breadcrumbs import Crumb
from .page_cache import KNOWN_PARAMETERS
from .remembered import remembered
from .share_images import share_image_url
from .term_labels import own_term_labels
from .versions import versions

IMAGE_SPEC = "fill-1200x630|format-jpeg"
SITE_NAME = settings.WAGTAIL_SITE_NAME
# Ways to look at the same content, and forms of it: search engines need only one.
NOT_CANONICAL = frozenset({"tz", "view", "next", "format", "sort", "p", "exact"})


@dataclass(frozen=True)
class FeedLink:
    """A feed that readers of the page may subscribe to."""

    title: str
    url: str
    media_type: str


@dataclass(frozen=True)
class About:
    """What a view says of the page it shows, in place of a page of the tree."""

    title: str
    description: str = ""
    slug: str = ""
    kind: str = "website"
    image: str = ""
    json_ld: Sequence[Mapping] = ()
    feeds: Sequence[FeedLink] = ()
    in_search_engines: bool = True


@dataclass(frozen=True)
class Metadata:
    """What ``components/metadata.html`` writes."""

    title: str
    description: str
    canonical: str
    kind: str
    locale: str
    image: str
    alternates: tuple[tuple[str, str], ...]
    feeds: tuple[FeedLink, ...]
    script: str
    in_search_engines: bool = True
    site_name: str = SITE_NAME


def metadata(
    request: HttpRequest, page: Page | None, about: About | None, crumbs: Sequence[Crumb]
) -> Metadata | None:
    """Return the metadata of a page or of a view; ``None`` for one that says nothing of itself.

    A preview is a draft: it is made anew each time and kept out of search engines.
    """
    if about is not None:
        make = partial(_of_view, request, about, crumbs)
    elif isinstance(page, models.SitePage) and page.pk:
        make = partial(_of_page, request, page, crumbs)
    else:
        return None
    if getattr(request, "is_preview", False):
        return make()
    address = hashlib.sha256(canonical_path(request).encode()).hexdigest()
    return remembered(f"metadata:{address}", make)


def canonical_path(request: HttpRequest) -> str:
    """Return the one path of what this request shows: known parameters only, in order."""
    known = KNOWN_PARAMETERS - NOT_CANONICAL
    pairs = [
        (name, value)
        for name, values in sorted(request.GET.lists())
        if name in known
        for value in sorted(set(values))
        if value and (name, value) != ("page", "1")
    ]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


def absolute(request: HttpRequest, address: str) -> str:
    """Return an address with the host of the site, whichever host the reader came by."""
    roots = Site.get_site_root_paths()
    return urljoin(roots[0].root_url if roots else request.build_absolute_uri("/"), address)


def feed_links(title: str, name: str, *args: str) -> tuple[FeedLink, ...]:
    """Return both forms of the feed of this URL name; nothing where there is no such feed."""
    try:
        return tuple(
            FeedLink(title, reverse(name, args=[*args, form]), f"application/{form}+xml")
            for form in ("rss", "atom")
        )
    except NoReverseMatch:
        return ()


def writing(
    page: models.SitePage, request: HttpRequest, licence: str = ""
) -> structured_data.Writing:
    """Return a post or product as structured data describes it."""
    return structured_data.Writing(
        url=page.get_full_url(request) or "",
        title=page.title,
        language=page.language,
        summary=page.summary,
        authors=[_name(request, author) for author in page.authors()],
        published_on=page.date,
        updated_on=getattr(page, "updated_on", None),
        image=absolute(request, image_url(page)),
        about=[mark.label for mark in own_term_labels(page) if mark.kind in {"theme", "country"}],
        licence=licence,
    )


def image_url(page: models.SitePage) -> str:
    """Return the page’s own picture at the size of share images, or the drawing of its slug."""
    if page.listing_image_id:
        try:
            return page.listing_image.get_rendition(IMAGE_SPEC).url
        except (SourceImageIOError, OSError):
            pass
    return share_image_url(page.slug)


def _name(request: HttpRequest, author: models.PageAuthor) -> structured_data.Name:
    person = author.person if author.person_id else None
    has_page = person is not None and person.is_public
    url = absolute(request, person.get_absolute_url()) if has_page else ""
    return structured_data.Name(author.shown_name, url)


def _of_view(request: HttpRequest, about: About, crumbs: Sequence[Crumb]) -> Metadata:
    image = about.image or share_image_url(about.slug or "lpsa")
    return _complete(
        request,
        crumbs,
        title=about.title,
        description=about.description,
        kind=about.kind,
        image=image,
        alternates=_of_address(request),
        feeds=tuple(about.feeds),
        json_ld=about.json_ld,
        in_search_engines=about.in_search_engines,
    )


def _of_page(request: HttpRequest, page: models.SitePage, crumbs: Sequence[Crumb]) -> Metadata:
    if crumbs:
        crumbs = [*crumbs, Crumb(page.title, request.path, page.language)]
    return _complete(
        request,
        crumbs,
        title=page.seo_title or page.title,
        description=page.search_description or page.summary,
        kind="article" if page.entity in {"post", "product", "event"} else "website",
        image=image_url(page),
        alternates=_of_translations(request, page),
        feeds=page.feeds(),
        json_ld=page.json_ld(request),
        in_search_engines=not getattr(request, "is_preview", False),
        canonical_url=page.alias_of.get_full_url(request) if page.alias_of_id else "",
    )


def _complete(request: HttpRequest, crumbs: Sequence[Crumb], **facts) -> Metadata:
    things = list(facts.pop("json_ld"))
    if crumbs:
        pairs = [(crumb.label, absolute(request, crumb.url)) for crumb in crumbs]
        things.append(structured_data.breadcrumb_list(pairs))
    return Metadata(
        canonical=facts.pop("canonical_url", "") or absolute(request, canonical_path(request)),
        locale=to_locale(get_language() or settings.LANGUAGE_CODE),
        image=absolute(request, facts.pop("image")),
        script=structured_data.script(structured_data.graph(things)) if things else "",
        **facts,
    )


def _of_translations(request: HttpRequest, page: models.SitePage) -> tuple[tuple[str, str], ...]:
    """Return ``(language, address)`` of the live versions of a page, if there are several."""
    return _with_default({code: absolute(request, url) for code, url in versions(page).items()})


def _of_address(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return the address of a view in each language: its words are there in all of them."""
    here = absolute(request, canonical_path(request))
    return _with_default({code: translate_url(here, code) for code, _ in settings.LANGUAGES})


def _with_default(addresses: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if len(addresses) < 2:
        return ()
    pairs = sorted(addresses.items())
    if settings.LANGUAGE_CODE in addresses:
        pairs.append(("x-default", addresses[settings.LANGUAGE_CODE]))
    return tuple(pairs)
