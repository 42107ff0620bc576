"""The real services answer and can do what the site needs of them."""

import elasticsearch
import psycopg
import pytest
from playwright.sync_api import Page


@pytest.fixture
def search_server(elasticsearch_url):
    with elasticsearch.Elasticsearch(elasticsearch_url) as client:
        yield client


def stems(client: elasticsearch.Elasticsearch, language: str, text: str) -> list[str]:
    answer = client.indices.analyze(analyzer=language, text=text)
    return [token["token"] for token in answer["tokens"]]


def test_postgres_answers_and_knows_letters_beyond_ascii(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        version, lower = connection.execute("select version(), lower('ÉTATS')").fetchone()
    assert version.startswith("PostgreSQL ")
    assert lower == "états"


def test_elasticsearch_is_of_the_clients_major_version(search_server):
    server = search_server.info()["version"]["number"]
    assert int(server.split(".")[0]) == elasticsearch.__version__[0]


def test_elasticsearch_reduces_french_words_to_one_stem(search_server):
    assert stems(search_server, "french", "les collectivités locales") == stems(
        search_server, "french", "la collectivité locale"
    )


def test_elasticsearch_finds_an_arabic_word_without_its_article(search_server):
    assert stems(search_server, "arabic", "اللامركزية المالية") == stems(
        search_server, "arabic", "لامركزية مالية"
    )


def test_chromium_renders_a_page(browser_page: Page):
    browser_page.goto("data:text/html,<title>Read</title><h1 style='width:50vw'>Hello</h1>")
    assert browser_page.title() == "Read"
    assert browser_page.locator("h1").bounding_box()["width"] == 640
