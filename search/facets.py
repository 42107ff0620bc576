"""How many results each value of a facet has.

Each facet is counted with all other facets applied but not itself, so that its counts say what
ticking one more value would bring. The number of queries is the same for any amount of content:
one for what every page has one of (type, kind, language, year), one for all that stands in tables
of its own, one for the languages of people, and the ids without each facet in use.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Substr

from pages.models import PageCountry, PageRegion, PageTheme
from people.models import Biography
from working_groups.models import Role, WorkingGroupPage

from . import groups
from .content import Content
from .page_types import PERSON, entities

IN_THE_ROW = ("type", "year", "language")


@dataclass(frozen=True)
class Row:
    """So many pages that are alike in what every page has one of."""

    entity: str
    kind: str
    language: str
    year: str
    number: int

    def answers(self, facet: str, values: tuple[str, ...]) -> bool:
        """Return whether these pages are among the values chosen in a facet."""
        if facet == "type":
            return self.entity in values or self.kind in values
        return getattr(self, facet) in values


class Facets:
    """The counts of all facets for one search."""

    def __init__(self, content: Content):
        self._content = content

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        """How many results each value has, by facet."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for facet in IN_THE_ROW:
            for row in self._rows_without(facet):
                for value in _values(row, facet):
                    counts[facet][value] += row.number
        for facet, pk, number in self._linked:
            if facet == "type":
                counts["type"][PERSON] += number
            elif value := self._content.vocabulary.values[facet].get(pk):
                counts[facet][value] += number
        counts["language"].update(self._languages_of_people())
        return counts

    def themes(self) -> Counter[str]:
        """Return how many pages each theme has; the same as in ``counts``, and nothing else."""
        values = self._content.vocabulary.values["theme"]
        counted = _counted("theme", "tag", self._tags(PageTheme, "theme"))
        return Counter({values.get(pk, ""): number for _facet, pk, number in counted})

    def _rows_without(self, facet: str) -> list[Row]:
        applied = [
            (other, self._content.asked.chosen(other)) for other in IN_THE_ROW if other != facet
        ]
        return [
            row
            for row in self._rows
            if all(row.answers(other, values) for other, values in applied if values)
        ]

    @cached_property
    def _rows(self) -> list[Row]:
        # The year is cut out of the date’s text: SQLite has no function for it that is not
        # Python, and calling that for every page takes longer than all the rest.
        year = Substr(Cast("date", TextField()), 1, 4)
        found = (
            self._content.pages(without=IN_THE_ROW)
            .values_list("content_type", "kind", "language", year)
            .annotate(number=Count("pk"))
        )
        entity = entities()
        return [
            Row(entity[content_type], kind, language, year or "", number)
            for content_type, kind, language, year, number in found
        ]

    @cached_property
    def _linked(self) -> list[tuple[str, int, int]]:
        """What stands in tables of its own: terms, groups, and everything about people."""
        first, *others = [*self._tagged(), *self._grouped(), *self._about_people()]
        return list(first.union(*others, all=True))

    def _tagged(self) -> Iterator[QuerySet]:
        for facet, through in (
            ("theme", PageTheme),
            ("country", PageCountry),
            ("region", PageRegion),
        ):
            yield _counted(facet, "tag", self._tags(through, facet))
        # A page is found under the regions of its countries too, but counts there only once.
        already = PageRegion.objects.filter(
            content_object=OuterRef("content_object"), tag=OuterRef("tag__region")
        )
        by_country = self._tags(PageCountry, "region").filter(
            ~Exists(already), tag__region__isnull=False
        )
        yield _counted("region", "tag__region", by_country, "content_object")

    def _tags(self, through: type, facet: str) -> QuerySet:
        return through.objects.filter(content_object__in=self._content.page_set(facet))

    def _grouped(self) -> Iterator[QuerySet]:
        pages = self._content.page_set("group")
        yield _counted("group", "pk", WorkingGroupPage.objects.filter(pk__in=pages))
        for model in groups.owners():
            owned = model.objects.filter(pk__in=pages, group__isnull=False)
            yield _counted("group", "group", owned)
        for shared in groups.sharers():
            yield _counted("group", shared.group, shared.rows(pages))

    def _about_people(self) -> Iterator[QuerySet]:
        people = self._content.people
        yield _counted("type", Value(0), people(without={"type"}))
        for facet, field in (("country", "country"), ("region", "country__region")):
            yield _counted(facet, field, people({facet}).filter(**{f"{field}__isnull": False}))
        in_office = Role.objects.filter(person__in=_subquery(people({"group"})))
        yield _counted("group", "group", in_office, "person")

    def _languages_of_people(self) -> Counter[str]:
        people = _subquery(self._content.people({"language"}))
        written = Biography.objects.filter(person__in=people).order_by()
        return Counter(dict(written.values_list("language").annotate(number=Count("pk"))))


def _counted(facet: str, value: str | Value, rows: QuerySet, what: str = "pk") -> QuerySet:
    """Return ``(facet, id of the value, number)`` lines that go together with those of others."""
    return (
        rows.order_by()
        .values(value_id=value if isinstance(value, Value) else F(value))
        .annotate(number=Count(what, distinct=what != "pk"))
        .values_list(Value(facet, CharField()), "value_id", "number")
    )


def _subquery(people: QuerySet) -> QuerySet:
    return people.order_by().values("pk")


def _values(row: Row, facet: str) -> list[str]:
    values = [row.entity, row.kind] if facet == "type" else [getattr(row, facet)]
    return [value for value in dict.fromkeys(values) if value]
