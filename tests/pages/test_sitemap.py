"""sitemap.xml and robots.txt."""

import pytest
from wagtail.models import Locale, PageViewRestriction

from tests.factories.content import make_person, make_post, make_product

pytestmark = pytest.mark.django_db
HOST = "http://127.0.0.1:8000"


def text(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_sitemap_lists_its_parts(client, home):
    index = text(client, "/sitemap.xml")
    for part in ("pages", "terms", "people"):
        assert f"/sitemap-{part}.xml" in index
    assert client.get("/sitemap-none.xml").status_code == 404
    assert client.get("/sitemap-pages.xml?p=999").status_code == 404


def test_public_pages_are_found_and_no_others(client, home):
    make_post("A post")
    make_post("Draft", live=False)
    make_product("Withdrawn", status="withdrawn")
    private = make_post("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    found = text(client, "/sitemap-pages.xml")
    assert f"<loc>{HOST}/blog/a-post/</loc>" in found
    assert not any(slug in found for slug in ("draft", "withdrawn", "private"))


def test_translations_are_named(client, home):
    french = home.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.save_revision().publish()
    found = text(client, "/sitemap-pages.xml")
    assert f'hreflang="fr" href="{HOST}/fr/"' in found
    assert f'hreflang="x-default" href="{HOST}/"' in found


def test_terms_and_people_are_found_in_every_language(client, home):
    make_post(countries=["ke"])
    make_person("Amina Sample")
    make_person("Hidden Sample", is_public=False)
    terms = text(client, "/sitemap-terms.xml")
    assert f"<loc>{HOST}/ar/regions/africa/</loc>" in terms
    assert f"<loc>{HOST}/countries/ke/</loc>" in terms
    assert "/countries/np/" not in terms
    people = text(client, "/sitemap-people.xml")
    assert f"<loc>{HOST}/people/amina-sample/</loc>" in people
    assert "hidden" not in people


def test_the_sitemap_costs_the_same_with_more_pages(client, home, count_queries):
    make_post()
    before = count_queries("/sitemap-pages.xml")
    for _ in range(11):
        make_post()
    assert count_queries("/sitemap-pages.xml") == before


def test_robots_are_kept_from_the_admin_and_shown_the_sitemap(client, home):
    lines = text(client, "/robots.txt").splitlines()
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
