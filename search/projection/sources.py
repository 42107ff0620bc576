"""What there is to find on the site as it is now, many things at once.

A thing goes by its uid: ``page:7``, ``person:3``, ``country:ke``, ``file:9``. What readers cannot
come upon is not found: drafts, aliases, what was withdrawn, people without a page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import islice
from operator import or_

from django.conf import settings
from django.db.models import Model, Q, prefetch_related_objects
from django.utils import translation
from wagtail.models import Site

from files.models import SiteDocument
from pages.models import PageCountry, SitePage
from pages.querysets import SitePageQuerySet
from people.models import Person
from search.models import Document, DocumentFacet
from taxonomy.findable import Findable
from taxonomy.models import Country

from .readers import (
    EVERYBODY,
    Readers,
    all_read,
    both,
    open_to_everybody,
    readers_of_documents,
    readers_of_pages,
)

BATCH = 500
FOLLOWS = "follows"  # the facet that names the things of which a document shows something


@dataclass(frozen=True)
class Found:
    """A thing that can be found, by whom, and what its versions in other languages share."""

    findable: Findable
    readers: Readers
    family: str = ""


Things = dict[str, Found]


def findables(uids: Sequence[str]) -> dict[str, Findable | None]:
    """Return what each of these things gives to the search; ``None`` for what is not found."""
    return {uid: thing.findable if thing else None for uid, thing in found(uids).items()}


def found(uids: Iterable[str]) -> dict[str, Found | None]:
    """Return what can be found of these things, and by whom; ``None`` for what cannot.

    The number of queries depends on the sorts of things, not on how many there are.
    """
    keys: dict[str, list[str]] = defaultdict(list)
    for uid in uids:
        sort, _, key = uid.partition(":")
        keys[sort].append(key)
    with translation.override(settings.LANGUAGE_CODE):
        return {
            f"{sort}:{key}": things.get(key)
            for sort, wanted in keys.items()
            for things in [SORTS[sort].find(wanted)]
            for key in wanted
        }


def all_uids() -> Iterator[str]:
    """Yield the uid of everything that could be found, then of what is gone; a batch at a time.

    Pages come before the files that they offer.
    """
    for name, sort in SORTS.items():
        keys = sort.model._default_manager.order_by("pk").values_list(sort.key, flat=True)
        yield from (f"{name}:{key}" for key in keys.iterator(chunk_size=BATCH))
    yield from _gone()


def listed_pages() -> SitePageQuerySet:
    """Return the pages that lists could show to somebody: live and first-hand, on a site."""
    roots = (Q(url_path__startswith=root.root_path) for root in Site.get_site_root_paths())
    on_a_site = reduce(or_, roots, Q(pk__in=[]))
    return SitePage.objects.live().filter(on_a_site, alias_of__isnull=True, is_listed=True)


def _pages(keys: Sequence[str]) -> Things:
    by_type: dict[type[Model], list[SitePage]] = defaultdict(list)
    for page in listed_pages().filter(pk__in=keys).order_by().specific():
        by_type[type(page)].append(page)
    for model, alike in by_type.items():
        prefetch_related_objects(alike, *model.findable_related)
    pages = [page for alike in by_type.values() for page in alike]
    readers = readers_of_pages(pages)
    return {
        str(page.pk): Found(page.findable(), readers[page.pk], str(page.translation_key))
        for page in pages
    }


def _people(keys: Sequence[str]) -> Things:
    people = Person.objects.public().filter(pk__in=keys)
    shown = people.prefetch_related(*Person.findable_related)
    return {str(person.pk): Found(person.findable(), EVERYBODY) for person in shown}


def _countries(keys: Sequence[str]) -> Things:
    """Return the countries about which everybody finds a page."""
    public = open_to_everybody(listed_pages()).order_by().values("pk")
    about = PageCountry.objects.filter(tag__slug__in=keys, content_object__in=public)
    countries = Country.objects.filter(pk__in=about.order_by().values("tag"))
    return {country.slug: Found(country.findable(), EVERYBODY) for country in countries}


def _files(keys: Sequence[str]) -> Things:
    """Return the files that a page leads to, unless one page shows them as its own.

    They stand under the terms of that page, of several the oldest that everybody may read.
    """
    offering = _offering(keys)
    pages = _pages(sorted({pk for pks in offering.values() for pk in pks}))
    documents = SiteDocument.objects.filter(pk__in=keys).exclude(file="")
    documents = list(documents.select_related("collection"))
    readers = readers_of_documents(documents)
    things = {}
    for document in documents:
        around = [pages[pk] for pk in offering[str(document.pk)] if pk in pages]
        if thing := _file(document, around, readers[document.pk]):
            things[str(document.pk)] = thing
    return things


def _file(document: SiteDocument, around: list[Found], readers: Readers) -> Found | None:
    leading = [page for page in around if document.pk in page.findable.offers]
    owners = [page for page in around if document.pk in page.findable.files]
    if any(all_read(page.readers, readers) for page in owners) or not (leading or owners):
        return None
    page = min(leading or owners, key=_first)
    terms = ("groups", "regions", "themes", "sectors", "countries", "date")
    taken = {name: getattr(page.findable, name) for name in terms}
    return Found(replace(document.findable(), **taken), both(page.readers, readers))


def _first(page: Found) -> tuple[bool, date, str]:
    return page.readers != EVERYBODY, page.findable.date or date.max, page.findable.url


def _offering(keys: Sequence[str]) -> dict[str, list[str]]:
    """Return the ids of the pages that lead to each file, as the pages’ own documents say."""
    uids = [f"file:{key}" for key in keys]
    rows = DocumentFacet.objects.filter(
        facet=FOLLOWS, value__in=uids, document__uid__startswith="page:"
    )
    found: dict[str, list[str]] = defaultdict(list)
    for uid, page in rows.values_list("value", "document__uid"):
        found[uid.partition(":")[2]].append(page.partition(":")[2])
    return found


def _gone() -> Iterator[str]:
    """Yield the uid of every document whose thing does not exist any more."""
    kept = Document.objects.filter(deleted_at__isnull=True).order_by("pk")
    for name, sort in SORTS.items():
        things = sort.model._default_manager.order_by()
        uids = kept.filter(uid__startswith=f"{name}:").values_list("uid", flat=True)
        for batch in chunks(uids.iterator(chunk_size=BATCH), BATCH):
            keys = [uid.partition(":")[2] for uid in batch]
            there = things.filter(**{f"{sort.key}__in": keys}).values_list(sort.key, flat=True)
            yield from sorted(set(batch) - {f"{name}:{key}" for key in there})


def chunks(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield the items in lists of this size; the last one may be shorter."""
    remaining = iter(items)
    while chunk := list(islice(remaining, size)):
        yield chunk


@dataclass(frozen=True)
class Sort:
    """A sort of things: its model, the field by which uids name one, and how they are found."""

    model: type[Model]
    key: str
    find: Callable[[Sequence[str]], Things]


SORTS: Mapping[str, Sort] = {
    "page": Sort(SitePage, "pk", _pages),
    "person": Sort(Person, "pk", _people),
    "country": Sort(Country, "slug", _countries),
    "file": Sort(SiteDocument, "pk", _files),
}
