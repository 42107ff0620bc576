"""The cluster as an engine: asks, climbs down the ladder when nothing matches, reads."""

import time
from dataclasses import replace

from search.engines.answers import Answer, Hit, Question, Suggestion
from search.engines.bounds import bounded
from search.words.joining import with_joined
from search.words.respelling import respelled
from search.words.wanted import Wanted

from . import asking, reading, relating, suggesting
from .client import ANSWERS_WITHIN, ask
from .matching import Strictness, some_may_be_missing

LADDER = (Strictness.FUZZY, Strictness.ANY_WORD)


class ElasticEngine:
    """Answers from the index in the cluster; raises ``Unavailable`` where it cannot.

    A page with results costs one request. Only where the words find nothing at all are others
    made, all together within the time that one may take.
    """

    def find(self, question: Question) -> Answer:
        """Return one page of what answers the question, or of what is near it."""
        until = time.monotonic() + ANSWERS_WITHIN
        question = replace(question, wanted=with_joined(bounded(question.wanted)))
        found, matched, better = self._asked(question, Strictness.AS_TYPED, until)
        if question.exact or not question.wanted:
            return found
        if matched:
            offered = better.text if better and some_may_be_missing(question.wanted) else ""
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

    def _near(self, question: Question, better: Wanted | None, until: float) -> Answer | None:
        """Return the first step of the ladder on which anything matches."""
        if better:
            found, matched, _ = self._asked(
                replace(question, wanted=better), Strictness.AS_TYPED, until
            )
            if matched:
                return replace(found, did_you_mean=better.text, corrected=True)
        for strictness in LADDER:
            if time.monotonic() >= until:
                return None
            found, matched, _ = self._asked(question, strictness, until)
            if matched:
                return replace(found, relaxed=True)
        return None

    def _asked(
        self, question: Question, strictness: Strictness, until: float
    ) -> tuple[Answer, int, Wanted | None]:
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
