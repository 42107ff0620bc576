"""How many members live where, as the map and its table say it."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Count
from django.utils.translation import gettext as _

from members.models import Member
from pages.vocabulary import known_terms
from taxonomy.models import Country

from .rules import STEPS, Cells, cells, step_of, steps
from .world import World, world

SECONDS = 3600


@dataclass(frozen=True)
class Shape:
    """A country of the map: an outline, or a point where it is too small for one."""

    label: str
    number: int
    path: str = ""
    point: tuple[int, int] | None = None


@dataclass(frozen=True)
class Layer:
    """The countries of one step of shading; step 0 is for those without a number."""

    step: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Key:
    """What a step of shading stands for."""

    step: int
    label: str


@dataclass(frozen=True)
class MemberMap:
    """The map of members, its legend, and the rows of its table."""

    world: World
    layers: tuple[Layer, ...]
    legend: tuple[Key, ...]
    rows: tuple[tuple[str, int], ...]


def counted(now: datetime.datetime) -> Cells:
    """Return the numbers of this hour: all active members, whoever may see them.

    They are counted once an hour, without filters, and for everybody alike: no two questions can
    be taken from each other to find one person.
    """
    return caches["default"].get_or_set(f"members-by-country:{now:%Y%m%d%H}", count, SECONDS)


def count() -> Cells:
    """Count the members of each country now."""
    rows = Member.objects.filter(state=Member.State.ACTIVE).order_by().values_list("country")
    numbers = dict(rows.annotate(number=Count("pk")))
    places = Country.objects.values_list("pk", "slug", "region__slug")
    slugs = {pk: slug for pk, slug, _region in places}
    regions = {slug: region or "" for _pk, slug, region in places}
    return cells({slugs.get(pk, ""): number for pk, number in numbers.items()}, regions)


def member_map(found: Cells) -> MemberMap:
    """Return the map of these numbers in the reader’s language."""
    names = {term.slug: term.label for term in known_terms("country")}
    begins = steps(max(found.countries.values(), default=0))
    return MemberMap(
        world=world(),
        layers=tuple(_layers(found.countries, names, begins)),
        legend=tuple(_legend(begins)) if found.countries else (),
        rows=tuple(_rows(found, names)),
    )


def _layers(
    numbers: Mapping[str, int], names: Mapping[str, str], begins: Sequence[int]
) -> Iterator[Layer]:
    by_step: dict[int, list[Shape]] = {step: [] for step in range(len(begins) + 1)}
    for code, path in world().shapes.items():
        number = numbers.get(code, 0)
        by_step[step_of(number, begins)].append(Shape(names.get(code, ""), number, path=path))
    for code, point in world().points.items():
        if number := numbers.get(code, 0):
            by_step[step_of(number, begins)].append(Shape(names.get(code, ""), number, point=point))
    for step, shapes in by_step.items():
        if shapes:
            yield Layer(_shade(step, begins), tuple(shapes))


def _shade(step: int, begins: Sequence[int]) -> int:
    """Return the shade of a step: the top one is the darkest, however few there are."""
    return step + STEPS - len(begins) if step else 0


def _legend(begins: Sequence[int]) -> Iterator[Key]:
    yield Key(0, _("none, or fewer than three"))
    for step, begin in enumerate(begins, 1):
        if step == len(begins):
            label = _("%(number)s or more") % {"number": begin}
        else:
            label = _("%(first)s to %(last)s") % {"first": begin, "last": begins[step] - 1}
        yield Key(_shade(step, begins), label)


def _rows(found: Cells, names: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Return countries with the most members first, then what is left of each region."""
    named = [(names.get(slug, slug.upper()), number) for slug, number in found.countries.items()]
    yield from sorted(named, key=lambda row: (-row[1], row[0]))
    for term in known_terms("region"):
        if number := found.rest_of.get(term.slug):
            yield _("Other countries: %(region)s") % {"region": term.label}, number
    if found.rest:
        yield _("Elsewhere, or not said"), found.rest
