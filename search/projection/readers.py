"""Who may read what, as tokens: a document is found by readers who carry one of its tokens.

``public`` is everybody, ``members`` everybody who has signed in, ``group:3`` the members of a
group of users. Whatever is restricted carries ``superuser`` too, and what has a shared password
nothing else: the search cannot know who knows it.
"""

from collections.abc import Iterable
from functools import reduce

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import CollectionViewRestriction, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

from files.models import SiteDocument
from pages.models import SitePage
from pages.querysets import SitePageQuerySet

Readers = frozenset[str]

EVERYBODY: Readers = frozenset({"public"})
SUPERUSER = "superuser"
MEMBERS: Readers = frozenset({"members", SUPERUSER})


def readers_of(user: AbstractBaseUser | AnonymousUser) -> Readers:
    """Return the tokens that somebody carries: one query, none for who has not signed in."""
    if not user.is_authenticated:
        return EVERYBODY
    groups = {_group(pk) for pk in user.groups.values_list("pk", flat=True)}
    also = {SUPERUSER} if user.is_superuser else set()
    return EVERYBODY | {"members"} | groups | also


def readers_of_pages(pages: Iterable[SitePage]) -> dict[int, Readers]:
    """Return the readers of each page, by id; a page is as private as what it stands below."""
    rows = PageViewRestriction.objects.prefetch_related("groups").select_related("page")
    restrictions = [(row.page.path, _allowed(row)) for row in rows]
    return {page.pk: _below(page.path, restrictions) for page in pages}


def open_to_everybody(pages: SitePageQuerySet) -> SitePageQuerySet:
    """Return those of the pages that everybody may read, as the database knows it now.

    ``SitePageQuerySet.public`` remembers until a change has been committed; this is asked before.
    """
    restrictions = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    for path in restrictions.values_list("page__path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages


def readers_of_documents(documents: Iterable[SiteDocument]) -> dict[int, Readers]:
    """Return who may read each document as far as its collection decides, by id.

    The documents bring their collections.
    """
    rows = CollectionViewRestriction.objects.prefetch_related("groups").select_related("collection")
    restrictions = [(row.collection.path, _allowed(row)) for row in rows]
    return {document.pk: _below(document.collection.path, restrictions) for document in documents}


def both(first: Readers, second: Readers) -> Readers:
    """Return who may read what stands behind two restrictions.

    Who is in two groups of users reads what is restricted to the one and, inside, to the other;
    the search does not know that and is too careful.
    """
    if first == EVERYBODY:
        return second
    if second == EVERYBODY:
        return first
    if first == MEMBERS:
        return second
    return first if second == MEMBERS else first & second


def all_read(readers: Readers, behind: Readers) -> bool:
    """Return whether all these readers may read what stands behind another restriction."""
    return both(readers, behind) == readers


def _below(path: str, restrictions: list[tuple[str, Readers]]) -> Readers:
    around = (allowed for private, allowed in restrictions if path.startswith(private))
    return reduce(both, around, EVERYBODY)


def _allowed(restriction: BaseViewRestriction) -> Readers:
    if restriction.restriction_type == BaseViewRestriction.NONE:
        return EVERYBODY
    if restriction.restriction_type == BaseViewRestriction.LOGIN:
        return MEMBERS
    if restriction.restriction_type == BaseViewRestriction.GROUPS:
        return frozenset({SUPERUSER, *(_group(group.pk) for group in restriction.groups.all())})
    return frozenset({SUPERUSER})


def _group(pk: int) -> str:
    return f"group:{pk}"
