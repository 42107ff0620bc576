"""Filters of a list: what can be chosen, how many pages each choice gives, what is chosen.

Values of one filter widen the list (“or”), different filters narrow it (“and”). The number beside
a value is how many pages the list would show with this value alone chosen in its filter.

Everything stands in the address as repeatable parameters. A value that nothing is called is left
out of the search and named to the reader.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, QuerySet, Value
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from .models import PageCountry, PageRegion, PageSector, PageTheme
from .querysets import SitePageQuerySet
from .vocabulary import known_terms

LEGENDS = {
    "kind": gettext_lazy("Kind"),
    "group": gettext_lazy("Working group"),
    "region": gettext_lazy("Region"),
    "theme": gettext_lazy("Theme"),
    "sector": gettext_lazy("Sector"),
    "country": gettext_lazy("Country"),
    "year": gettext_lazy("Year"),
    "language": gettext_lazy("Language"),
}
# Filters on a column of the page; those on the terms that it is tagged with follow.
COLUMNS = {
    "kind": "kind",
    "group": "group",
    "year": "date__year",
    "language": "language",
}
TAGGED = {
    "region": PageRegion,
    "theme": PageTheme,
    "sector": PageSector,
    "country": PageCountry,
}
SLUG = re.compile(r"[\w-]{1,100}")
YEAR = re.compile(r"(19|20)[0-9]{2}")
MOST_VALUES = 30
SHOWN_AT_ONCE = 7
MOST_SHOWN_AT_ONCE = 9


class Group(Protocol):
    """What a filter needs to know of a working group; ``pks`` are those of all its versions."""

    slug: str
    title: str
    language: str
    pks: Sequence[int]


@dataclass(frozen=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    count: int
    checked: bool
    language: str = ""


@dataclass(frozen=True)
class Facet:
    """One filter, as ``components/facet_group.html`` shows it."""

    name: str
    legend: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()
    more_open: bool = False

    @property
    def chosen(self) -> list[Option]:
        """The values in use."""
        return [option for option in (*self.options, *self.more) if option.checked]


@dataclass(frozen=True)
class Overview:
    """What a choice finds, without the pages themselves."""

    count: int
    facets: tuple[Facet, ...]
    unknown: tuple[tuple[str, str], ...]


class Filters:
    """The filters of a list of pages under the choice that an address makes.

    ``groups`` are those that can be chosen, in their order.
    """

    def __init__(
        self,
        pages: SitePageQuerySet,
        names: Sequence[str],
        parameters: QueryDict,
        groups: Sequence[Group] = (),
    ):
        self._pages = pages
        self._names = names
        self._chosen = {name: _chosen(parameters, name) for name in names}
        self._groups = groups

    @property
    def digest(self) -> str:
        """A short name for the choice, the same for every order of its parameters."""
        return hashlib.sha256(json.dumps(self._chosen).encode()).hexdigest()[:20]

    @cached_property
    def known(self) -> dict[str, list[str]]:
        """The chosen values that mean something, by filter."""
        meanings = {name: self._meanings(name) for name in self._names}
        return {
            name: [value for value in self._chosen[name] if value in meanings[name]]
            for name in self._names
        }

    @property
    def rows(self) -> SitePageQuerySet:
        """The pages that the choice leaves."""
        return self._narrowed(self._names)

    def overview(self) -> Overview:
        """Count what the choice leaves and what every other choice would give."""
        cube = self._cube()
        columns = [name for name in self._names if name in COLUMNS]
        facets = [
            self._facet(name, self._column_counts(cube, name))
            if name in columns
            else self._facet(name, self._term_counts(name))
            for name in self._names
        ]
        unknown = [
            (str(LEGENDS[name]), value)
            for name in self._names
            for value in self._chosen[name]
            if value not in self.known[name]
        ]
        return Overview(
            count=sum(self._matching(cube, leave_out="").values()),
            facets=tuple(facet for facet in facets if len(facet.options) > 1 or facet.chosen),
            unknown=tuple(unknown),
        )

    def _meanings(self, name: str) -> set[str]:
        """Return which of the chosen values mean something; no query for what cannot."""
        values = [value for value in self._chosen[name] if SLUG.fullmatch(value)]
        if not values:
            return set()
        if name == "kind":
            return set(self._pages.model.kinds.values)
        if name == "language":
            return {code for code, _ in settings.LANGUAGES}
        if name == "year":
            return set(filter(YEAR.fullmatch, values))
        if name == "group":
            return {group.slug for group in self._groups}
        return {term.slug for term in known_terms(name)}

    @cached_property
    def _group_slugs(self) -> dict[object, str]:
        """The slug of each group by the ids of its versions."""
        return {pk: group.slug for group in self._groups for pk in group.pks}

    def _narrowed(self, names: Iterable[str]) -> SitePageQuerySet:
        """Return the pages as these filters leave them."""
        pages = self._pages
        for name in names:
            if values := self.known[name]:
                pages = self._narrow(pages, name, values)
        return pages

    def _narrow(self, pages: SitePageQuerySet, name: str, values: list[str]) -> SitePageQuerySet:
        if name == "group":
            return pages.filter(
                group__in=[pk for pk, slug in self._group_slugs.items() if slug in values]
            )
        if name == "year":
            return pages.filter(date__year__in=[int(value) for value in values])
        if name in COLUMNS:
            return pages.filter(**{f"{COLUMNS[name]}__in": values})
        narrow = {
            "region": pages.in_regions,
            "theme": pages.with_themes,
            "sector": pages.with_sectors,
            "country": pages.in_countries,
        }
        return narrow[name](values)

    def _cube(self) -> Counter:
        """Count the pages by all columns at once, in one query: ``{(kind, year, …): number}``."""
        names = [name for name in self._names if name in COLUMNS]
        terms = [name for name in self._names if name not in COLUMNS]
        rows = self._narrowed(terms).order_by()
        counted = rows.values_list(*(COLUMNS[name] for name in names)).annotate(n=Count("pk"))
        cube: Counter = Counter()
        for *found, number in counted:
            cube[tuple(map(self._value, names, found))] += number
        return cube

    def _value(self, name: str, found: object) -> str:
        """Return a column’s value as it stands in an address; empty for none."""
        return self._group_slugs.get(found, "") if name == "group" else str(found or "")

    def _matching(self, cube: Counter, leave_out: str) -> Counter:
        """Return the part of the cube that every column’s choice but one leaves."""
        names = [name for name in self._names if name in COLUMNS]
        return Counter(
            {
                values: number
                for values, number in cube.items()
                if all(
                    name == leave_out or not self.known[name] or value in self.known[name]
                    for name, value in zip(names, values, strict=True)
                )
            }
        )

    def _column_counts(self, cube: Counter, name: str) -> list[Option]:
        place = [each for each in self._names if each in COLUMNS].index(name)
        counts: dict[str, int] = defaultdict(int)
        for values, number in self._matching(cube, leave_out=name).items():
            counts[values[place]] += number
        return [
            self._option(name, value, label, counts[value], language)
            for value, label, language in self._column_values(name, counts)
        ]

    def _column_values(self, name: str, counts: Mapping[str, int]) -> list[tuple[str, str, str]]:
        """Return ``(value, label, language)`` of everything that can be chosen, in order."""
        if name == "kind":
            return [
                (value, capfirst(str(label)), "")
                for value, label in self._pages.model.kinds.choices
            ]
        if name == "language":
            return [(code, gettext(label), "") for code, label in settings.LANGUAGES]
        if name == "year":
            years = {*filter(None, counts), *self.known[name]}
            return [(year, year, "") for year in sorted(years, reverse=True)]
        return [(group.slug, group.title, group.language) for group in self._groups]

    def _term_counts(self, name: str) -> list[Option]:
        counts = self._terms[name]
        return [
            self._option(name, term.slug, term.label, counts.get(term.pk, 0), "")
            for term in known_terms(name)
            if term.pk in counts or term.slug in self.known[name]
        ]

    @cached_property
    def _terms(self) -> dict[str, dict[int, int]]:
        """How many pages each term would give, by filter and id: all filters in one query."""
        names = [name for name in self._names if name in TAGGED]
        rows = {name: self._narrowed({*self._names} - {name}) for name in names}
        pairs = [each for name in names for each in _pairs(name, rows[name])]
        counts: dict[str, dict[int, int]] = {name: {} for name in names}
        for name, term, number in _counted(pairs):
            counts[name][term] = number
        return counts

    def _option(self, name: str, value: str, label: str, count: int, language: str) -> Option:
        return Option(value, label, count, value in self.known[name], language)

    def _facet(self, name: str, options: list[Option]) -> Facet:
        options = [option for option in options if option.count or option.checked]
        if name == "country":
            options.sort(key=lambda option: (-option.count, option.label))
        facet = Facet(name, str(LEGENDS[name]), tuple(options))
        if len(options) <= MOST_SHOWN_AT_ONCE:
            return facet
        more = options[SHOWN_AT_ONCE:]
        if name == "country":
            more.sort(key=lambda option: option.label)
        return replace(
            facet,
            options=tuple(options[:SHOWN_AT_ONCE]),
            more=tuple(more),
            more_open=any(option.checked for option in more),
        )


def _chosen(parameters: QueryDict, name: str) -> tuple[str, ...]:
    """Return the values chosen in a filter, each once, in a stable order."""
    return tuple(sorted({value for value in parameters.getlist(name) if value}))[:MOST_VALUES]


def _pairs(name: str, rows: QuerySet) -> list[QuerySet]:
    """Return which of the pages carries which term, as rows of ``(filter, term, page)``.

    A page lies in a region by its own tag or by a country’s.
    """
    sources = [(TAGGED[name], "tag_id")]
    if name == "region":
        sources.append((PageCountry, "tag__region_id"))
    return [
        through.objects.order_by()
        .filter(content_object_id__in=rows.order_by().values("pk"), **{f"{term}__isnull": False})
        .annotate(facet=Value(name), term=F(term), found=F("content_object_id"))
        .values("facet", "term", "found")
        for through, term in sources
    ]


def _counted(pairs: list[QuerySet]) -> list[tuple[str, int, int]]:
    """Return ``(filter, term, number of pages)``; Django cannot count what a union leaves."""
    if not pairs:
        return []
    try:
        sql, params = pairs[0].union(*pairs[1:]).query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT facet, term, COUNT(*) FROM ({sql}) AS pairs GROUP BY facet, term",  # noqa: S608 - names only
            params,
        )
        return cursor.fetchall()
