"""A library in the real cluster, made once, and an engine that asks it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace

import pytest

from search.engines.answers import Answer, Question
from search.engines.elastic.engine import ElasticEngine
from search.words.parsing import parse
from search.words.synonyms import SynonymTable

from .library import Thing, indexed
from .things import THINGS


@pytest.fixture(scope="session")
def library(elasticsearch_url: str) -> Iterator[str]:
    """The index with the things that most tests look for."""
    with indexed(elasticsearch_url, THINGS) as name:
        yield name


@pytest.fixture
def engine(settings, elasticsearch_url: str, library: str) -> ElasticEngine:
    """The engine, asking the library."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_INDEX = library
    return ElasticEngine(parse)


@pytest.fixture
def only(settings, engine, elasticsearch_url: str) -> Iterator[Callable[[Sequence[Thing]], None]]:
    """Return a function that puts other things into the place of the library."""
    with ExitStack() as opened:

        def fill(*things: Thing) -> None:
            name = opened.enter_context(indexed(elasticsearch_url, things))
            settings.ELASTICSEARCH_INDEX = name

        yield fill


@pytest.fixture
def find(engine: ElasticEngine) -> Callable[..., Answer]:
    """Return a function that searches for what somebody types."""

    def search(text: str, synonyms: SynonymTable | None = None, **question) -> Answer:
        asked = replace(engine, understand=lambda text: parse(text, synonyms))
        return asked.find(Question(parse(text, synonyms), **question))

    return search


@pytest.fixture
def uids(find) -> Callable[..., list[str]]:
    """Return a function that searches and gives the uids of what was found, in order."""
    return lambda text, *args, **question: [hit.uid for hit in find(text, *args, **question).hits]
