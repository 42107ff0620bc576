"""From a search in an address to what was found: the words, the editors’ choices, the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.paginator import EmptyPage
from django.db.models import Count
from django.utils.translation import get_language

from pages.listings import Rows
from pages.pagination import PER_PAGE, Pager
from pages.remembered import remembered

from .engines import choosing
from .engines.answers import DEEPEST, PUBLIC, Answer, Hit, Question
from .models import DocumentFacet
from .projection import changes, sending
from .promotions import promoted
from .request import SearchRequest
from .words.known import known_synonyms
from .words.parsing import parse

LAST_PAGE = DEEPEST // PER_PAGE
MOST_IN_FEEDS = 50
EVERYBODY = frozenset({PUBLIC})


@dataclass(frozen=True)
class Found:
    """What was found for one search, and the page of it that was asked for.

    ``choices`` are what editors put first for these words. ``pager`` is ``None`` where there is no
    such page; the counts of the facets are there all the same.
    """

    asked: SearchRequest
    answer: Answer
    choices: tuple[Hit, ...]
    pager: Pager | None

    @property
    def hits(self) -> list[Hit]:
        """All that the page shows, the editors’ choices first, nothing twice."""
        first = {hit.uid for hit in self.choices}
        return [*self.choices, *(hit for hit in self.answer.hits if hit.uid not in first)]

    @property
    def is_cut(self) -> bool:
        """Whether there are more results than can be paged to."""
        return self.answer.total > DEEPEST

    @property
    def next_page(self) -> SearchRequest | None:
        """The same search from its next page, where there is one."""
        if self.pager is None or not self.pager.page.has_next():
            return None
        return replace(self.asked, page=self.asked.page + 1)


def find(asked: SearchRequest, readers: frozenset[str]) -> Found:
    """Return what a reader with these tokens finds."""
    is_in_reach = 1 <= asked.page <= LAST_PAGE
    answer = choosing.find(
        replace(
            _question(asked, readers),
            start=(asked.page - 1) * PER_PAGE if is_in_reach else 0,
            size=PER_PAGE if is_in_reach else 0,
        )
    )
    return Found(asked, answer, _choices(asked, readers), _pager(asked, answer))


def newest(asked: SearchRequest, readers: frozenset[str]) -> Answer:
    """Return what a feed brings of a search."""
    question = replace(_question(asked, readers), order="newest", size=MOST_IN_FEEDS, counted=())
    return choosing.find(question)


def is_settled() -> bool:
    """Return whether the engines know of every change, so that what they say now can be kept.

    What was given up keeps nothing waiting: nobody knows whether it will ever be known.
    """
    if changes.not_given_up().exists():
        return False
    return not (settings.ELASTICSEARCH_URL and sending.waiting().exists())


def themes() -> Mapping[str, int]:
    """Return how many things there are under each theme; remembered.

    The engines’ documents are counted where they come from: a cluster that has just kept a reader
    waiting would do so twice.
    """

    def count() -> Mapping[str, int]:
        public = DocumentFacet.objects.filter(facet="theme", document__is_public=True)
        counted = public.order_by("value").values("value").annotate(number=Count("pk"))
        return dict(counted.values_list("value", "number"))

    return remembered("search-themes", count)


def _question(asked: SearchRequest, readers: frozenset[str]) -> Question:
    return Question(
        wanted=parse(asked.q, known_synonyms()),
        chosen=asked.in_use,
        order=asked.order,
        readers=readers,
        language=get_language(),
        exact=asked.exact,
    )


def _choices(asked: SearchRequest, readers: frozenset[str]) -> tuple[Hit, ...]:
    """Return what editors put first: for these very words, and nothing that narrows them."""
    is_plain = asked.q and not asked.in_use and asked.order == "relevance" and asked.page == 1
    return tuple(promoted(asked.q, readers, get_language())) if is_plain else ()


def _pager(asked: SearchRequest, answer: Answer) -> Pager | None:
    rows = Rows(min(answer.total, DEEPEST), lambda _start, _stop: answer.hits)
    try:
        return Pager(rows, asked.parameters, asked.page, PER_PAGE)
    except EmptyPage:
        return None
