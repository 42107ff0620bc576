"""From an address to a page in two queries, however deep the page stands."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, Site


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at this address.

    Wagtail walks down the tree with two queries for each step, after it has found the site, the
    language and the front page. A page knows its whole address, so it is asked for at once; the
    other versions of the page come with the same query, since every page links to them. What is
    not found so goes Wagtail’s way.
    """
    page = _find(path)
    if page is not None:
        try:
            request._wagtail_route_for_request = page.route(request, [])
        except Http404:
            request._wagtail_route_for_request = None
    return views.serve(request, path)


def _find(path: str) -> Page | None:
    """Return the specific page at an address in the active language, if it is a page’s own."""
    slugs = [slug for slug in path.split("/") if slug]
    root = _root_path()
    if root is None:
        return None
    url_path = "/".join([root.rstrip("/"), *slugs, ""])
    # The slug has an index, the whole address has none.
    last = slugs[-1] if slugs else root.strip("/").rpartition("/")[2]
    here = Page.objects.filter(slug=last, url_path=url_path)
    versions = list(
        Page.objects.filter(translation_key__in=here.values("translation_key"))
        .select_related("locale")
        .defer_streamfields()
    )
    found = next((version for version in versions if version.url_path == url_path), None)
    if found is None:
        return None
    page = found.specific
    page.locale = found.locale
    page._versions = versions
    return page


def _root_path() -> str | None:
    """Return the front page’s place in the tree; with several sites Wagtail must choose one."""
    roots = [root for root in Site.get_site_root_paths() if root.language_code == get_language()]
    return roots[0].root_path if len(roots) == 1 else None
