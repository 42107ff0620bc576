"""The search in the database: the whole search of sites without a cluster, and its stand-in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest

from django.utils import timezone

from search.engines.answers import DEEPEST, Answer, Hit, Question, Suggestion
from search.engines.bounds import bounded
from search.words.folding import words
from search.words.passages import Finder
from search.words.wanted import Wanted

from . import facets, ranking, reading, relating, showing, spelling, suggesting
from .matching import Query, query
from .rows import Row


@dataclass(frozen=True)
class Attempt:
    """One way to understand a search, and what is said of it where it is the one that answers."""

    wanted: Wanted
    query: Query
    beginnings: bool = False
    relaxed: bool = False
    corrected: bool = False


class DatabaseEngine:
    """Answers every question from the tables of the documents, on SQLite and on PostgreSQL."""

    def find(self, question: Question) -> Answer:
        """Return one page of what answers the question, with the counts of all facets."""
        question = replace(question, wanted=bounded(question.wanted))
        attempt, found = self._found(question)
        narrowed = facets.narrow(found, _chosen(question, counted=True))
        finder = Finder(attempt.wanted, beginnings=attempt.beginnings)
        return Answer(
            total=len(narrowed.rows),
            hits=showing.hits(_page(narrowed.rows, attempt, question), finder, question.language),
            facets=narrowed.counts(question.counted),
            did_you_mean=attempt.wanted.text if attempt.corrected else "",
            corrected=attempt.corrected,
            relaxed=attempt.relaxed,
        )

    def suggest(
        self, text: str, readers: frozenset[str], language: str, size: int
    ) -> list[Suggestion]:
        """Return titles in which each word typed begins a word."""
        return suggesting.suggestions(text, readers, language, size)

    def related(self, uid: str, readers: frozenset[str], language: str, size: int) -> list[Hit]:
        """Return what shares most terms and words of the title with a document."""
        return relating.related(uid, readers, language, size)

    def _found(self, question: Question) -> tuple[Attempt, list[Row]]:
        """Return the first attempt that finds something, and all that it finds."""
        narrowed = _chosen(question, counted=False)
        if not question.wanted:
            attempt = Attempt(question.wanted, query(question.wanted))
            return attempt, reading.everything(attempt.query.excluded, question.readers, narrowed)
        for attempt in _attempts(question):
            if found := reading.matching(attempt.query, question.readers, narrowed):
                break
        return attempt, found


def _attempts(question: Question) -> Iterator[Attempt]:
    """Yield the ways to understand a search, from what was typed to any of its words."""
    typed = Attempt(question.wanted, query(question.wanted))
    yield typed
    if question.exact:
        return
    yield replace(typed, query=typed.query.as_beginnings(), beginnings=True)
    better = spelling.better(question.wanted, question.readers)
    best = Attempt(better, query(better), corrected=True) if better else typed
    if better:
        yield best
    yield from (replace(best, query=query, relaxed=True) for query in _relaxed(best.query))


def _relaxed(query: Query) -> Iterator[Query]:
    """Yield the queries for most of the parts, for any word, and for the phrases alone."""
    parts = len(query.loose)
    apart = query.apart()
    if _most(parts) < parts:
        yield query.needing(_most(parts))
    if len(apart.loose) > 1:
        yield apart.needing(1)
    if parts and query.fixed:
        yield query.needing(0)


def _most(parts: int) -> int:
    """Return how many of the parts are most of them: of more than two, one in four may miss."""
    return parts - parts // 4 if parts > 2 else parts


def _page(rows: list[Row], attempt: Attempt, question: Question) -> list[Row]:
    """Return the rows of the page asked for, with their final scores; the others stay unsorted."""
    start = min(question.start, DEEPEST)
    end = min(start + question.size, DEEPEST)
    if question.order != "relevance" or not attempt.wanted:
        newest = question.order != "oldest"
        return nsmallest(end, rows, ranking.by_date(newest=newest))[start:]
    score = ranking.scores(
        ranking.Asked(
            name=" ".join(words(attempt.wanted.text)),
            language=question.language,
            titled=reading.titled(attempt.query),
            today=timezone.localdate(),
        )
    )
    page = nsmallest(end, rows, lambda row: (-score(row), row.id))[start:]
    return [row._replace(score=score(row)) for row in page]


def _chosen(question: Question, *, counted: bool) -> dict[str, tuple[str, ...]]:
    """Return the values in use of the facets that are counted, or of the others."""
    return {
        facet: tuple(values)
        for facet, values in question.chosen.items()
        if values and (facet in question.counted) == counted
    }
