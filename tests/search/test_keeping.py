"""Which answers of the search may be kept for the next reader, and which never."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.models import Change
from search.projection import changes
from search.projection.retries import MOST_ATTEMPTS
from tests.factories.content import make_post

NOBODY_LISTENS = "http://127.0.0.1:9"
PUBLIC, PRIVATE = "public, max-age=0, must-revalidate", "private, no-cache"


@pytest.fixture(autouse=True)
def _page_cache(settings):
    settings.PAGE_CACHE_SECONDS = 60


def test_a_search_without_words_is_kept_until_the_content_changes(ask, client, home):
    make_post("Transfers")
    assert ask(type="post").headers["Cache-Control"] == PUBLIC
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", {"type": "post"})
    assert len(queries) == 0


def test_what_is_known_to_be_old_is_not_kept(ask, client, home):
    ask()
    make_post("Transfers")
    assert client.get("/search/", {"type": "post"}).headers["Cache-Control"] == PRIVATE
    changes.catch_up()
    assert "Transfers" in client.get("/search/", {"type": "post"}).text


def test_what_was_given_up_keeps_nothing_else_from_being_kept(ask, home):
    ask()
    Change.objects.create(what="page:7", attempts=MOST_ATTEMPTS, error="It cannot be built.")
    assert ask(type="post").headers["Cache-Control"] == PUBLIC


@pytest.mark.parametrize("form", ["html", "json", "rss"])
def test_a_stopgap_is_not_kept(ask, home, settings, form):
    make_post("Transfers")
    settings.ELASTICSEARCH_URL = NOBODY_LISTENS
    response = ask(type="post", format=form)
    assert response.status_code == 200
    assert "Transfers" in response.text
    assert response.headers["Cache-Control"] == PRIVATE


@pytest.mark.parametrize("form", ["html", "json", "rss"])
def test_what_a_member_sees_is_never_kept(ask, client, home, form):
    make_post("Transfers")
    client.force_login(get_user_model().objects.create_user("member@example.org"))
    assert ask(type="post", format=form).headers["Cache-Control"] == PRIVATE
