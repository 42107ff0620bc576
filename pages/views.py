"""Pages about everything under one region, theme, sector or country."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from taxonomy.models import Country, Region, Sector, Term, Theme

from .listings import by_entity
from .models import SitePage


def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is tagged with a region or with one of its countries."""
    term = get_object_or_404(Region, slug=slug)
    return _term_page(request, term, SitePage.objects.in_regions([slug]))


def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is tagged with a theme."""
    term = get_object_or_404(Theme, slug=slug)
    return _term_page(request, term, SitePage.objects.with_themes([slug]))


def sector(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is tagged with a sector."""
    term = get_object_or_404(Sector, slug=slug)
    return _term_page(request, term, SitePage.objects.with_sectors([slug]))


def country(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is tagged with a country, and what the region offers around it."""
    term = get_object_or_404(Country.objects.select_related("region"), slug=slug)
    return _term_page(request, term, SitePage.objects.in_countries([slug]))


def countries(request: HttpRequest) -> HttpResponse:
    """List the countries that have content, by region."""
    listed = Country.objects.filter(page_countries__content_object__live=True).distinct()
    by_region: dict[str, list[Country]] = {}
    for listed_country in listed.select_related("region"):
        label = listed_country.region.label if listed_country.region else ""
        by_region.setdefault(label, []).append(listed_country)
    groups = [
        (label, sorted(members, key=lambda member: member.label))
        for label, members in sorted(by_region.items())
    ]
    return render(request, "pages/countries.html", {"regions": groups})


def _term_page(request: HttpRequest, term: Term, pages) -> HttpResponse:
    """Return the page of a term with the newest of each type of page under it."""
    return render(
        request,
        "pages/term.html",
        {"term": term, "sections": by_entity(pages.for_reader_now()), "kind": term.url_name},
    )
