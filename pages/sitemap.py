"""What search engines may find: sitemap.xml with all public pages in all languages, robots.txt."""

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.contrib.sitemaps import views
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.sitemaps import Sitemap

from people.models import Organisation, Person
from taxonomy.models import Country, Region, Sector, Theme

from .metadata import absolute
from .models import SitePage

PER_FILE = 2_000
CODES = [code for code, _ in settings.LANGUAGES]


class PagesSitemap(Sitemap):
    """Pages of the tree, each with its translations: three queries per file."""

    limit = PER_FILE

    def items(self):
        return (
            SitePage.objects.live()
            .public()
            .filter(alias_of__isnull=True, is_listed=True, depth__gt=1)
            .select_related("locale")
            .only(
                "path", "url_path", "depth", "translation_key", "last_published_at",
                "latest_revision_created_at", "locale__language_code",
            )
            .order_by("path")
        )  # fmt: skip

    def _urls(self, page, protocol, domain):
        pages = list(self.paginator.page(page).object_list)
        versions = defaultdict(list)
        keys = [each.translation_key for each in pages]
        for version in self.items().filter(translation_key__in=keys):
            versions[version.translation_key].append(
                (version.locale.language_code, version.get_full_url(self.request))
            )
        return [
            {
                "item": each,
                "location": self.location(each),
                "lastmod": self.lastmod(each),
                "alternates": _alternates(versions[each.translation_key]),
            }
            for each in pages
        ]


class ObjectsSitemap(DjangoSitemap):
    """Pages made by views, which exist in every language at addresses of one pattern."""

    limit = PER_FILE

    def __init__(self, request: HttpRequest, rows):
        self.request = request
        self.rows = rows

    def items(self) -> list[tuple[Model, str]]:
        return [(row, code) for row in self.rows for code in CODES]

    def _urls(self, page, protocol, domain):
        return [
            {
                "item": row,
                "location": self._address(row, code),
                "alternates": _alternates([(each, self._address(row, each)) for each in CODES]),
            }
            for row, code in self.paginator.page(page).object_list
        ]

    def _address(self, row: Model, code: str) -> str:
        with translation.override(code):
            return absolute(self.request, row.get_absolute_url())


def index(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap."""
    return views.index(request, _sitemaps(request), sitemap_url_name="sitemap_section")


def section(request: HttpRequest, section: str) -> HttpResponse:
    """List the addresses of one part."""
    return views.sitemap(request, _sitemaps(request), section=section)


def robots(request: HttpRequest) -> HttpResponse:
    """Say what robots may leave out, and where the sitemap is."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        "Disallow: /accounts/",
        "Disallow: /*?*q=",
        f"Sitemap: {absolute(request, reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _sitemaps(request: HttpRequest) -> dict[str, DjangoSitemap]:
    in_use = Country.objects.filter(page_countries__content_object__live=True).distinct()
    terms = [*Region.objects.all(), *Theme.objects.all(), *Sector.objects.all(), *in_use]
    return {
        "pages": PagesSitemap(request),
        "terms": ObjectsSitemap(request, terms),
        "people": ObjectsSitemap(request, Person.objects.public().order_by("slug")),
        "institutions": ObjectsSitemap(request, Organisation.objects.order_by("slug")),
    }


def _alternates(versions: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Return the translations as the template of Django’s sitemaps wants them."""
    if len(versions) < 2:
        return []
    alternates = [{"lang_code": code, "location": url} for code, url in sorted(versions)]
    default = dict(versions).get(settings.LANGUAGE_CODE)
    if default:
        alternates.append({"lang_code": "x-default", "location": default})
    return alternates
