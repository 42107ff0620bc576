"""Pages about everything under one region, theme, sector or country."""

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from taxonomy.models import Country, Region, Sector, Term, Theme

from . import card_lists, term_sections
from .breadcrumbs import Crumb
from .metadata import About, feed_links
from .models import SitePage
from .places import home_crumb
from .querysets import SitePageQuerySet
from .remembered import remembered


def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is tagged with a region or with one of its countries."""
    term = get_object_or_404(Region, slug=slug)
    pages = SitePage.objects.in_regions([slug])
    there = remembered(f"countries-of:{slug}", lambda: _countries(region=term))
    return _term_page(request, term, pages, _("Region"), countries=there)


def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is tagged with a theme."""
    term = get_object_or_404(Theme, slug=slug)
    return _term_page(request, term, SitePage.objects.with_themes([slug]), _("Theme"))


def sector(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is tagged with a sector."""
    term = get_object_or_404(Sector, slug=slug)
    return _term_page(request, term, SitePage.objects.with_sectors([slug]), _("Sector"))


def country(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is tagged with a country, and what its region offers around it."""
    term = get_object_or_404(Country.objects.select_related("region"), slug=slug)
    around = remembered(f"country:{slug}", lambda: term_sections.around_country(term))
    crumbs = [home_crumb(), Crumb(_("Countries"), reverse("countries"), "")]
    pages = SitePage.objects.in_countries([slug])
    return _term_page(
        request, term, pages, _("Country"), region=term.region, breadcrumbs=crumbs, **around
    )


def countries(request: HttpRequest) -> HttpResponse:
    """List the countries that have content, by region."""
    title = _("Countries")
    description = _("Country profiles, posts, events and products by country.")
    return render(
        request,
        "pages/countries.html",
        {
            "title": title,
            "description": description,
            "regions": remembered("countries", _countries_by_region),
            "breadcrumbs": [home_crumb()],
            "about_this": About(title, description, slug="countries"),
        },
    )


def _term_page(
    request: HttpRequest, term: Term, pages: SitePageQuerySet, kind_label: str, **more
) -> HttpResponse:
    """Return the page of a term with the newest of each type of page under it."""
    kind = term.url_name
    found = card_lists.lists(
        f"term:{kind}:{term.slug}",
        lambda: term_sections.newest(pages, term if kind == "country" else None),
        request,
    )
    feeds = feed_links(term.label, f"{kind}_feed", term.slug)
    description = _description(term)
    context = {
        "term": term,
        "kind": kind,
        "kind_label": kind_label,
        "description": description,
        "sections": term_sections.sections(found, kind, term.slug),
        "nearby": found.get("nearby"),
        "search_url": term_sections.search_address(term, kind),
        "feeds": feeds,
        "breadcrumbs": [home_crumb()],
        "about_this": About(term.label, description, slug=term.slug, feeds=feeds),
    }
    return render(request, "pages/term.html", context | more)


def _description(term: Term) -> str:
    """Return what the secretariat wrote, in English, or words in the reader’s language."""
    if term.description and get_language() == settings.LANGUAGE_CODE:
        return term.description
    return _("What the Alliance has on %(subject)s.") % {"subject": term.label}


def _countries(**which) -> list[dict]:
    """Return the countries that readers find something about, by name."""
    readable = SitePage.objects.for_reader_now().order_by().values("pk")
    rows = (
        Country.objects.filter(page_countries__content_object__in=readable, **which)
        .annotate(number=Count("page_countries"))
        .select_related("region")
    )
    return sorted(
        (
            {
                "label": row.label,
                "url": row.get_absolute_url(),
                "note": str(row.number),
                "region": row.region,
            }
            for row in rows
        ),
        key=lambda link: link["label"],
    )


def _countries_by_region() -> list[dict]:
    """Return the regions that have such countries, in their usual order; no region comes last."""
    links = _countries()
    regions = {link["region"].pk: link["region"] for link in links if link["region"]}
    ordered = sorted(regions.values(), key=lambda region: (region.sort_order, region.name))
    groups = [
        {
            "title": region.label,
            "url": region.get_absolute_url(),
            "links": [link for link in links if link["region"] == region],
        }
        for region in ordered
    ]
    elsewhere = [link for link in links if not link["region"]]
    if elsewhere:
        groups.append({"title": _("Other countries"), "url": "", "links": elsewhere})
    return groups
