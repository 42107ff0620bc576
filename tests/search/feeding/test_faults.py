"""Whatever happens to a real cluster: readers find, editors save, the index is right afterwards."""

import contextlib
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.utils import timezone
from elasticsearch import Elasticsearch

from search.engines.choosing import cluster_breaker
from search.engines.elastic.client import index
from search.projection import changes, indices
from search.projection.bulk import Trouble
from search.projection.worker import Worker
from tests.factories.content import make_post
from tests.search.elastic import doors

from .cluster import holds, read_only, should_hold

Fault = Callable[[Elasticsearch, object], AbstractContextManager[None]]


@contextlib.contextmanager
def killed(cluster: Elasticsearch, settings) -> Iterator[None]:
    with behind(settings, doors.nobody_is_there()):
        yield


@contextlib.contextmanager
def hung(cluster: Elasticsearch, settings) -> Iterator[None]:
    with behind(settings, doors.nobody_answers()):
        yield


@contextlib.contextmanager
def slow(cluster: Elasticsearch, settings) -> Iterator[None]:
    with behind(settings, doors.slow_door(settings.ELASTICSEARCH_URL, 0.6)):
        yield


@contextlib.contextmanager
def full(cluster: Elasticsearch, settings) -> Iterator[None]:
    with read_only(cluster):
        yield


@contextlib.contextmanager
def restarted_empty(cluster: Elasticsearch, settings) -> Iterator[None]:
    for name in indices.generations(cluster):
        cluster.indices.delete(index=name)
    yield


@contextlib.contextmanager
def without_its_alias(cluster: Elasticsearch, settings) -> Iterator[None]:
    cluster.indices.delete_alias(index=indices.in_use(cluster)[0], name=index())
    yield


@contextlib.contextmanager
def of_another_mapping(cluster: Elasticsearch, settings) -> Iterator[None]:
    (before,) = indices.in_use(cluster)
    cluster.indices.create(
        index=f"{index()}-20000101000000000000",
        mappings={"properties": {"title": {"type": "long"}}},
        aliases={index(): {}},
    )
    cluster.indices.delete(index=before)
    yield


@contextlib.contextmanager
def half_rebuilt(cluster: Elasticsearch, settings) -> Iterator[None]:
    """Somebody began to build it anew, and died."""
    progress = indices.Progress(version=changes.last_version())
    indices.create(cluster, progress, timezone.now())
    yield


@contextlib.contextmanager
def behind(settings, door: AbstractContextManager[str]) -> Iterator[None]:
    """Let the site reach the cluster through this door only."""
    there = settings.ELASTICSEARCH_URL
    with door as settings.ELASTICSEARCH_URL:
        yield
    settings.ELASTICSEARCH_URL = there


FAULTS = [
    killed,
    hung,
    slow,
    full,
    restarted_empty,
    without_its_alias,
    of_another_mapping,
    half_rebuilt,
]


def work() -> None:
    with contextlib.suppress(Trouble):
        Worker(lambda line: None).run_once()


@pytest.mark.parametrize("fault", FAULTS)
def test_readers_find_editors_save_and_the_index_recovers(
    ask, home, cluster: Elasticsearch, settings, monkeypatch, fault: Fault
):
    monkeypatch.setattr("search.engines.elastic.engine.ANSWERS_WITHIN", 0.4)
    monkeypatch.setattr("search.engines.elastic.client.WRITES_WITHIN", 0.4)
    kept, renamed, withdrawn = (make_post(f"Cadastres {name}") for name in ("one", "two", "three"))
    work()
    cluster.indices.refresh(index=index())
    with fault(cluster, settings):
        for form in ("html", "json", "rss"):
            response = ask(q="cadastres", format=form)
            assert response.status_code == 200
            assert "Cadastres one" in re.sub("</?mark>", "", response.text)
        renamed.title = "Cadastres four"
        renamed.save_revision().publish()
        withdrawn.unpublish()
        make_post("Cadastres five")
        changes.catch_up()
        work()
        assert ask(q="cadastres").status_code == 200
    monkeypatch.undo()
    cluster_breaker.reset()
    work()
    assert holds(cluster) == should_hold()
    found = ask(q="cadastres", format="json").json()
    titles = {result["title"] for result in found["results"]}
    assert (titles, found["basic"]) == ({kept.title, renamed.title, "Cadastres five"}, False)
