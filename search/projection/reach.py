"""Which documents a change reaches.

    page:7  person:3  country:ke  file:9    that document
    tree:<path>                             every page at and below that place of the tree
    collection:<id>                         every file in that collection or below, and what
                                            shows something of it
    facet:<facet>:<value>                   every document that is filed so
    everything                              every document there is or could be

What depends on a document that has changed is marked by ``building`` for the next turn.
"""

from collections.abc import Callable, Iterable, Mapping

from django.db.models import Q
from wagtail.models import Collection, Site

from files.models import SiteDocument
from pages.models import SitePage
from search.models import Document

from .sources import FOLLOWS, all_uids

EVERYTHING = "everything"


def reach(what: str) -> Iterable[str]:
    """Return the uids of the documents that a change reaches."""
    sort, _, which = what.partition(":")
    return FAR[sort](which) if sort in FAR else [what]


def followers(uid: str) -> str:
    """Return what to mark when a thing changes of which other documents show something."""
    return f"facet:{FOLLOWS}:{uid}"


def _tree(path: str) -> Iterable[str]:
    pages = SitePage.objects.filter(path__startswith=path).order_by("path")
    return [f"page:{pk}" for pk in pages.values_list("pk", flat=True)]


def _collection(pk: str) -> Iterable[str]:
    paths = (Q(collection__path__startswith=row.path) for row in Collection.objects.filter(pk=pk))
    inside = SiteDocument.objects.filter(next(paths, Q(pk__in=[]))).order_by("pk")
    files = [f"file:{pk}" for pk in inside.values_list("pk", flat=True)]
    showing = Q(facets__facet=FOLLOWS, facets__value__in=files)
    return [*files, *_uids(showing)] if files else []


def _facet(which: str) -> Iterable[str]:
    facet, _, value = which.partition(":")
    return _uids(Q(facets__facet=facet, facets__value=value))


def _everything(_: str) -> Iterable[str]:
    """Wagtail remembers the roots of sites, in each process where the cache is no shared one."""
    Site.clear_site_root_paths_cache()
    return all_uids()


def _uids(condition: Q) -> Iterable[str]:
    return (
        Document.objects.filter(condition).order_by("pk").values_list("uid", flat=True).distinct()
    )


FAR: Mapping[str, Callable[[str], Iterable[str]]] = {
    "tree": _tree,
    "collection": _collection,
    "facet": _facet,
    EVERYTHING: _everything,
}
