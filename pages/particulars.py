"""What a post or a product shows of itself beside its text: what to read next, how to cite it."""

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext

from . import citation
from .card_lists import whole
from .models import PageCountry, PageRegion, PageTheme, SitePage
from .querysets import SitePageQuerySet
from .structured_data import NAME

RELATED = 3
CANDIDATES = 60
RIS_TYPES = {"post": "BLOG", "product": "RPRT"}


def language_name(code: str) -> str:
    """Return the name of a language in the reader’s language, as it begins a line."""
    return capfirst(gettext(get_language_info(code)["name"]))


def related(page: SitePage, pages: SitePageQuerySet, number: int = RELATED) -> list[SitePage]:
    """Return the pages that share most with this one, the newest first among equals.

    Shared themes count twice, countries, regions and the group once. Only the newest pages under
    the same themes or countries are looked at, so that it costs the same on a site of any size:
    one query.
    """
    near = pages.filter(
        Q(pk__in=_sharing(PageTheme, page)) | Q(pk__in=_sharing(PageCountry, page))
    ).exclude(translation_key=page.translation_key)
    newest = near.newest().values("pk")[:CANDIDATES]
    same_group = Case(When(group=page.group_id, then=1), default=0) if page.group_id else Value(0)
    score = (
        2 * _number_shared(PageTheme, page)
        + _number_shared(PageCountry, page)
        + _number_shared(PageRegion, page)
        + same_group
    )
    ranked = pages.filter(pk__in=newest).annotate(score=score)
    ranked = ranked.order_by("-score", F("date").desc(nulls_last=True), "-pk")
    return whole(ranked, number)


def work(page: SitePage, request: HttpRequest, **differences) -> citation.Work:
    """Return a page as a work that can be cited; ``differences`` replace what is usual."""
    facts = {
        "slug": page.slug,
        "title": page.title,
        "url": page.get_full_url(request) or request.build_absolute_uri(),
        "publisher": NAME,
        "authors": tuple(author.shown_name for author in page.authors()),
        "date": page.date,
        "language": page.language,
        "ris_type": RIS_TYPES.get(page.entity, "GEN"),
    }
    return citation.Work(**(facts | differences))


def _terms_of(through: type, page: SitePage):
    return through.objects.filter(content_object=page.pk).values("tag")


def _sharing(through: type, page: SitePage):
    """Return a subquery of the pages that carry one of this page’s terms."""
    return through.objects.filter(tag__in=_terms_of(through, page)).values("content_object")


def _number_shared(through: type, page: SitePage):
    """Return an expression: how many of this page’s terms another page carries."""
    shared = through.objects.filter(
        content_object=OuterRef("pk"), tag__in=_terms_of(through, page)
    ).order_by()
    counted = shared.values("content_object").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
