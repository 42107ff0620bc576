"""Which documents are concerned when a row of the site is saved or deleted.

Answers are in the words of ``reach``. Rows that make up a page or a person (authors, tags, files,
speakers, biographies) are known by their ``ParentalKey``, so that no list of them has to be kept.
"""

from collections.abc import Iterator, Mapping
from functools import cache, singledispatch
from typing import Any

from django.conf import settings
from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from files.models import SiteDocument
from pages.models import SitePage
from people.models import Organisation, Person
from projects.models import ProjectPartner
from taxonomy.models import Country, Region, Sector, Term, Theme
from working_groups.models import Role, WorkingGroupPage

from .reach import EVERYTHING, followers

Past = Mapping[str, Any]
NOTHING: Past = {}

FACETS = {Region: "region", Theme: "theme", Sector: "sector", Country: "country"}
NOT_SHOWN = {"sort_order", "description"}  # fields of terms
WHERE = ("live", "path", "url_path")
COMPARED: Mapping[type[Model], tuple[str, ...]] = {
    Page: WHERE,
    WorkingGroupPage: (*WHERE, "title", "short_name", "slug"),
    Person: ("name", "name_latin", "slug", "is_public"),
    Organisation: ("name", "acronym"),
    Site: ("root_page_id", "hostname", "port"),
    Role: ("person_id", "group_id"),
    **{
        model: tuple(field.attname for field in model._meta.fields if field.name not in NOT_SHOWN)
        for model in FACETS
    },
}


def past_of(row: Model) -> Past:
    """Return what the database holds of a row, as far as it is compared; nothing of a new one."""
    names = next((COMPARED[kind] for kind in type(row).__mro__ if kind in COMPARED), ())
    if not names or row.pk is None:
        return NOTHING
    return type(row)._base_manager.filter(pk=row.pk).values(*names).first() or NOTHING


@singledispatch
def saved(row: Model, past: Past = NOTHING) -> Iterator[str]:
    """Yield what has to be marked because the row was saved; ``past`` is what it was before."""
    yield from _of_whole(row)


@singledispatch
def deleted(row: Model) -> Iterator[str]:
    """Yield what has to be marked because the row goes, while it is still there."""
    yield from _of_whole(row)


def is_part(row: Model) -> bool:
    """Whether the row makes up a page or a person together with others."""
    return bool(_wholes(type(row)))


# Pages -----------------------------------------------------------------------------------------


@saved.register
def page_saved(page: Page, past: Past = NOTHING) -> Iterator[str]:
    """Drafts are not found, so a page matters only if readers see it, or saw it until now."""
    if past and past["url_path"] != page.url_path:
        yield f"tree:{past['path']}"
    elif page.live or past.get("live"):
        yield f"page:{page.pk}"


@deleted.register
def page_deleted(page: Page) -> Iterator[str]:
    yield f"page:{page.pk}"


@saved.register
def group_saved(group: WorkingGroupPage, past: Past = NOTHING) -> Iterator[str]:
    """What a group is called stands in all its work, in every language."""
    yield from page_saved(group, past)
    if _differs(group, past):
        yield followers(f"page:{_original(group)}")


@deleted.register
def group_deleted(group: WorkingGroupPage) -> Iterator[str]:
    yield f"page:{group.pk}"
    yield followers(f"page:{_original(group)}")


@deleted.register
@saved.register
def readers_changed(restriction: PageViewRestriction, past: Past = NOTHING) -> Iterator[str]:
    """The place of the page is asked for: one in memory may have been moved since."""
    paths = Page.objects.filter(pk=restriction.page_id).values_list("path", flat=True)
    yield from (f"tree:{path}" for path in paths)


@saved.register(Locale)
@saved.register(Site)
def site_saved(row: Locale | Site, past: Past = NOTHING) -> Iterator[str]:
    """Addresses depend on them. A site is saved at each start, mostly as it was."""
    if _differs(row, past):
        yield EVERYTHING


@deleted.register(Locale)
@deleted.register(Site)
def site_deleted(row: Locale | Site) -> Iterator[str]:
    yield EVERYTHING


# Files -----------------------------------------------------------------------------------------


