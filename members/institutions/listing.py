"""The list of organisations: members, partners and supporters, with its filters.

What a choice finds is remembered until an organisation changes, so that the list costs no query
on a page that was asked for before.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pages.filters import LEGENDS, SHOWN_AT_ONCE, Facet, Option, Overview
from pages.listings import Listing, Rows
from pages.pagination import paginate
from pages.remembered import remembered
from pages.vocabulary import known_terms
from people.models import Organisation

MEMBER = "member"
NAMES = ("kind", "region", "theme", "country")
COLUMNS = {"region": "country__region__slug", "theme": "themes__slug", "country": "country__slug"}
ABOUT = 200


@dataclass(frozen=True)
class Line:
    """An organisation as ``components/card.html`` shows it."""

    url: str
    title: str
    kind_label: str
    summary: str
    note: str


def listing(request: HttpRequest) -> Listing:
    """Return the page of the list that the address asks for; its ``pages`` are ``Line`` here.

    Values that nothing is called are left out. 404 for a page number that is not there.
    """
    chosen = {name: _known(request.GET, name) for name in NAMES}
    digest = hashlib.sha256(repr(sorted(chosen.items())).encode()).hexdigest()
    key = f"institutions:{digest[:20]}"
    found = _found(chosen)
    count = remembered(f"{key}:count", found.count)

    def fetch(start: int, stop: int) -> list[Line]:
        rows = found.select_related("country")
        return remembered(f"{key}:{start}-{stop}", lambda: [line(row) for row in rows[start:stop]])

    facets = [_facet(name, chosen[name]) for name in NAMES]
    offered = tuple(facet for facet in facets if len(facet.options) > 1 or facet.chosen)
    pager = paginate(request, Rows(count, fetch))
    return Listing(request.GET, Overview(count, offered, unknown=()), pager)


def _known(parameters: QueryDict, name: str) -> tuple[str, ...]:
    asked = set(parameters.getlist(name))
    return tuple(value for value, _label in _values(name) if value in asked)


def _found(chosen: Mapping[str, Collection[str]]) -> QuerySet[Organisation]:
    found = Organisation.objects.order_by("name")
    if kinds := chosen["kind"]:
        as_member = Q(member_since__isnull=False) if MEMBER in kinds else Q(pk__in=[])
        found = found.filter(as_member | Q(kind__in=kinds))
    if regions := chosen["region"]:
        found = found.filter(country__region__slug__in=regions)
    if themes := chosen["theme"]:
        found = found.filter(
            pk__in=Organisation.themes.through.objects.filter(theme__slug__in=themes).values(
                "organisation"
            )
        )
    if countries := chosen["country"]:
        found = found.filter(country__slug__in=countries)
    return found


def line(organisation: Organisation) -> Line:
    """Return an organisation as lists show it; load it with its country to spare a query."""
    return Line(
        url=organisation.get_absolute_url(),
        title=full_name(organisation),
        kind_label=kind_label(organisation),
        summary=Truncator(organisation.about).chars(ABOUT),
        note=organisation.country.label if organisation.country else "",
    )


def full_name(organisation: Organisation) -> str:
    """Return the name with the acronym behind it."""
    acronym = organisation.acronym
    return f"{organisation.name} ({acronym})" if acronym else organisation.name


def kind_label(organisation: Organisation) -> str:
    """Return what an organisation is to the Alliance, in a word or two."""
    if organisation.member_since:
        return _("member institution")
    return str(organisation.get_kind_display())


def _values(name: str) -> list[tuple[str, str]]:
    """Return ``(value, label)`` of what can be chosen, in order: terms only where some are."""
    if name == "kind":
        partner, supporter = Organisation.Kind.PARTNER, Organisation.Kind.SUPPORTER
        return [
            (MEMBER, _("Member institutions")),
            (partner.value, _("Partners")),
            (supporter.value, _("Supporters")),
        ]
    used = remembered(f"institutions:{name}", lambda: _used(name))
    terms = [(term.slug, term.label) for term in known_terms(name) if term.slug in used]
    return sorted(terms, key=lambda pair: pair[1]) if name == "country" else terms


def _used(name: str) -> set[str]:
    column = COLUMNS[name]
    rows = Organisation.objects.order_by().filter(**{f"{column}__isnull": False})
    return set(rows.values_list(column, flat=True).distinct())


def _facet(name: str, chosen: Collection[str]) -> Facet:
    options = [Option(value, label, None, value in chosen) for value, label in _values(name)]
    first, more = tuple(options[:SHOWN_AT_ONCE]), tuple(options[SHOWN_AT_ONCE:])
    is_open = any(option.checked for option in more)
    return Facet(name, str(LEGENDS[name]), first, more, more_open=is_open)
