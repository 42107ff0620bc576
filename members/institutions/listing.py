"""The list of organisations: members, partners and supporters, with its filters.

What a choice finds is remembered until an organisation changes, so that the list costs no query
on a page that was asked for before.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pages.filters import LEGENDS, SHOWN_AT_ONCE, Facet, Option
from pages.listings import Chip, Rows
from pages.pagination import Pager, paginate
from pages.remembered import remembered
from pages.vocabulary import known_terms
from people.models import Organisation

MEMBER = "member"
NAMES = ("kind", "region", "country")
ABOUT = 200


@dataclass(frozen=True)
class Line:
    """An organisation as ``components/card.html`` shows it."""

    url: str
    title: str
    kind_label: str
    summary: str
    note: str


class Listing:
    """One page of the list that an address asks for; values that nothing is called are left out."""

    def __init__(self, request: HttpRequest):
        self._parameters: QueryDict = request.GET
        self._chosen = {name: self._known(name) for name in NAMES}
        digest = hashlib.sha256(repr(sorted(self._chosen.items())).encode()).hexdigest()
        key = f"institutions:{digest[:20]}"
        count = remembered(f"{key}:count", lambda: self._found().count())

        def fetch(start: int, stop: int) -> list[Line]:
            return remembered(f"{key}:{start}-{stop}", lambda: self._lines(start, stop))

        self.pager: Pager = paginate(request, Rows(count, fetch))

    @property
    def lines(self) -> Sequence[Line]:
        """The organisations of this page, by name."""
        return self.pager.page.object_list

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters that offer a choice."""
        facets = [_facet(name, self._options(name)) for name in NAMES]
        return [facet for facet in facets if len(facet.options) > 1 or facet.chosen]

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in use, each with the way to the list without it."""
        return [
            Chip(option.label, facet.legend, self._without(facet.name, option.value))
            for facet in self.facets
            for option in facet.chosen
        ]

    @property
    def start_again(self) -> dict[str, str]:
        """The way to the list without filters."""
        return {"label": _("Show everything"), "url": "?"}

    def _found(self) -> QuerySet[Organisation]:
        found = Organisation.objects.order_by("name")
        if kinds := self._chosen["kind"]:
            as_member = found.filter(member_since__isnull=False) if MEMBER in kinds else None
            found = found.filter(kind__in=kinds)
            found = found | as_member if as_member is not None else found
        if regions := self._chosen["region"]:
            found = found.filter(country__region__slug__in=regions)
        if countries := self._chosen["country"]:
            found = found.filter(country__slug__in=countries)
        return found

    def _lines(self, start: int, stop: int) -> list[Line]:
        return [line(row) for row in self._found().select_related("country")[start:stop]]

    def _known(self, name: str) -> tuple[str, ...]:
        asked = set(self._parameters.getlist(name))
        return tuple(value for value, _label in _values(name) if value in asked)

    def _options(self, name: str) -> list[Option]:
        chosen = self._chosen[name]
        return [Option(value, label, None, value in chosen) for value, label in _values(name)]

    def _without(self, name: str, value: str) -> str:
        parameters = self._parameters.copy()
        parameters.pop("page", None)
        left = [each for each in parameters.getlist(name) if each != value]
        parameters.setlist(name, left)
        return f"?{parameters.urlencode()}"


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
    column = {"region": "country__region__slug", "country": "country__slug"}[name]
    rows = Organisation.objects.order_by().filter(**{f"{column}__isnull": False})
    return set(rows.values_list(column, flat=True).distinct())


def _facet(name: str, options: list[Option]) -> Facet:
    first, more = tuple(options[:SHOWN_AT_ONCE]), tuple(options[SHOWN_AT_ONCE:])
    is_open = any(option.checked for option in more)
    return Facet(name, str(LEGENDS[name]), first, more, more_open=is_open)
