"""What documents say of other things: terms and groups by name in every language, people."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings

from people.models import Person
from taxonomy.findable import Findable
from taxonomy.models import Country, Region, Sector, Term, Theme
from working_groups.models import WorkingGroupPage

from .readers import Readers, readers_of_pages

NOBODY: Readers = frozenset()


@dataclass(frozen=True)
class Group:
    """A working group in all its languages; it goes by its page in the default language."""

    pk: int
    slug: str
    names: Sequence[str]
    readers: Readers


class Surroundings:
    """What a number of things refer to, looked up for all of them at once."""

    def __init__(self, said: Collection[Findable]):
        countries = _terms(Country, {slug for findable in said for slug in findable.countries})
        around = {country.region.slug for country in countries.values() if country.region}
        self._terms = {
            "region": _terms(Region, around.union(*(findable.regions for findable in said))),
            "theme": _terms(Theme, {slug for findable in said for slug in findable.themes}),
            "sector": _terms(Sector, {slug for findable in said for slug in findable.sectors}),
            "country": countries,
        }
        self._groups = _groups({key for findable in said for key in findable.groups})
        slugs = {slug for findable in said for slug in findable.people}
        self._people = {person.slug: person for person in Person.objects.filter(slug__in=slugs)}

    def terms(self, said: Findable) -> dict[str, list[Term]]:
        """Return the terms of a thing by facet; it lies in the regions of its countries too."""
        countries = self._known("country", said.countries)
        of_countries = [country.region.slug for country in countries if country.region]
        return {
            "region": self._known("region", [*said.regions, *of_countries]),
            "theme": self._known("theme", said.themes),
            "sector": self._known("sector", said.sectors),
            "country": countries,
        }

    def groups(self, said: Findable) -> list[Group]:
        """Return the groups of a thing, whoever may read of them."""
        return [self._groups[key] for key in dict.fromkeys(said.groups) if key in self._groups]

    def people(self, said: Findable) -> list[Person]:
        """Return the people of a thing, whether they have a page or not."""
        return [self._people[slug] for slug in dict.fromkeys(said.people) if slug in self._people]

    def _known(self, facet: str, slugs: Collection[str]) -> list[Term]:
        terms = self._terms[facet]
        return [terms[slug] for slug in sorted(set(slugs)) if slug in terms]


def _terms(model: type[Term], slugs: Collection[str]) -> dict[str, Term]:
    terms = model.objects.filter(slug__in=slugs).order_by()
    if model is Country:
        terms = terms.select_related("region")
    return {term.slug: term for term in terms}


def _groups(keys: Collection[str]) -> dict[str, Group]:
    if not keys:
        return {}
    versions: dict[str, list[WorkingGroupPage]] = defaultdict(list)
    pages = WorkingGroupPage.objects.filter(translation_key__in=keys, alias_of__isnull=True)
    for page in pages.select_related("locale").order_by("pk"):
        versions[str(page.translation_key)].append(page)
    readers = readers_of_pages(page for pages in versions.values() for page in pages)
    return {key: _group(pages, readers) for key, pages in versions.items()}


def _group(versions: Sequence[WorkingGroupPage], readers: dict[int, Readers]) -> Group:
    """Return the group of these pages; nobody reads of one whose own page is not live."""
    original = next(
        (page for page in versions if page.locale.language_code == settings.LANGUAGE_CODE),
        versions[0],
    )
    live = [page for page in versions if page.live]
    names = [name for page in live for name in (page.title, page.short_name) if name]
    return Group(
        original.pk,
        original.slug,
        list(dict.fromkeys(names)),
        readers[original.pk] if original.live else NOBODY,
    )
