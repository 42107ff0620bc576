"""The real services answer and can do what the site needs of them."""

import os

import elasticsearch
import psycopg
import pytest
from django.db import connection
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


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_that_it_was_given():
    asked = os.environ.get("DATABASE_URL", "sqlite").split(":")[0]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from django_migrations")
        assert cursor.fetchone()[0] > 0
    assert connection.vendor == {"postgres": "postgresql"}.get(asked, asked)