@deleted.register
@saved.register
def file_changed(file: SiteDocument, past: Past = NOTHING) -> Iterator[str]:
    yield f"file:{file.pk}"
    yield followers(f"file:{file.pk}")


@saved.register
def collection_saved(collection: Collection, past: Past = NOTHING) -> Iterator[str]:
    """Wagtail saves a collection before it moves it, in one transaction."""
    yield f"collection:{collection.pk}"


@deleted.register
@saved.register
def readers_of_files_changed(
    restriction: CollectionViewRestriction, past: Past = NOTHING
) -> Iterator[str]:
    yield f"collection:{restriction.collection_id}"


# People ----------------------------------------------------------------------------------------


@saved.register
def person_saved(person: Person, past: Past = NOTHING) -> Iterator[str]:
    yield f"person:{person.pk}"
    if past and _differs(person, past):
        yield followers(f"person:{person.pk}")


@deleted.register
def person_deleted(person: Person) -> Iterator[str]:
    yield f"person:{person.pk}"
    yield followers(f"person:{person.pk}")


@saved.register
def organisation_saved(organisation: Organisation, past: Past = NOTHING) -> Iterator[str]:
    if past and _differs(organisation, past):
        yield from organisation_deleted(organisation)


@deleted.register
def organisation_deleted(organisation: Organisation) -> Iterator[str]:
    """Its people and projects name it."""
    people = organisation.people.order_by("pk").values_list("pk", flat=True)
    yield from (f"person:{pk}" for pk in people)
    partners = ProjectPartner.objects.filter(organisation=organisation).order_by("project_id")
    yield from (f"page:{pk}" for pk in partners.values_list("project_id", flat=True))


@deleted.register
@saved.register
def role_changed(role: Role, past: Past = NOTHING) -> Iterator[str]:
    people = {role.person_id, past.get("person_id", role.person_id)}
    groups = {role.group_id, past.get("group_id", role.group_id)}
    yield from (f"person:{pk}" for pk in sorted(people))
    yield from (f"page:{pk}" for pk in sorted(groups))


# Terms -----------------------------------------------------------------------------------------


@saved.register
def term_saved(term: Term, past: Past = NOTHING) -> Iterator[str]:
    """Documents carry the names of their terms; there are none yet that carry a new one."""
    if past and _differs(term, past):
        yield f"facet:{FACETS[type(term)]}:{past['slug']}"


@deleted.register
def term_deleted(term: Term) -> Iterator[str]:
    yield f"facet:{FACETS[type(term)]}:{term.slug}"


@saved.register
def country_saved(country: Country, past: Past = NOTHING) -> Iterator[str]:
    """A country has a document of its own, and takes what is about it along to its region."""
    yield from term_saved(country, past)
    slugs = {country.slug, past.get("slug", country.slug)}
    yield from (f"country:{slug}" for slug in sorted(slugs))


@deleted.register
def country_deleted(country: Country) -> Iterator[str]:
    yield from term_deleted(country)
    yield f"country:{country.slug}"


# -----------------------------------------------------------------------------------------------


def _differs(row: Model, past: Past) -> bool:
    """Whether the row is new or one of its compared fields is another than before."""
    return not past or any(getattr(row, name) != value for name, value in past.items())


def _of_whole(part: Model) -> Iterator[str]:
    for name in _wholes(type(part)):
        whole = getattr(part, name)
        if isinstance(whole, Person):
            yield f"person:{whole.pk}"
        elif whole and whole.live:
            yield f"page:{whole.pk}"


@cache
def _wholes(model: type[Model]) -> tuple[str, ...]:
    """Return the names of the fields by which rows of this model belong to pages or people."""
    return tuple(
        field.name
        for field in model._meta.fields
        if isinstance(field, ParentalKey) and issubclass(field.related_model, (SitePage, Person))
    )


def _original(group: WorkingGroupPage) -> int:
    """Return the id of the group’s page in the default language, by which documents know it."""
    versions = WorkingGroupPage.objects.filter(translation_key=group.translation_key)
    originals = versions.filter(locale__language_code=settings.LANGUAGE_CODE)
    return originals.values_list("pk", flat=True).first() or group.pk
