"""Hears from the search page that a result was opened."""

import hashlib
import re

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import usage
from .engines.answers import DEEPEST
from .models import Document

MOST_A_MINUTE = 60
_UID = re.compile(r"[a-z]+:[a-z0-9-]{1,60}")
_PLACE = re.compile(r"[1-9][0-9]{0,4}")


@csrf_exempt  # the page is the same for everybody and carries no token; see ``_is_from_here``
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Count an opened result: ``words``, ``uid`` and ``place``, sent by the browser as one leaves.

    The answer says nothing about what is known. Nothing is counted that was not searched today.
    """
    if not _is_from_here(request):
        return HttpResponse(status=403)
    if not _may_go_on(request):
        return HttpResponse(status=429)
    uid, place = request.POST.get("uid", ""), request.POST.get("place", "")
    if _UID.fullmatch(uid) and _PLACE.fullmatch(place) and int(place) <= DEEPEST:
        _count(request.POST.get("words", ""), uid, int(place))
    return HttpResponse(status=204)


def _count(words: str, uid: str, place: int) -> None:
    if Document.objects.filter(uid=uid, is_public=True).exists():
        usage.record_click(words, get_language() or "en", uid, place)


def _is_from_here(request: HttpRequest) -> bool:
    """Return whether a page of this site sent it, by what browsers say and pages cannot forge."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _may_go_on(request: HttpRequest) -> bool:
    """Return whether this reader is within the limit; the address is kept a minute, as a digest."""
    address = get_adapter().get_client_ip(request)
    key = f"search-opened:{hashlib.sha256(address.encode()).hexdigest()[:20]}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) <= MOST_A_MINUTE
    except ValueError:  # it ran out between the two
        return True
