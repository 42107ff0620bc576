"""Anonymous pages from the cache, outermost of all middleware.

An entry is found by address and time zone, and carries the generation of the content under which
it was made (``pages.generation``): after any change the next request makes the page anew. Unknown
query parameters are dropped before anything looks at them, so they neither miss nor poison.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils.cache import parse_etags
from django.utils.http import urlencode

from accounts.preferences import COOKIE, zone

from . import generation

KNOWN_PARAMETERS = frozenset(
    {"after", "author", "before", "cancelled", "country", "exact", "format", "group", "kind"}
    | {"language", "month", "next", "p", "page", "q", "recording", "region", "role"}
    | {"sector", "sort", "theme", "type", "tz", "view", "year"}
)
NEVER_CACHED = ("accounts", "admin", "documents", "media", "static", "styleguide")
PUBLIC = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-cache"
LONGEST_QUERY = 500


@dataclass(frozen=True)
class Entry:
    """A response as it was sent: everything but the encoding that the reader asked for."""

    generation: str
    headers: tuple[tuple[str, str], ...]
    zipped: bytes
    etag: str


class PageCacheMiddleware:
    """Serve anonymous GETs from the cache, and say in every answer how it may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_public(request):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            with generation.held():
                response = self.get_response(request)
            response.headers.setdefault("Cache-Control", PRIVATE)
            return response
        _drop_unknown_parameters(request)
        return self._anonymous(request)

    def _anonymous(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        keep = settings.PAGE_CACHE_SECONDS > 0 and key is not None
        token = None
        if keep:
            found = caches["pages"].get_many([generation.KEY, key])
            token = found.get(generation.KEY) or generation.current()
            entry = found.get(key)
            if entry is not None and entry.generation == token:
                return _answer(request, entry)
        with generation.held(token):
            response = self.get_response(request)
        if not _may_be_kept(request, response):
            response.headers.setdefault("Cache-Control", PRIVATE)
            return response
        entry = _entry(response, token or "")
        if keep:
            caches["pages"].set(key, entry, settings.PAGE_CACHE_SECONDS)
        return _answer(request, entry)


def _is_public(request: HttpRequest) -> bool:
    """Return whether this is a GET of the public site."""
    if request.method not in {"GET", "HEAD"}:
        return False
    parts = request.path_info.split("/", 3)
    codes = {code for code, _ in settings.LANGUAGES}
    first = parts[2] if len(parts) > 2 and parts[1] in codes else parts[1]
    return first not in NEVER_CACHED


def _drop_unknown_parameters(request: HttpRequest) -> None:
    """Leave only the parameters that some page of the site reads."""
    if not request.META.get("QUERY_STRING"):
        return
    known = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in KNOWN_PARAMETERS:
            known.setlist(name, values)
    known._mutable = False
    request.GET = known
    request.META["QUERY_STRING"] = known.urlencode()


def _key(request: HttpRequest) -> str | None:
    """Return where the page is kept; ``None`` for one that is not worth keeping."""
    if "q" in request.GET or len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    parameters = urlencode(sorted(request.GET.lists()), doseq=True)
    chosen = zone(request.COOKIES.get(COOKIE)) or ""
    address = f"{request.scheme}|{host}|{request.path}|{parameters}|{chosen}"
    return f"page:{hashlib.sha256(address.encode()).hexdigest()}"


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether everybody may see this answer, and see it again.

    One that brings its own validators (``has_validators``) looks after itself.
    """
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return False
    if getattr(response, "has_validators", False):
        return False
    kept_back = response.headers.get("Cache-Control", "")
    return not response.cookies and "no-store" not in kept_back and "private" not in kept_back


def _entry(response: HttpResponse, token: str) -> Entry:
    """Return the response as it is kept. Its language follows from its address alone."""
    left_out = {"cache-control", "content-encoding", "content-length", "etag", "vary"}
    headers = [pair for pair in response.items() if pair[0].lower() not in left_out]
    headers += [("Cache-Control", PUBLIC), ("Vary", "Accept-Encoding, Cookie")]
    digest = hashlib.sha256(response.content).hexdigest()[:20]
    zipped = gzip.compress(response.content, compresslevel=6, mtime=0)
    return Entry(token, tuple(headers), zipped, f'W/"{digest}"')


def _answer(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Return the page, zipped if the reader can, or “not modified”."""
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    if entry.etag in asked or "*" in asked:
        response: HttpResponse = HttpResponseNotModified()
        kept = {"cache-control", "vary", "content-security-policy"}
        for name, value in entry.headers:
            if name.lower() in kept:
                response.headers[name] = value
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(entry.zipped, headers=dict(entry.headers))
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(entry.zipped), headers=dict(entry.headers))
    response.headers["ETag"] = entry.etag
    if response.status_code == 200:
        response.headers["Content-Length"] = str(len(response.content))
    return response
