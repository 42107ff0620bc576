"""More like a post or a product: what editors tied to it, then what is most like it."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language

from knowledge.models import ResourcePage
from pages.models import SitePage
from pages.remembered import remembered_unless_preview

from .engines import choosing
from .finding import EVERYBODY

SHOWN = 3
CANDIDATES = 15
TYPES = {"post", "product", "event", "project"}


def more_like(page: SitePage, request: HttpRequest) -> Sequence[int]:
    """Return the ids of what to read next, in order; remembered until the content changes."""

    def find() -> list[int]:
        picked = _picked(page)
        alike = [pk for pk in _alike(page) if pk not in picked] if len(picked) < SHOWN else []
        return [*picked, *alike][:SHOWN]

    return remembered_unless_preview(request, page, "more-like", find)


def _picked(page: SitePage) -> list[int]:
    """Return what the page is about and what is about it, in the versions for this reader."""
    about = getattr(page, "about_id", None)
    tied = SitePage.objects.filter(
        Q(pk=about) | Q(pk__in=page.posts_about.order_by().values("pk"))
    ).order_by()
    readable = SitePage.objects.for_reader_now().exclude(translation_key=page.translation_key)
    return list(
        readable.filter(translation_key__in=tied.values("translation_key"))
        .newest()
        .values_list("pk", flat=True)[:SHOWN]
    )


def _alike(page: SitePage) -> list[int]:
    """Return what is most like the page: of several versions the reader’s, no old editions."""
    hits = choosing.related(f"page:{page.pk}", EVERYBODY, get_language(), CANDIDATES)
    found = [int(hit.uid.partition(":")[2]) for hit in hits if hit.entity in TYPES]
    replaced = ResourcePage.objects.filter(superseded_by__isnull=False).order_by()
    readable = set(
        SitePage.objects.for_reader_now()
        .filter(pk__in=found)
        .exclude(pk__in=replaced.values("pk"))
        .values_list("pk", flat=True)
    )
    return [pk for pk in found if pk in readable]
