"""What a post or a product shows of itself beside its text: terms, versions, what to read next."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import get_language_info, gettext
from wagtail.models import Page

from . import citation
from .cards import Label, term_label
from .models import PageCountry, PageRegion, PageTheme, SitePage
from .querysets import SitePageQuerySet
from .remembered import remembered
from .structured_data import NAME

Kept = TypeVar("Kept")
RELATED = 3
CANDIDATES = 60
RIS_TYPES = {"post": "BLOG", "product": "RPRT"}


def kept_unless_preview(
    request: HttpRequest, page: SitePage, name: str, make: Callable[[], Kept]
) -> Kept:
    """Return what ``make`` returns, remembered for a published page, anew for a draft."""
    if getattr(request, "is_preview", False) or not page.pk:
        return make()
    return remembered(f"{name}:{page.pk}", make)


def term_labels(page: SitePage) -> tuple[Label, ...]:
    """Return the marks of the page’s regions, themes, countries and sectors, in that order."""
    kinds = {
        "region": page.regions,
        "theme": page.themes,
        "country": page.countries,
        "sector": page.sectors,
    }
    return tuple(
        term_label(term, kind)
        for kind, terms in kinds.items()
        for term in sorted(terms.all(), key=lambda term: (term.sort_order, term.label))
    )


def version_links(page: Page) -> list[dict[str, str]]:
    """Return the live translations of a page, each named in its own language."""
    versions = (
        Page.objects.live()
        .filter(translation_key=page.translation_key, alias_of__isnull=True)
        .exclude(pk=page.pk)
        .select_related("locale")
        .order_by("locale__language_code")
    )
    return [
        {
            "value": get_language_info(version.locale.language_code)["name_local"],
            "url": version.get_url() or "",
            "language": version.locale.language_code,
        }
        for version in versions
    ]


def language_name(code: str) -> str:
    """Return the name of a language in the reader’s language."""
    return gettext(get_language_info(code)["name"])


def related(page: SitePage, pages: SitePageQuerySet, number: int = RELATED) -> list[int]:
    """Return the ids of the pages that share most with this one, the newest first among equals.

    Looks at the newest pages under the same themes and countries only, so that it costs the same
    on a site of any size.
    """
    themes = set(PageTheme.objects.filter(content_object=page.pk).values_list("tag", flat=True))
    places = _places([page.pk])
    near = pages.filter(pk__in=_tagged(PageTheme, themes)) | pages.filter(
        pk__in=_tagged(PageCountry, {pk for kind, pk in places[page.pk] if kind == "country"})
    )
    rows = near.exclude(translation_key=page.translation_key).newest()[:CANDIDATES]
    candidates = dict(rows.values_list("pk", "group_id"))
    shared = Counter(
        PageTheme.objects.filter(content_object__in=candidates, tag__in=themes).values_list(
            "content_object", flat=True
        )
    )
    elsewhere = _places(candidates)
    score = {
        pk: 2 * shared[pk]
        + len(elsewhere[pk] & places[page.pk])
        + (group is not None and group == getattr(page, "group_id", None))
        for pk, group in candidates.items()
    }
    return sorted(candidates, key=lambda pk: -score[pk])[:number]


def work(page: SitePage, request: HttpRequest, **differences) -> citation.Work:
    """Return a page as a work that can be cited; ``differences`` replace what is usual."""
    facts = {
        "slug": page.slug,
        "title": page.title,
        "url": page.get_full_url(request) or request.build_absolute_uri(),
        "publisher": NAME,
        "authors": tuple(author.shown_name for author in page.page_authors.all()),
        "date": page.date,
        "language": page.language,
        "ris_type": RIS_TYPES.get(page.entity, "GEN"),
    }
    return citation.Work(**(facts | differences))


def _tagged(through: type, terms: Iterable[int]):
    return through.objects.filter(tag__in=terms).values("content_object")


def _places(pks: Iterable[int]) -> dict[int, set[tuple[str, int]]]:
    """Return the regions and countries of each page."""
    found: dict[int, set[tuple[str, int]]] = {pk: set() for pk in pks}
    for through, kind in ((PageRegion, "region"), (PageCountry, "country")):
        rows = through.objects.filter(content_object__in=list(found))
        for pk, term in rows.values_list("content_object", "tag"):
            found[pk].add((kind, term))
    return found
