"""What to read after a post or a product: the editors’ word first, then what is most alike."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.engines.database.engine import DatabaseEngine
from search.projection import changes
from tests.factories.content import make_post, make_product
from tests.factories.events import make_event


@pytest.fixture
def read_next(client, home):
    """Return a function that opens a page and says which titles it offers to read next."""

    def titles(page) -> list[str]:
        changes.catch_up()
        html = client.get(page.get_url()).text
        return re.findall(
            r'(?:card|event-line)__link" href="[^"]*">([^<]*)<', html.partition("Read next")[2]
        )

    return titles


def test_what_shares_most_comes_first(read_next):
    text = [("paragraph", "<p>Cadastres and valuation rolls of small towns.</p>")]
    post = make_post("Cadastres of towns", body=text, themes=["local-democracy"])
    make_post("Ports and rails", themes=["climate-action"])
    make_post("Cadastres once more", body=text, themes=["local-democracy"])
    assert read_next(post)[0] == "Cadastres once more"


def test_what_editors_tied_together_wins(read_next, now):
    meeting = make_event("A meeting on something else", now)
    text = [("paragraph", "<p>Cadastres and valuation rolls of small towns.</p>")]
    make_post("Cadastres once more", body=text)
    recap = make_post("Cadastres of towns", body=text, about=meeting)
    assert read_next(recap)[0] == "A meeting on something else"
    product = make_product("Cadastres, a guide")
    make_post("What the guide is for", about=product)
    assert read_next(product)[0] == "What the guide is for"


def test_old_editions_and_versions_of_the_page_itself_are_no_news(read_next):
    newer = make_product("Valuation of land, a guide", slug="second")
    make_product("Valuation of land, a guide", slug="first", superseded_by=newer)
    assert read_next(newer) == []


def test_a_page_that_was_shown_before_asks_no_engine(read_next, client, monkeypatch):
    post = make_post("Cadastres of towns")
    make_post("Cadastres of villages")
    assert read_next(post) == ["Cadastres of villages"]

    def refuse(*args):
        raise AssertionError("the engine was asked")

    monkeypatch.setattr(DatabaseEngine, "related", refuse)
    with CaptureQueriesContext(connection) as queries:
        client.get(post.get_url())
    assert [query for query in queries if '"search_document' in query["sql"]] == []


def test_a_draft_is_never_offered(read_next):
    post = make_post("Cadastres of towns")
    make_post("Cadastres of villages", live=False)
    assert read_next(post) == []
