"""What stands on the page of a region, theme, sector or country."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from taxonomy.models import Country, Term

from .card_lists import by_entity
from .models import SitePage
from .places import places
from .portraits import PersonLine, person_line
from .querysets import SitePageQuerySet

ASSESSMENTS = ("country-profile", "fiscal-review")
FACETS_OF_SEARCH = {"region", "theme", "country"}
FEW = 3
NEWEST = 4
MOST_PEOPLE = 12


@dataclass(frozen=True)
class Kind:
    """A type of page: what its section is called, and where all of it stands."""

    title: Promise
    all_label: Promise
    place: str
    filters: frozenset[str]


KINDS = {
    "group": Kind(
        gettext_lazy("Working groups"), gettext_lazy("All working groups"), "groups", frozenset()
    ),
    "event": Kind(
        gettext_lazy("Events"),
        gettext_lazy("All in the calendar"),
        "events",
        frozenset({"region", "theme"}),
    ),
    "product": Kind(
        gettext_lazy("Knowledge products"),
        gettext_lazy("All in the library"),
        "library",
        frozenset({"region", "theme", "country"}),
    ),
    "post": Kind(
        gettext_lazy("Posts"),
        gettext_lazy("All in the blog"),
        "blog",
        frozenset({"region", "theme", "country"}),
    ),
    "project": Kind(
        gettext_lazy("Projects"), gettext_lazy("All projects"), "projects", frozenset()
    ),
}


@dataclass(frozen=True)
class Section:
    """The newest pages of one type, and the way to all of them."""

    entity: str
    title: str
    pages: list[int]
    url: str
    link_label: str


def sections(found: Mapping[str, list[int]], filter_name: str, slug: str) -> list[Section]:
    """Return the types of page that there are under a term, given the newest ids of each."""
    return [
        Section(
            entity,
            str(kind.title),
            found[entity],
            filtered(kind.place, filter_name if filter_name in kind.filters else "", slug),
            str(kind.all_label),
        )
        for entity, kind in KINDS.items()
        if found.get(entity)
    ]


def filtered(place: str, filter_name: str, slug: str) -> str:
    """Return the address of a list, narrowed to a term where the list knows such a filter."""
    if place == "search":
        try:
            address = reverse("search")
        except NoReverseMatch:
            return ""
    else:
        address = places().get(place, "")
    return f"{address}?{urlencode({filter_name: slug})}" if address and filter_name else address


def search_address(term: Term, kind: str) -> str:
    """Return the address of the search for a term: by its name if search has no such facet."""
    if kind in FACETS_OF_SEARCH:
        return filtered("search", kind, term.slug)
    return filtered("search", "q", term.label)


def newest(pages: SitePageQuerySet, country: Country | None = None) -> dict[str, list[SitePage]]:
    """Return the newest pages of each type under a term; ``nearby`` is what its region offers.

    A country with little of its own has neighbours to show.
    """
    found = by_entity(pages.for_reader_now(), NEWEST)
    own = {page.pk for kind in found.values() for page in kind}
    if country is None or country.region is None or len(own) >= FEW:
        return found
    region = SitePage.objects.for_reader_now().in_regions([country.region.slug])
    there = by_entity(region.exclude(pk__in=own), FEW)
    nearby = [page for name in ("product", "post", "event") for page in there.get(name, [])]
    return found | {"nearby": nearby}


def around_country(country: Country) -> Mapping:
    """Return what stands on a country’s page beside pages: its people, and was it assessed."""
    here = SitePage.objects.for_reader_now().in_countries([country.slug])
    return {
        "is_assessed": here.filter(kind__in=ASSESSMENTS).exists(),
        "people": _people(country),
        "help": help_links(country),
    }


def help_links(country: Country) -> list[dict[str, str]]:
    """Return where to go from a country that has no profile yet."""
    links = []
    if country.region:
        region = country.region
        label = _("Everything on %(region)s") % {"region": region.label}
        links.append({"label": label, "url": region.get_absolute_url()})
    if contact := places().get("contact"):
        links.append({"label": _("Tell us what we should know"), "url": contact})
    return links


def _people(country: Country) -> list[PersonLine]:
    people = Person.objects.public().filter(country=country).with_public_face()
    return [person_line(person) for person in people[:MOST_PEOPLE]]
