"""Anonymous pages: cached, validated, and right at the next request after any change."""

import gzip

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from home.actions import publish
from pages import generation
from pages.models import StandardPage
from taxonomy.models import Theme


@pytest.fixture(autouse=True)
def _page_cache(settings):
    settings.PAGE_CACHE_SECONDS = 60


@pytest.fixture
def page(home, now):
    page = home.add_child(instance=StandardPage(title="About us", slug="about", live=False))
    publish(page, now)
    page.refresh_from_db()
    return page


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run what waits for a commit: the tests’ own transaction never commits."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def queries_of(client, url: str, **headers) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url, headers=headers)
    return len(queries)


def test_the_second_reader_costs_no_query(client, page):
    assert queries_of(client, "/about/") > 0
    assert queries_of(client, "/about/") == 0


def test_an_answer_says_how_it_may_be_kept(client, page):
    response = client.get("/about/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Vary"] == "Accept-Encoding, Cookie"
    assert response["ETag"]


def test_a_known_page_is_not_sent_again(client, page):
    etag = client.get("/about/")["ETag"]
    response = client.get("/about/", headers={"if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert client.get("/about/", headers={"if-none-match": '"else"'}).status_code == 200


def test_a_page_is_zipped_for_those_who_can_read_it(client, page):
    plain = client.get("/about/")
    zipped = client.get("/about/", headers={"accept-encoding": "br, gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["ETag"] == plain["ETag"]


def test_a_publish_shows_at_the_next_request(client, page, now, commit):
    client.get("/about/")
    with commit():
        page.title = "About the Alliance"
        publish(page, now)
    assert "About the Alliance" in client.get("/about/").content.decode()


def test_a_draft_leaves_the_cache_alone(client, page, commit):
    client.get("/about/")
    with commit():
        page.title = "Not yet"
        page.save_revision()
    assert queries_of(client, "/about/") == 0


def test_a_withdrawn_page_is_gone_at_the_next_request(client, page, commit):
    client.get("/about/")
    with commit():
        page.unpublish()
    assert client.get("/about/").status_code == 404


def test_a_moved_page_is_found_at_its_new_address_at_once(client, home, page, now, commit):
    parent = home.add_child(instance=StandardPage(title="More", slug="more", live=False))
    publish(parent, now)
    client.get("/about/")
    with commit():
        page.move(parent, pos="last-child")
    assert client.get("/about/")["Location"] == "/more/about/"
    assert client.get("/more/about/").status_code == 200


def test_a_renamed_theme_shows_at_the_next_request(client, page, commit):
    before = generation.current()
    with commit():
        theme = Theme.objects.first()
        theme.name = "Another name"
        theme.save()
    assert generation.current() != before


def test_a_change_that_is_rolled_back_leaves_the_cache_alone(client, page):
    @transaction.atomic
    def save_and_fail():
        Theme.objects.first().save()
        raise ZeroDivisionError

    before = generation.current()
    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert generation.current() == before


def test_unknown_parameters_neither_miss_nor_poison(client, page):
    plain = client.get("/about/")
    assert queries_of(client, "/about/?utm_source=mail&fbclid=1") == 0
    assert client.get("/about/?utm_source=%3Cscript%3E").content == plain.content


def test_the_order_of_parameters_does_not_matter(client, home):
    client.get("/events/?view=past&page=1")
    assert queries_of(client, "/events/?page=1&view=past") == 0


def test_readers_in_other_time_zones_get_their_own_page(client, home):
    client.get("/events/")
    client.cookies["tz"] = "Africa/Nairobi"
    assert queries_of(client, "/events/") > 0
    client.cookies["tz"] = "No/Such_Zone"
    assert queries_of(client, "/events/") == 0


def test_people_who_signed_in_never_meet_the_cache(client, admin_client, page):
    client.get("/about/")
    response = admin_client.get("/about/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "wagtail-userbar" not in client.get("/about/").content.decode()


@pytest.mark.parametrize("path", ["/nothing/", "/admin/", "/accounts/login/"])
def test_what_is_not_a_public_page_is_not_kept(client, home, path):
    client.get(path)
    assert not any("page:" in key for key in caches["pages"]._cache)
    assert "public" not in client.get(path).headers.get("Cache-Control", "")


def test_a_page_is_served_when_the_cache_forgets(client, page):
    client.get("/about/")
    caches["pages"].clear()
    assert client.get("/about/").status_code == 200


def test_a_page_that_is_being_made_sees_one_generation(page):
    with generation.held():
        at_first = generation.current()
        caches["pages"].set(generation.KEY, "changed-elsewhere", timeout=None)
        assert generation.current() == at_first
    assert generation.current() == "changed-elsewhere"


def test_a_change_made_with_a_page_is_seen_by_the_rest_of_it(page, commit):
    with generation.held():
        before = generation.current()
        with commit():
            generation.renew()
        assert generation.current() != before
    with generation.held("as looked up by somebody else"):
        assert generation.current() == "as looked up by somebody else"


def test_a_page_made_during_a_change_is_not_read_again(page, client, monkeypatch):
    """The page began before the change, so what it holds may be old."""

    def change_meanwhile(name, make):
        caches["pages"].set(generation.KEY, "later", timeout=None)
        return make()

    with monkeypatch.context() as patch:
        patch.setattr("home.navigation.remembered", change_meanwhile)
        client.get(page.url)
    assert queries_of(client, page.url) > 0
    assert queries_of(client, page.url) == 0
