"""The search page, the same answer for other programs and feed readers, and suggestions."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.pagination import PER_PAGE

from . import feeds, finding, narrowing, presentation, usage
from .engines import choosing
from .engines.answers import Answer
from .finding import Found
from .projection.readers import readers_of
from .request import parse
from .vocabulary import Vocabulary
from .words.parsing import clean

NOT_KEPT = "private, no-cache"
SHORTEST_BEGINNING = 2
MOST_SUGGESTIONS = 8
SUGGESTIONS_SECONDS = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, as a page, as JSON or as a feed."""
    vocabulary = Vocabulary()
    asked = parse(request.GET, vocabulary.knows)
    readers = readers_of(request.user)
    is_settled = bool(asked.q) or finding.is_settled()  # with words it is never kept anyway
    if asked.format == "rss":
        followed = narrowing.feed_of(asked)
        answer = finding.newest(followed, readers)
        response = feeds.feed(followed, answer, vocabulary, request)
        return _kept_if_lasting(response, answer, is_settled)
    found = finding.find(asked, readers)
    if asked.page == 1 and asked.format == "html":
        total = None if asked.in_use else found.answer.total
        usage.record(asked.q, get_language(), total)
    if asked.format == "json":
        response = _as_json(found, vocabulary, request)
    else:
        status = 200 if found.pager else 404
        context = _context(found, vocabulary, request)
        response = render(request, "search/search.html", context, status=status)
    return _kept_if_lasting(response, found.answer, is_settled)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return titles for somebody who is typing, those of one type together."""
    readers, text = readers_of(request.user), clean(request.GET.get("q", ""))
    found = []
    if len(text) >= SHORTEST_BEGINNING:
        found = choosing.suggest(text, readers, get_language(), MOST_SUGGESTIONS)
    response = JsonResponse(
        presentation.suggestions_as_json(found, Vocabulary()),
        json_dumps_params={"ensure_ascii": False},
    )
    is_anonymous = request.user.is_anonymous
    keep = f"private, max-age={SUGGESTIONS_SECONDS}" if is_anonymous else "private, no-store"
    response.headers["Cache-Control"] = keep
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response


def _context(found: Found, vocabulary: Vocabulary, request: HttpRequest) -> dict[str, Any]:
    asked, answer, path = found.asked, found.answer, reverse("search")
    # The names of authors are read with the facets, before anything is called by them.
    facets = narrowing.facets(asked, answer.facets, vocabulary)
    is_empty = not found.hits
    return {
        "found": found,
        "asked": asked,
        "words": answer.did_you_mean if answer.corrected else asked.q,
        "answer": answer,
        "pager": found.pager,
        "results": _results(found, vocabulary),
        "notes": narrowing.notes(asked, answer, path),
        "facets": [facet for facet in facets if narrowing.can_narrow(facet, answer.total)],
        "chips": narrowing.chips(asked, vocabulary, path),
        "orders": narrowing.orders(asked, path),
        "kept_by_filters": narrowing.hidden_fields(asked),
        "kept_by_words": narrowing.criteria_fields(asked),
        "unknown_words": narrowing.unknown_words(asked, vocabulary),
        "ways_out": narrowing.ways_out(asked, answer.facets, vocabulary, path) if is_empty else [],
        "popular": narrowing.theme_links(finding.themes(), vocabulary, path) if is_empty else [],
        "search_url": path,
        "first_url": narrowing.address(replace(asked, page=1), path),
        "canonical": request.build_absolute_uri(narrowing.address(asked, path)),
        "feed": {
            "title": feeds.title(asked, vocabulary),
            "url": narrowing.address_in("rss", narrowing.feed_of(asked), path),
        },
    }


def _results(found: Found, vocabulary: Vocabulary) -> list[presentation.Result]:
    first = (found.asked.page - 1) * PER_PAGE + 1
    return [
        presentation.result(hit, place, vocabulary, is_choice=hit in found.choices)
        for place, hit in enumerate(found.hits, first)
    ]


def _as_json(found: Found, vocabulary: Vocabulary, request: HttpRequest) -> JsonResponse:
    """Return JSON that people can read too, and that search engines leave alone."""
    if found.pager is None:
        return _json({"error": _("There is no such page of results.")}, status=400)
    answer, following = found.answer, found.next_page
    path = reverse("search")
    return _json(
        {
            "count": answer.total,
            "results": [presentation.as_json(hit, vocabulary, request) for hit in found.hits],
            "facets": presentation.facets_as_json(
                narrowing.facets(found.asked, answer.facets, vocabulary)
            ),
            "did_you_mean": answer.did_you_mean or None,
            "corrected": answer.corrected,
            "relaxed": answer.relaxed,
            "basic": answer.basic,
            "partial": answer.partial,
            "next": following
            and request.build_absolute_uri(narrowing.address_in("json", following, path)),
        }
    )


def _json(facts: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(facts, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _kept_if_lasting(response: HttpResponse, answer: Answer, is_settled: bool) -> HttpResponse:
    """Keep answers out of the page cache that a better one will soon replace."""
    is_stopgap = answer.basic and settings.ELASTICSEARCH_URL
    if answer.partial or is_stopgap or not is_settled:
        response.headers["Cache-Control"] = NOT_KEPT
    return response
