"""The page on a real cluster: the same answers, in one request, and no failure when it goes."""

import logging
import re
import uuid
from collections.abc import Callable, Iterator

import pytest

from search.engines.elastic.client import indexing_client
from search.models import FileText
from search.projection import changes, rebuilding
from tests.factories.content import attach, make_document, make_person, make_post, make_product

from .elastic import doors

FINANCE = "subnational-finance"


@pytest.fixture
def index(settings, elasticsearch_url: str, home) -> Iterator[Callable[[], None]]:
    """Return a function that puts everything that the site has into an index of the test’s own."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_INDEX = f"page-{uuid.uuid4().hex[:12]}"
    settings.ELASTICSEARCH_REPLICAS = 0

    def rebuild() -> None:
        changes.catch_up()
        rebuilding.rebuild(indexing_client(), lambda line: None)

    yield rebuild
    settings.ELASTICSEARCH_URL = elasticsearch_url
    client = indexing_client()
    for name in client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX}*").body:
        client.indices.delete(index=name)


@pytest.fixture
def library(index) -> None:
    """Some content in the index."""
    ama = make_person("Ama Mensah")
    make_post("Transfers explained", regions=["africa"], themes=[FINANCE], authors=[ama])
    make_post("Transferts expliqués", language="fr", countries=["ke"])
    make_product("A guide to transfers", kind="guide", themes=[FINANCE], regions=["asia"])
    index()


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"q": "transfers"},
        {"q": "transfers", "region": ["africa", "asia"], "type": "post"},
        {"theme": FINANCE, "sort": "oldest"},
        {"author": "ama-mensah"},
        {"q": "transfers", "year": "2011"},
    ],
)
def test_cluster_and_database_count_the_same(find, settings, library, parameters):
    by_cluster = find(**parameters)
    settings.ELASTICSEARCH_URL = ""
    by_database = find(**parameters)
    assert (by_cluster["basic"], by_database["basic"]) == (False, True)
    assert by_cluster["count"] == by_database["count"]
    assert by_cluster["facets"] == by_database["facets"]
    found = [{result["url"] for result in each["results"]} for each in (by_cluster, by_database)]
    assert found[0] == found[1]


def test_a_page_with_results_asks_the_cluster_once(ask, library, caplog):
    with caplog.at_level(logging.INFO, logger="elastic_transport.transport"):
        page = ask(q="transfers", region="africa").text
    assert "<mark>Transfers</mark> explained" in page
    assert "basic mode" not in page
    assert len([line for line in caplog.messages if "/_search" in line]) == 1


def test_whatever_the_page_gives_comes_from_the_cluster(ask, find, library):
    feed = ask(q="transfers", format="rss").text
    assert "Transfers explained" in feed
    suggested = ask("/search/suggestions/", q="transf").json()["suggestions"]
    assert "Transfers explained" in {found["title"] for found in suggested}


@pytest.mark.parametrize("engine", ["cluster", "database"])
def test_a_file_is_opened_at_its_page_whoever_answers(ask, find, index, settings, engine):
    product, document = make_product("A handbook"), make_document("Its text")
    attach(product, document)
    FileText.objects.update_or_create(
        file=document,
        defaults={
            "file_hash": document.file_hash,
            "state": FileText.State.DONE,
            "pages": ["Nothing to see here.", "The hysteresis stands here."],
        },
    )
    changes.mark(f"page:{product.pk}")
    index()
    if engine == "database":
        settings.ELASTICSEARCH_URL = ""
    (result,) = find(q="hysteresis")["results"]
    assert result["file"]["page"] == 2
    assert result["file"]["url"].endswith(f"{document.url}#page=2")
    assert "Found in the file, page 2" in ask(q="hysteresis").text


@pytest.mark.parametrize("door", [doors.nobody_is_there, lambda: doors.somebody_says(503)])
def test_when_the_cluster_goes_the_reader_still_finds(ask, settings, library, door):
    with door() as settings.ELASTICSEARCH_URL:
        for form in ("html", "json", "rss"):
            response = ask(q="transfers", region="africa", format=form)
            assert response.status_code == 200
            assert "Transfers explained" in re.sub("</?mark>", "", response.text)
        assert "Search is running in basic mode" in ask(q="transfers").text
        assert ask("/search/suggestions/", q="transf").json()["suggestions"]


def test_a_reader_who_finds_nothing_waits_for_a_hung_cluster_once(
    ask, settings, library, monkeypatch, caplog
):
    monkeypatch.setattr("search.engines.elastic.engine.ANSWERS_WITHIN", 0.2)
    listening = caplog.at_level(logging.INFO, logger="elastic_transport.transport")
    with doors.nobody_answers() as settings.ELASTICSEARCH_URL, listening:
        page = ask(q="zebra").text
    assert "Search is running in basic mode" in page
    assert len([line for line in caplog.messages if "/_search" in line]) == 1
