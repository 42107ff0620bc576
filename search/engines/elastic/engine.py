"""The cluster as an engine: asks, climbs down the ladder when nothing matches, reads."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from search.engines.answers import Answer, Hit, Question, Suggestion
from search.engines.bounds import bounded
from search.words.joining import with_joined
from search.words.known import known_synonyms
from search.words.parsing import parse
from search.words.respelling import respelled
from search.words.wanted import Wanted

from . import asking, reading, relating, suggesting
from .client import ANSWERS_WITHIN, ask
from .matching import Strictness, some_may_be_missing

SHORTEST_STEP = 0.2  # seconds that must be left for another request


def understood(text: str) -> Wanted:
    """Return what is wanted with this text, with the synonyms that count now."""
    return parse(text, known_synonyms())


@dataclass(frozen=True)
class ElasticEngine:
    """Answers from the index in the cluster; raises ``Unavailable`` where it cannot.

    A page with results costs one request. Only where the words find nothing at all are others
    made, all together within the time that one may take. ``understand`` reads a better spelling.
    """

    understand: Callable[[str], Wanted] = understood

    def find(self, question: Question) -> Answer:
        """Return one page of what answers the question, or of what is near it."""
        until = time.monotonic() + ANSWERS_WITHIN
        question = replace(question, wanted=_feasible(question.wanted))
        found, matched, better = self._asked(question, Strictness.AS_TYPED, until)
        if question.exact or not question.wanted:
            return found
        if matched:
            offered = better if some_may_be_missing(question.wanted) else ""
            return replace(found, did_you_mean=offered)
        return self._near(question, better, until) or found

    def suggest(
        self, text: str, readers: frozenset[str], language: str, size: int
    ) -> list[Suggestion]:
        """Return titles with words that begin as typed, one version of each."""
        request = suggesting.body(text, readers, language, size)
        return ask(request, suggesting.suggestions) if request else []

    def related(self, uid: str, readers: frozenset[str], language: str, size: int) -> list[Hit]:
        """Return what has the same words and terms, without the document’s own versions."""
        if not uid:
            return []
        request = relating.body(uid, readers, language, size)
        return ask(request, lambda response: reading.hits(response, language))

    def _near(self, question: Question, better: str, until: float) -> Answer | None:
        """Return the first step of the ladder on which anything matches."""
        for wanted, strictness, said in self._steps(question.wanted, better):
            if until - time.monotonic() < SHORTEST_STEP:
                return None
            nearer = replace(question, wanted=wanted)
            found, matched, _ = self._asked(nearer, strictness, until)
            if matched:
                return replace(found, **said)
        return None

    def _steps(self, wanted: Wanted, better: str) -> Iterator[tuple[Wanted, Strictness, dict]]:
        """Yield what to try and what an answer to it says of itself."""
        if better:
            said = {"did_you_mean": better, "corrected": True}
            yield _feasible(self.understand(better)), Strictness.AS_TYPED, said
        yield wanted, Strictness.FUZZY, {"relaxed": True}
        yield wanted, Strictness.ANY_WORD, {"relaxed": True}

    def _asked(
        self, question: Question, strictness: Strictness, until: float
    ) -> tuple[Answer, int, str]:
        """Return the answer, how many match before facets narrow, and a better spelling."""
        return ask(
            asking.body(question, strictness),
            lambda response: (
                reading.answer(response, question),
                reading.matched(response),
                respelled(question.wanted, reading.better_spelling(response)),
            ),
            within=until - time.monotonic(),
        )


def _feasible(wanted: Wanted) -> Wanted:
    """Return what is wanted as the cluster is asked for it."""
    return with_joined(bounded(wanted))
