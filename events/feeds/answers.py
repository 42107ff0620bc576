"""A feed over HTTP: not modified, kept, or written anew (R17)."""

import gzip
import hashlib

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from working_groups.listed import listed_groups

from .selection import Selection
from .writing import FORMS, VERSION

KEPT_SECONDS = 60 * 60
FOR_ALL = "public, max-age=900"
FOR_ONE = "private, max-age=900"


def answer(
    request: HttpRequest, form: str, selection: Selection, *, private: bool = False
) -> HttpResponse:
    """Return a feed, or “not modified” to a reader that has exactly this one.

    One query decides. A date alone is never enough for “not modified”: the last change can be that
    an event is gone, and what is gone has no date.
    """
    tag = _tag(request, form, selection)
    is_zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{tag}{"-gzip" if is_zipped else ""}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        zipped = caches["pages"].get_or_set(
            f"events-feed:{tag}",
            lambda: gzip.compress(FORMS[form].write(selection, request), mtime=0),
            KEPT_SECONDS,
        )
        response = HttpResponse(
            zipped if is_zipped else gzip.decompress(zipped), content_type=FORMS[form].media_type
        )
        if is_zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Disposition"] = f'inline; filename="events.{form}"'
    return _with_validators(response, etag, selection, private=private)


def _tag(request: HttpRequest, form: str, selection: Selection) -> str:
    """Return a digest of all that the file depends on."""
    groups = [(group.slug, group.title, group.short_name) for group in listed_groups()]
    parts = (VERSION, form, get_language(), request.get_host(), request.path, selection.query)
    return hashlib.sha256(
        repr((parts, selection.name, groups, selection.stamp)).encode()
    ).hexdigest()[:32]


def _with_validators(
    response: HttpResponse, etag: str, selection: Selection, *, private: bool
) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_ONE if private else FOR_ALL
    changes = [at for row in selection.stamp for at in row[3:5] if at is not None]
    if changes:
        response.headers["Last-Modified"] = http_date(max(changes).timestamp())
    patch_vary_headers(response, ["Accept-Encoding"])
    response.has_validators = True
    return response
