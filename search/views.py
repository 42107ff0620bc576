"""The search page, and the same answer for other programs."""

from dataclasses import replace
from typing import Any

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.pagination import PER_PAGE, Pager

from . import presentation
from .content import Content
from .facets import Facets
from .request import SearchRequest, parse
from .results import Result, hits, results
from .vocabulary import Vocabulary, vocabulary


class NoSuchPage(Exception):
    """The list of results has no such page."""


class Answer:
    """Everything found for one search, and one page of it."""

    def __init__(self, asked: SearchRequest):
        self.asked = asked
        self.content = Content(asked, vocabulary())
        try:
            self.pager = Pager(hits(self.content), asked.parameters, asked.page, PER_PAGE)
        except EmptyPage as error:
            raise NoSuchPage from error
        self.results: list[Result] = results(self.pager.page.object_list, self.content)
        counts = Facets(self.content).counts
        self.facets = presentation.facets(asked, counts, self.content.vocabulary)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, as a page or as JSON."""
    asked = parse(request.GET)
    try:
        answer = Answer(asked)
    except NoSuchPage as error:
        if asked.format == "json":
            return _json({"error": _("There is no such page of results.")}, status=400)
        raise Http404("No such page of results.") from error
    if asked.format == "json":
        return _json(_facts(answer, request))
    return render(request, "search/search.html", _context(answer, request))


def _context(answer: Answer, request: HttpRequest) -> dict[str, Any]:
    asked, pager, path = answer.asked, answer.pager, reverse("search")
    terms = answer.content.vocabulary
    return {
        "asked": asked,
        "pager": pager,
        "cards": [presentation.card(result) for result in answer.results],
        "facets": answer.facets,
        "chips": presentation.chips(asked, terms, path),
        "orders": presentation.orders(asked, path),
        "hidden": presentation.hidden_fields(asked),
        "narrowing": len(list(asked.criteria())),
        "popular": _popular(terms, path) if not pager.count else [],
        "search_url": path,
        "canonical": request.build_absolute_uri(presentation.address(asked, path)),
    }


def _popular(terms: Vocabulary, path: str) -> list[dict[str, str]]:
    """Return the themes with most results, for somebody who found nothing."""
    counts = Facets(Content(SearchRequest(), terms)).themes()
    return presentation.theme_links(counts, terms, path)


def _facts(answer: Answer, request: HttpRequest) -> dict[str, Any]:
    pager = answer.pager
    following = replace(answer.asked, page=answer.asked.page + 1).parameters
    following["format"] = "json"
    url = f"{reverse('search')}?{following.urlencode()}"
    return {
        "count": pager.count,
        "results": [presentation.as_json(result, request) for result in answer.results],
        "facets": presentation.facets_as_json(answer.facets),
        "next": request.build_absolute_uri(url) if pager.page.has_next() else None,
    }


def _json(facts: dict[str, Any], status: int = 200) -> JsonResponse:
    """Return JSON that people can read too, and that search engines leave alone."""
    response = JsonResponse(facts, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
