"""Everything that the public may find, narrowed by one search.

The public finds what is live, not private and not withdrawn, in every language, each version once:
aliases only repeat a page under another tree. Of people it finds those who have a page.
"""

import json
from collections.abc import Callable, Collection, Sequence
from functools import cached_property, reduce
from operator import or_

from django.db.models import BigIntegerField, F, Func, Q, QuerySet, Value
from wagtail.models import Site

from pages.models import SitePage
from pages.querysets import SitePageQuerySet
from people.models import Biography, Person
from people.querysets import PersonQuerySet

from . import groups, index, page_types
from .request import FACETS, SearchRequest
from .vocabulary import Vocabulary

Narrow = Callable[[QuerySet, Sequence[str], Vocabulary], QuerySet]


class Ids(Func):
    """A subquery of given ids that costs one parameter, however many they are."""

    output_field = BigIntegerField()

    def __init__(self, ids: Collection[int]):
        super().__init__(Value(json.dumps(list(ids))))

    def as_sqlite(self, compiler, connection, **context):
        template = "(SELECT value FROM json_each(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "(SELECT value::bigint FROM json_array_elements_text((%(expressions)s)::json))"
        return self.as_sql(compiler, connection, template=template, **context)


class Content:
    """The pages and people that answer a search."""

    def __init__(self, asked: SearchRequest, vocabulary: Vocabulary):
        self.asked = asked
        self.vocabulary = vocabulary
        self._sets: dict[str, Ids] = {}

    @cached_property
    def matches(self) -> index.Matches | None:
        """What holds the words; ``None`` when there are no words."""
        return index.matches(self.asked.words) if self.asked.words else None

    @cached_property
    def page_ids(self) -> list[int]:
        """The ids of the pages, by date if asked for."""
        return self._ids(self.pages())

    def page_set(self, without: str = "") -> Ids:
        """Return the ids of the pages, narrowed by all facets but one, for use in a query.

        Read once for each facet in use. All counting starts from these ids: they cost SQLite far
        less than saying the conditions again in every subquery.
        """
        left_out = without if without and self.asked.chosen(without) else ""
        if left_out not in self._sets:
            ids = self._ids(self.pages(without={left_out})) if left_out else self.page_ids
            self._sets[left_out] = Ids(ids)
        return self._sets[left_out]

    def pages(self, without: Collection[str] = ()) -> SitePageQuerySet:
        """Return the pages, narrowed by all facets but those named, in no order."""
        pages = SitePage.objects.live().public()
        pages = pages.filter(self._on_site, alias_of__isnull=True, is_listed=True)
        if self._matching_pages is not None:
            pages = pages.filter(pk__in=self._matching_pages)
        return self._narrowed(pages, PAGE_FILTERS, without).order_by()

    def people(self, without: Collection[str] = ()) -> PersonQuerySet:
        """Return the people, narrowed by all facets but those named."""
        people = Person.objects.public()
        if self.matches is not None:
            people = people.filter(pk__in=Ids(self.matches.people))
        return self._narrowed(people, PERSON_FILTERS, without).order_by("name", "pk")

    @cached_property
    def people_names(self) -> dict[int, str]:
        """The names of the people in every script that they have, by id, in their order."""
        return {
            pk: f"{name} {latin}"
            for pk, name, latin in self.people().values_list("pk", "name", "name_latin")
        }

    @cached_property
    def _matching_pages(self) -> Ids | None:
        return None if self.matches is None else Ids(self.matches.pages)

    @cached_property
    def _on_site(self) -> Q:
        """Below a home page of a site: pages elsewhere have no address."""
        roots = (Q(url_path__startswith=root.root_path) for root in Site.get_site_root_paths())
        return reduce(or_, roots, Q(pk__in=[]))

    def _ids(self, pages: SitePageQuerySet) -> list[int]:
        order = {
            "newest": (F("date").desc(nulls_last=True), "-pk"),
            "oldest": (F("date").asc(nulls_last=True), "pk"),
        }
        ordered = pages.order_by(*order.get(self.asked.order, ()))
        return list(ordered.values_list("pk", flat=True))

    def _narrowed(
        self, rows: QuerySet, filters: dict[str, Narrow], without: Collection[str]
    ) -> QuerySet:
        for facet in FACETS:
            values = self.asked.chosen(facet)
            if values and facet not in without:
                rows = filters[facet](rows, values, self.vocabulary)
        return rows


def _pages_of_type(pages: QuerySet, values: Sequence[str], _: Vocabulary) -> QuerySet:
    """Coarse types and fine kinds may be asked for side by side."""
    return pages.filter(Q(content_type__in=page_types.content_types(values)) | Q(kind__in=values))


def _pages_of_groups(pages: QuerySet, values: Sequence[str], vocabulary: Vocabulary) -> QuerySet:
    return pages.filter(groups.belongs_to(vocabulary.group_ids(values)))


def _pages_of_years(pages: QuerySet, values: Sequence[str], _: Vocabulary) -> QuerySet:
    wanted = Q()
    for year in values:
        wanted |= Q(date__year=int(year))
    return pages.filter(wanted)


def _people_of_groups(people: QuerySet, values: Sequence[str], vocabulary: Vocabulary) -> QuerySet:
    return people.filter(pk__in=groups.people_of(vocabulary.group_ids(values)))


def _people_of_languages(people: QuerySet, values: Sequence[str], _: Vocabulary) -> QuerySet:
    """A person is found under the languages of the biographies."""
    biographies = Biography.objects.filter(language__in=values)
    return people.filter(pk__in=biographies.values("person"))


def _nobody(people: QuerySet, values: Sequence[str], _: Vocabulary) -> QuerySet:
    """People have no theme and no year: nobody is found where one is asked for."""
    return people.none()


PAGE_FILTERS: dict[str, Narrow] = {
    "type": _pages_of_type,
    "group": _pages_of_groups,
    "region": lambda pages, values, _: pages.in_regions(values),
    "theme": lambda pages, values, _: pages.with_themes(values),
    "country": lambda pages, values, _: pages.in_countries(values),
    "year": _pages_of_years,
    "language": lambda pages, values, _: pages.filter(language__in=values),
}
PERSON_FILTERS: dict[str, Narrow] = {
    "type": lambda people, values, _: people if page_types.PERSON in values else people.none(),
    "group": _people_of_groups,
    "region": lambda people, values, _: people.filter(country__region__slug__in=values),
    "theme": _nobody,
    "country": lambda people, values, _: people.filter(country__slug__in=values),
    "year": _nobody,
    "language": _people_of_languages,
}
