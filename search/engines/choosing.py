"""Which engine answers: the cluster if there is one and it answers, otherwise the database.

This is what the site asks. An answer always comes; ``basic`` says that the database gave it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.conf import settings

from .answers import Answer, Engine, Hit, Question, Suggestion, Unavailable
from .breaker import Breaker, Open
from .database.engine import DatabaseEngine
from .elastic.client import Silent
from .elastic.engine import ElasticEngine

Got = TypeVar("Got")

cluster_breaker = Breaker("search-cluster", Silent)


class GuardedCluster:
    """The cluster behind its breaker: it is ``Unavailable`` at once while it is known to be."""

    def __init__(self, engine: Engine, breaker: Breaker) -> None:
        self._engine = engine
        self._breaker = breaker

    def find(self, question: Question) -> Answer:
        """Return one page of what answers the question."""
        return self._guarded(lambda: self._engine.find(question))

    def suggest(
        self, text: str, readers: frozenset[str], language: str, size: int
    ) -> list[Suggestion]:
        """Return titles for somebody who is still typing."""
        return self._guarded(lambda: self._engine.suggest(text, readers, language, size))

    def related(self, uid: str, readers: frozenset[str], language: str, size: int) -> list[Hit]:
        """Return what is most like a document."""
        return self._guarded(lambda: self._engine.related(uid, readers, language, size))

    def _guarded(self, ask: Callable[[], Got]) -> Got:
        try:
            return self._breaker.call(ask)
        except Open as reason:
            raise Unavailable(str(reason)) from reason


def engine() -> Engine:
    """Return the engine of this site; the cluster’s may raise ``Unavailable``."""
    if settings.ELASTICSEARCH_URL:
        return GuardedCluster(ElasticEngine(), cluster_breaker)
    return DatabaseEngine()


def find(question: Question) -> Answer:
    """Return one page of what answers the question, from whoever can answer it."""
    return _from_either(
        lambda engine: engine.find(question),
        lambda engine: replace(engine.find(question), basic=True),
    )


def suggest(text: str, readers: frozenset[str], language: str, size: int) -> list[Suggestion]:
    """Return titles for somebody who is still typing."""
    return _from_either(lambda engine: engine.suggest(text, readers, language, size))


def related(uid: str, readers: frozenset[str], language: str, size: int) -> list[Hit]:
    """Return what is most like a document, itself and its versions left out."""
    return _from_either(lambda engine: engine.related(uid, readers, language, size))


def _from_either(
    ask: Callable[[Engine], Got], ask_database: Callable[[Engine], Got] | None = None
) -> Got:
    """Return the cluster’s answer, or the database’s where there is none."""
    if settings.ELASTICSEARCH_URL:
        try:
            return ask(engine())
        except Unavailable:
            pass  # the client has logged what is not simply an outage
    return (ask_database or ask)(DatabaseEngine())
