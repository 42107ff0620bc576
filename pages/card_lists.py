"""Lists of lines about pages, from the cache where they were rendered before.

A list passes page ids. Fragments that were rendered under the current generation come from the
cache in one round trip; only the missing ones load their pages, all together and with a number of
queries that depends on how many page types they have, not on how many pages.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.core.cache import caches
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from . import generation
from .cards import Surroundings, term_label
from .models import PageAuthor, PageRegion, PageTheme, SitePage

FRAGMENT_SECONDS = 86_400


def rendered(
    pks: Sequence[int], time_zone: datetime.tzinfo | None = None, *, level: int = 3
) -> dict[int, str]:
    """Return the HTML line of each page, by id; pages that are gone are left out."""
    prefix = f"card:{generation.current()}:{translation.get_language()}:{time_zone or ''}:{level}:"
    cached = caches["default"].get_many([f"{prefix}{pk}" for pk in pks])
    lines = {int(key.rpartition(":")[2]): html for key, html in cached.items()}
    missing = [pk for pk in pks if pk not in lines]
    if missing:
        made = _render(missing, time_zone, level)
        caches["default"].set_many(
            {f"{prefix}{pk}": html for pk, html in made.items()}, FRAGMENT_SECONDS
        )
        lines |= made
    return lines


def prepare(lists: Mapping[str, Sequence[int]], request: HttpRequest) -> None:
    """Render the lines of all lists of a page together, before its template asks for each list."""
    pks = list(dict.fromkeys(pk for listed in lists.values() for pk in listed))
    rendered(pks, getattr(request, "time_zone", None))


def _render(pks: Sequence[int], time_zone: datetime.tzinfo | None, level: int) -> dict[int, str]:
    pages = load(pks)
    around = surroundings(pages, time_zone)
    return {
        page.pk: render_to_string(
            page.card_template, page.card_context(around) | {"level": level}
        ).strip()
        for page in pages
    }


def load(pks: Iterable[int]) -> list[SitePage]:
    """Return the specific pages with what their lines need: one query per page type."""
    by_type: dict[type[SitePage], list[int]] = defaultdict(list)
    for page in SitePage.objects.filter(pk__in=pks).only("pk", "content_type"):
        by_type[page.specific_class].append(page.pk)
    pages = [
        page
        for model, ids in by_type.items()
        for page in model._base_manager.filter(pk__in=ids)
        .select_related(*model.card_related)
        .defer(*model.card_deferred)
    ]
    images = [page.listing_image for page in pages if page.listing_image]
    prefetch_related_objects(images, "renditions")
    return pages


def surroundings(pages: Sequence[SitePage], time_zone: datetime.tzinfo | None) -> Surroundings:
    """Load the authors, regions and themes of all pages of a list: three queries."""
    around = Surroundings(time_zone)
    pks = [page.pk for page in pages]
    authors = PageAuthor.objects.filter(page_id__in=pks).select_related("person")
    for author in authors.order_by("sort_order", "pk"):
        around.authors[author.page_id].append(author.shown_name)
    for through, kind in ((PageRegion, "region"), (PageTheme, "theme")):
        tagged = through.objects.filter(content_object_id__in=pks).select_related("tag")
        for item in tagged.order_by("tag__sort_order", "tag__slug"):
            around.terms[item.content_object_id].append(term_label(item.tag, kind))
    return around
