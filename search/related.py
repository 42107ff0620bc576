"""More like a post or a product: what editors tied to it, then what is most like it."""

from collections.abc import Sequence

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.http import HttpRequest
from django.utils.translation import get_language

from knowledge.models import ResourcePage
from pages.cards import Card, short_date
from pages.models import SitePage
from pages.querysets import SitePageQuerySet
from pages.remembered import remembered_unless_preview

from .engines import choosing
from .finding import EVERYBODY
from .page_types import kind_labels

SHOWN = 3
CANDIDATES = 15
TYPES = {"post", "product", "event", "project"}


def more_like(page: SitePage, request: HttpRequest) -> Sequence[Card]:
    """Return the lines on what to read next, in order; remembered until the content changes.

    They say what a result of the search says, so that no page has to be loaded whole.
    """

    def find() -> list[Card]:
        alike = _alike(page)
        offered = list(_readable(page, alike)[: SHOWN + CANDIDATES])
        picked = [other for other in offered if other.is_tied]
        others = [other for other in offered if not other.is_tied]
        others.sort(key=lambda other: alike.index(other.pk))
        kinds = kind_labels()
        return [_line(other, kinds) for other in [*picked, *others][:SHOWN]]

    return remembered_unless_preview(request, page, "more-like", find)


def _alike(page: SitePage) -> list[int]:
    """Return the ids of what is most like the page, the best first."""
    hits = choosing.related(f"page:{page.pk}", EVERYBODY, get_language(), CANDIDATES)
    return [int(hit.uid.partition(":")[2]) for hit in hits if hit.entity in TYPES]


def _readable(page: SitePage, alike: Sequence[int]) -> SitePageQuerySet:
    """Return what is tied to the page, the newest first, and what is alike; one query.

    Of several versions it is the reader’s; old editions are not offered because they are alike.
    """
    about = getattr(page, "about_id", None)
    tied = SitePage.objects.filter(
        Q(pk=about) | Q(pk__in=page.posts_about.order_by().values("pk"))
    ).order_by()
    replaced = ResourcePage.objects.filter(superseded_by__isnull=False).order_by()
    is_tied = Q(translation_key__in=tied.values("translation_key"))
    return (
        SitePage.objects.for_reader_now()
        .exclude(translation_key=page.translation_key)
        .filter(is_tied | (Q(pk__in=alike) & ~Q(pk__in=replaced.values("pk"))))
        .annotate(is_tied=ExpressionWrapper(is_tied, BooleanField()))
        .order_by("-is_tied", F("date").desc(nulls_last=True), "-pk")
    )


def _line(page: SitePage, kinds: dict[str, str]) -> Card:
    return Card(
        url=page.get_url() or "",
        title=page.title,
        language=page.language,
        kind_label=kinds.get(page.kind, page.kind),
        summary=page.summary,
        date=page.date,
        date_label=short_date(page.date) if page.date else "",
    )
