"""The connection: what it makes of silence, refusals and nonsense, and how it is secured."""

import contextlib
import json
import logging
import os
import time

import pytest
from elasticsearch import Elasticsearch

from search.engines.answers import Question, Unavailable
from search.engines.elastic import client
from search.engines.elastic.client import Silent
from search.engines.elastic.engine import ElasticEngine
from search.words.parsing import parse

from . import doors

BUDGET = parse("budget")
CUT_SHORT = {
    "timed_out": True,
    "_shards": {"failed": 0},
    "hits": {"total": {"value": 0}, "hits": []},
}


@pytest.fixture
def ask_at(settings, engine: ElasticEngine):
    """Return a function that asks for a word at another address."""

    def ask(url: str, key: str = "", ca_certs: str = ""):
        settings.ELASTICSEARCH_URL = url
        settings.ELASTICSEARCH_API_KEY = key
        settings.ELASTICSEARCH_CA_CERTS = str(ca_certs)
        return engine.find(Question(BUDGET, counted=()))

    return ask


def test_a_refused_connection_is_silence(ask_at):
    with doors.nobody_is_there() as url, pytest.raises(Silent):
        ask_at(url)


def test_who_does_not_answer_is_given_up_in_time(ask_at):
    with doors.nobody_answers() as url:
        started = time.monotonic()
        with pytest.raises(Silent):
            ask_at(url)
        assert 1.2 < time.monotonic() - started < 2


def test_all_steps_of_the_ladder_together_take_no_longer_than_one_may(
    settings, elasticsearch_url, find
):
    with doors.slow_door(elasticsearch_url, 0.6) as settings.ELASTICSEARCH_URL:
        started = time.monotonic()
        with contextlib.suppress(Unavailable):
            find("qqqqzzzzxxxx wwwwvvvvkkkk")
        assert 1.1 < time.monotonic() - started < 1.9


def test_where_time_is_up_the_first_answer_counts(settings, elasticsearch_url, find):
    with doors.slow_door(elasticsearch_url, 1.25) as settings.ELASTICSEARCH_URL:
        assert find("qqqqzzzzxxxx").total == 0


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_who_says_that_it_cannot_is_silent(ask_at, status):
    with doors.somebody_says(status) as url, pytest.raises(Silent):
        ask_at(url)


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_our_fault_and_is_logged_with_the_question(ask_at, status, caplog):
    with doors.somebody_says(status) as url, pytest.raises(Unavailable) as raised:
        ask_at(url)
    assert not isinstance(raised.value, Silent)
    (record,) = [line for line in caplog.records if line.levelno == logging.ERROR]
    assert "budget" in record.getMessage()


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"hits": {}}', b"null", b"\xff"])
def test_nonsense_is_unavailable(ask_at, body):
    with doors.somebody_says(200, body) as url, pytest.raises(Unavailable):
        ask_at(url)


def test_another_server_at_the_address_is_unavailable(ask_at):
    with doors.somebody_says(200, b"{}", elastic=False) as url, pytest.raises(Unavailable):
        ask_at(url)


def test_a_missing_index_is_unavailable_and_no_silence(settings, find):
    settings.ELASTICSEARCH_INDEX = "tests-elastic-none"
    with pytest.raises(Unavailable) as raised:
        find("budget")
    assert not isinstance(raised.value, Silent)


def test_an_index_with_another_mapping_is_unavailable(settings, elasticsearch_url, find):
    name = f"tests-elastic-foreign-{os.getpid()}"
    with Elasticsearch(elasticsearch_url) as cluster:
        cluster.index(index=name, id="page:1", document={"title": "budget"}, refresh=True)
        try:
            settings.ELASTICSEARCH_INDEX = name
            with pytest.raises(Unavailable) as raised:
                find("budget")
        finally:
            cluster.indices.delete(index=name)
    assert not isinstance(raised.value, Silent)


def test_an_answer_that_was_cut_short_says_so(ask_at):
    with doors.somebody_says(200, json.dumps(CUT_SHORT).encode()) as url:
        assert ask_at(url).partial


def test_a_whole_answer_is_not_partial(find):
    assert not find("budget").partial


def test_the_cluster_is_told_to_stop_before_the_reader_gives_up(settings, engine):
    asked = {}
    client.ask({"size": 0}, asked.update, within=1.0)
    assert asked["timed_out"] is False


def test_it_speaks_tls_with_a_key_to_a_server_that_it_trusts(
    ask_at, elasticsearch_url, tmp_path, library
):
    with doors.locked_door(elasticsearch_url, tmp_path) as (url, certificate):
        assert ask_at(url, doors.KEY, certificate).total == 1
        with pytest.raises(Silent):
            ask_at(url, doors.KEY)
        with pytest.raises(Unavailable):
            ask_at(url, "d3Jvbmc6a2V5", certificate)


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("budget", {}), ("property taxes", {"theme": ["finance"], "region": ["africa"]}), ("", {})],
)
def test_a_page_with_results_costs_one_request(settings, elasticsearch_url, find, typed, chosen):
    with doors.counting_door(elasticsearch_url) as (settings.ELASTICSEARCH_URL, asked):
        assert find(typed, chosen=chosen).total > 0
    assert len(asked) == 1


def test_one_connection_serves_all_questions_of_a_process(engine):
    assert client.client() is client.client()


def test_a_child_process_makes_a_connection_of_its_own(engine):
    parent = client.client()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, b"own" if client.client() is not parent else b"same")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 4) == b"own"
    assert client.client() is parent
