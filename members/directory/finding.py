"""Whom the directory lists: everybody the viewer may see, found only by what the viewer may see."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import IsNull

from members.models import GroupMembership, Member
from taxonomy.models import Country, Region, Theme
from working_groups.listed import listed_groups

from .rules import Standing, starts_of_words
from .viewers import Viewer

ORDER = ("folded_name", "public_id")
FEWEST_LETTERS = 3
ALL = 10_000_000


@dataclass(frozen=True)
class Choice:
    """What a list is narrowed by: beginnings of names, and slugs. Values of one kind widen it."""

    name: str = ""
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.name, self.regions, self.themes, self.countries, self.groups))


EVERYBODY = Choice()


def directory(viewer: Viewer, filters: Choice = EVERYBODY) -> QuerySet[Member]:
    """Return the members that the viewer may see and the filters leave, by name.

    A filter finds nobody by a part that is hidden from the viewer, so neither the list nor its
    length tells what a profile does not. Whoever is leaving is not there any more. Each member
    carries ``is_peer``, which spares ``Viewer.standing_to`` a query.
    """
    found = Member.objects.annotate(is_peer=_is_peer(viewer))
    for condition in _conditions(viewer, filters) or [_seen(viewer)]:
        found = found.filter(condition)
    if filters.name.strip():
        found = found.filter(_named(filters.name))
    return found.order_by(*ORDER)


def among(viewer: Viewer, pks: Collection[int]) -> QuerySet[Member]:
    """Return these members, whom ``directory`` has found for the viewer, by name."""
    return Member.objects.annotate(is_peer=_is_peer(viewer)).filter(pk__in=pks).order_by(*ORDER)


def _conditions(viewer: Viewer, filters: Choice) -> list[Q]:
    """Return a condition for each filter in use; each implies that the member is seen at all."""
    conditions = []
    if filters.countries:
        lives_there = Q(country__in=_pks(Country, slug__in=filters.countries))
        conditions.append(lives_there & _seen(viewer, "country_seen"))
    if filters.regions:
        conditions.append(_in_regions(viewer, filters.regions))
    if filters.themes:
        themes = _pks(Theme, slug__in=filters.themes)
        tagged = Member.themes.through.objects.filter(member=OuterRef("pk"), theme__in=themes)
        conditions.append(Exists(tagged) & _seen(viewer, "interests_seen"))
    if filters.groups:
        pks = [pk for group in listed_groups() if group.slug in filters.groups for pk in group.pks]
        joined = GroupMembership.objects.filter(member=OuterRef("pk"), group__in=pks)
        conditions.append(Exists(joined) & _seen(viewer, "groups_seen"))
    return conditions


def _named(name: str) -> Q:
    """Return whose name has words that begin like this; a letter or two begin the whole name.

    The limit keeps the database from walking along the names in their order until it meets enough
    that match: those who match stand together, perhaps at the end.
    """
    words = starts_of_words(name)
    if not words:
        return Q(pk__in=[])
    if max(map(len, words)) < FEWEST_LETTERS:
        start = " ".join(words)
        return Q(folded_name__gte=start, folded_name__startswith=start)
    named = Member.objects.order_by().filter(folded_name__words_begin=words)
    return Q(pk__in=named.values("pk")[:ALL])


def _in_regions(viewer: Viewer, regions: tuple[str, ...]) -> Q:
    """Return who lives in a country of these regions or works on one of them."""
    works_on = Member.regions.through.objects.filter(
        member=OuterRef("pk"), region__in=_pks(Region, slug__in=regions)
    )
    countries = _pks(Country, region__slug__in=regions)
    if not countries:
        return Exists(works_on) & _seen(viewer, "interests_seen")
    return (Q(country__in=countries) & _seen(viewer, "country_seen")) | (
        _seen(viewer, "interests_seen") & Q(_looked_up(works_on))
    )


def _seen(viewer: Viewer, column: str = "seen") -> Q:
    """Return who shows the viewer this much."""
    seen = Q(**{f"{column}__gte": viewer.standing})
    if viewer.groups:
        seen |= Q(**{column: Standing.PEER}) & Q(_is_peer(viewer))
    return seen


def _is_peer(viewer: Viewer) -> IsNull | Value:
    if not viewer.groups:
        return Value(False, output_field=BooleanField())
    shared = GroupMembership.objects.filter(member=OuterRef("pk"), group__in=viewer.groups)
    return _looked_up(shared)


def _looked_up(rows: QuerySet) -> IsNull:
    """Say whether there is a row, by a look-up for each member that comes to it.

    For “exists” PostgreSQL would first read all rows, such as all members of a large group.
    """
    return IsNull(Subquery(rows.order_by().values("member")[:1]), False)


def _pks(model, **conditions) -> list[int]:
    return list(model.objects.filter(**conditions).values_list("pk", flat=True))
