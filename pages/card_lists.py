"""Lists of lines about pages, from the cache where they were rendered before.

A list passes page ids. Fragments that were rendered under the current generation come from the
cache in one round trip; only the missing ones load their pages, all together and with a number of
queries that depends on how many page types they have, not on how many pages.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from django.core.cache import caches
from django.db.models import F, Window, prefetch_related_objects
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from accounts.preferences import reader_zone

from . import generation
from .cards import Surroundings
from .models import PageAuthor, SitePage
from .querysets import SitePageQuerySet
from .remembered import remembered
from .term_labels import term_labels

FRAGMENT_SECONDS = 86_400
LEVEL = 3  # of the headings of a line, usually


def rendered(
    pks: Sequence[int],
    time_zone: datetime.tzinfo | None = None,
    *,
    level: int = LEVEL,
    model: type[SitePage] | None = None,
) -> dict[int, str]:
    """Return the HTML line of each page, by id; pages that are gone are left out.

    ``model`` spares a query where all pages are of one type.
    """
    prefix = _prefix(time_zone, level)
    cached = caches["default"].get_many([f"{prefix}{pk}" for pk in pks])
    lines = {int(key.rpartition(":")[2]): html for key, html in cached.items()}
    missing = [pk for pk in pks if pk not in lines]
    return lines | (keep(load(missing, model), time_zone, level=level) if missing else {})


def in_order(lines: Mapping[int, str], pks: Iterable[int]) -> SafeString:
    """Return the rendered lines of these pages, one below the other."""
    return mark_safe("\n".join(lines[pk] for pk in pks if pk in lines))  # noqa: S308 - from templates


def keep(
    pages: Sequence[SitePage], time_zone: datetime.tzinfo | None = None, *, level: int = LEVEL
) -> dict[int, str]:
    """Render the lines of loaded pages, all together, and keep them for every list."""
    prefix, around = _prefix(time_zone, level), surroundings(pages, time_zone)
    made = {
        page.pk: render_to_string(
            page.card_template, page.card_context(around) | {"level": level}
        ).strip()
        for page in pages
    }
    fragments = {f"{prefix}{pk}": html for pk, html in made.items()}
    caches["default"].set_many(fragments, FRAGMENT_SECONDS)
    return made


def lists(
    name: str,
    make: Callable[[], Mapping[str, Sequence[SitePage]]],
    request: HttpRequest,
    *,
    level: int = LEVEL,
) -> dict[str, list[int]]:
    """Return the ids of the pages of several lists, remembered until the content changes.

    ``make`` returns the pages ``whole``; their lines are rendered together while they are at hand,
    so that a list costs one query when it is new and none afterwards.
    """

    def select() -> dict[str, list[int]]:
        chosen = make()
        every_page = {page.pk: page for pages in chosen.values() for page in pages}
        keep(list(every_page.values()), reader_zone(request), level=level)
        return {part: [page.pk for page in pages] for part, pages in chosen.items()}

    return remembered(name, select)


def kept_ids(pages: Sequence[SitePage], request: HttpRequest) -> list[int]:
    """Render the lines of loaded pages, keep them, and return the ids for ``{% cards %}``."""
    keep(pages, reader_zone(request))
    return [page.pk for page in pages]


def whole(pages: SitePageQuerySet, stop: int | None = None, *, start: int = 0) -> list[SitePage]:
    """Return pages of one type with what their lines need, in one query."""
    model = pages.model
    related = pages.select_related(*model.card_related).defer(*model.card_deferred)
    return list(related[start:stop])


def by_entity(pages: SitePageQuerySet, number: int) -> dict[str, list[SitePage]]:
    """Return the newest pages of each type ``whole``, by ``entity``.

    One query finds them, one for each type that there is loads them.
    """
    rank = Window(
        RowNumber(),
        partition_by=F("content_type_id"),
        order_by=[F("date").desc(nulls_last=True), F("pk").desc()],
    )
    ranked = pages.annotate(rank=rank).filter(rank__lte=number)
    return {
        model.entity: whole(model.objects.filter(pk__in=pks).newest())
        for model, pks in _by_type(ranked).items()
    }


def load(pks: Collection[int], model: type[SitePage] | None = None) -> list[SitePage]:
    """Return the specific pages with what their lines need: one query per page type."""
    by_type = {model: pks} if model else _by_type(SitePage.objects.filter(pk__in=pks))
    return [
        page for model, ids in by_type.items() for page in whole(model.objects.filter(pk__in=ids))
    ]


def _by_type(pages: SitePageQuerySet) -> dict[type[SitePage], list[int]]:
    by_type: dict[type[SitePage], list[int]] = defaultdict(list)
    for page in pages.only("pk", "content_type"):
        by_type[page.specific_class].append(page.pk)
    return by_type


def surroundings(pages: Sequence[SitePage], time_zone: datetime.tzinfo | None) -> Surroundings:
    """Load the authors, terms and pictures of all pages of a list: three queries at most."""
    prefetch_related_objects(
        [page.listing_image for page in pages if page.listing_image], "renditions"
    )
    pks = [page.pk for page in pages]
    terms = term_labels(pks, ("region", "theme"))
    return Surroundings(time_zone, authors=author_names(pks), terms=terms)


def author_names(pks: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the authors of each page in their order, by page id."""
    names: dict[int, list[str]] = defaultdict(list)
    authors = PageAuthor.objects.filter(page_id__in=pks).select_related("person")
    for author in authors.order_by("sort_order", "pk"):
        names[author.page_id].append(author.shown_name)
    return names


def _prefix(time_zone: datetime.tzinfo | None, level: int) -> str:
    language = translation.get_language()
    return f"card:{generation.current()}:{language}:{time_zone or ''}:{level}:"
