"""Who answers: the cluster if there is one and it answers, otherwise the database, and at once."""

import time

import pytest

from search.engines import choosing
from search.engines.answers import Question, Unavailable
from search.engines.database.engine import DatabaseEngine
from search.words.parsing import parse

from .elastic import doors
from .elastic.library import Thing, indexed

PUBLIC = frozenset({"public"})
BUDGET = Question(parse("budget"))


@pytest.fixture(autouse=True)
def _database(db):
    """The database answers too; it holds nothing here, and so differs from the cluster."""


@pytest.fixture
def cluster(settings, elasticsearch_url):
    """An index with one thing, in use."""
    with indexed(elasticsearch_url, [Thing("page:1", "Budget"), Thing("page:2", "Budget")]) as name:
        settings.ELASTICSEARCH_URL = elasticsearch_url
        settings.ELASTICSEARCH_INDEX = name
        yield elasticsearch_url


def seconds(function, *arguments) -> float:
    """Return how long a call takes."""
    started = time.monotonic()
    function(*arguments)
    return time.monotonic() - started


def test_without_a_cluster_the_database_answers_and_says_so(settings):
    settings.ELASTICSEARCH_URL = ""
    assert isinstance(choosing.engine(), DatabaseEngine)
    assert choosing.find(BUDGET).basic
    assert choosing.suggest("bud", PUBLIC, "en", 5) == []
    assert choosing.related("page:1", PUBLIC, "en", 5) == []


def test_a_cluster_that_answers_is_asked(cluster):
    answer = choosing.find(BUDGET)
    assert (answer.total, answer.basic) == (2, False)
    assert [found.uid for found in choosing.suggest("bud", PUBLIC, "en", 1)] == ["page:1"]
    assert [hit.uid for hit in choosing.related("page:1", PUBLIC, "en", 5)] == ["page:2"]
    assert choosing.engine().find(BUDGET).total == 2


@pytest.mark.parametrize(
    "door", [doors.nobody_is_there, lambda: doors.somebody_says(503), doors.nobody_answers]
)
def test_where_it_does_not_answer_the_database_does(cluster, settings, door):
    with door() as settings.ELASTICSEARCH_URL:
        answer = choosing.find(BUDGET)
        assert (answer.total, answer.basic) == (0, True)
        assert choosing.suggest("bud", PUBLIC, "en", 5) == []


def test_a_hung_cluster_costs_three_visitors_their_patience_and_nobody_else(cluster, settings):
    choosing.find(BUDGET)
    with doors.nobody_answers() as settings.ELASTICSEARCH_URL:
        first = [seconds(choosing.find, BUDGET) for _ in range(3)]
        assert max(first) < 1.5 + 0.3
        assert min(first) > 1.2
        for _ in range(20):
            with pytest.raises(Unavailable):
                choosing.engine().find(BUDGET)
        later = sorted(seconds(choosing.find, BUDGET) for _ in range(9))
        assert later[4] < 0.05


def test_it_comes_back_by_itself(cluster, settings, time_machine, now):
    time_machine.move_to(now, tick=False)
    with doors.nobody_is_there() as settings.ELASTICSEARCH_URL:
        assert [choosing.find(BUDGET).basic for _ in range(4)] == [True] * 4
    settings.ELASTICSEARCH_URL = cluster
    assert choosing.find(BUDGET).basic
    time_machine.shift(31)
    assert [choosing.find(BUDGET).basic for _ in range(3)] == [False] * 3
    assert not choosing.cluster_breaker.is_open


@pytest.mark.parametrize("status", [400, 404])
def test_a_question_that_is_refused_opens_nothing(cluster, settings, status):
    with doors.somebody_says(status) as settings.ELASTICSEARCH_URL:
        assert [choosing.find(BUDGET).basic for _ in range(5)] == [True] * 5
    assert not choosing.cluster_breaker.is_open
    settings.ELASTICSEARCH_URL = cluster
    assert not choosing.find(BUDGET).basic


def test_suggestions_open_the_breaker_for_searches_too(cluster, settings):
    with doors.nobody_is_there() as settings.ELASTICSEARCH_URL:
        for _ in range(3):
            choosing.suggest("bud", PUBLIC, "en", 5)
        assert choosing.cluster_breaker.is_open
