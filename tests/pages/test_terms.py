"""Pages of regions, themes, sectors and countries."""

import pytest
from django.core.cache import caches
from wagtail.models import PageViewRestriction

from taxonomy.models import Country
from tests.factories.content import make_person, make_post, make_product, tag
from tests.factories.events import make_event
from tests.factories.groups import make_group

pytestmark = pytest.mark.django_db


def html_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_everything_tagged_by_a_country_is_found_under_its_region(client, home, now):
    make_post("A post", countries=["ke"])
    make_product("A product", regions=["africa"])
    group = make_group("Africa group", kind="regional-group")
    tag(group, regions=["africa"])
    group.save()
    response = client.get("/regions/africa/")
    html = response.content.decode()
    assert all(title in html for title in ("A post", "A product", "Africa group"))
    found = [section.entity for section in response.context["sections"]]
    assert found == ["group", "product", "post"]
    assert "/blog/?region=africa" in html
    assert "/library/?region=africa" in html
    assert "/countries/ke/" in html
    assert html.count("<h1") == 1


def test_each_type_has_its_section_and_the_way_to_all(client, home, now):
    make_post("A post", themes=["local-democracy"])
    event = make_event("A meeting", now)
    tag(event, themes=["local-democracy"])
    event.save()
    response = client.get("/themes/local-democracy/")
    sections = {section.entity: section.url for section in response.context["sections"]}
    assert list(sections) == ["event", "post"]
    assert sections["post"] == "/blog/?theme=local-democracy"


@pytest.mark.parametrize("url", ["/themes/gender-equity/", "/sectors/health/", "/regions/mena/"])
def test_a_term_without_content_says_so(client, home, url):
    assert "Nothing here yet" in html_of(client, url)


@pytest.mark.parametrize(
    ("url", "address"),
    [("/themes/gender-equity/", "?theme=gender-equity"), ("/sectors/health/", "?q=Health")],
)
def test_a_term_leads_to_the_search_for_it(client, home, url, address):
    assert f'href="/search/{address}"' in client.get(url).text


@pytest.mark.parametrize(
    "url", ["/regions/atlantis/", "/themes/x/", "/countries/zz/", "/countries/KE/", "/sectors/%00/"]
)
def test_a_term_that_is_not_there_is_404(client, home, url):
    assert client.get(url).status_code == 404


def test_a_country_without_profile_is_not_assessed_and_offers_its_region(client, home):
    make_product("Regional report", regions=["africa"])
    html = html_of(client, "/countries/so/")
    assert "Not assessed yet" in html
    assert "Regional report" in html
    assert "/regions/africa/" in html


def test_a_country_with_profile_is_assessed(client, home):
    make_product("Profile", kind="country-profile", countries=["ke"])
    assert "Not assessed yet" not in html_of(client, "/countries/ke/")


def test_a_country_shows_its_people(client, home):
    kenya = Country.objects.get(code="KE")
    make_person("Amina Sample", country=kenya)
    make_person("Hidden Sample", country=kenya, is_public=False)
    html = html_of(client, "/countries/ke/")
    assert "Amina Sample" in html
    assert "Hidden Sample" not in html


def test_countries_with_content_stand_under_their_region(client, home):
    make_post(countries=["ke"])
    make_post(countries=["np"], live=False)
    html = html_of(client, "/countries/")
    assert "/countries/ke/" in html
    assert "/countries/np/" not in html


def test_no_country_at_all_has_words(client, home):
    assert "No countries yet" in html_of(client, "/countries/")


def test_drafts_private_and_withdrawn_pages_stand_under_no_term(client, home):
    make_post("Draft", live=False, countries=["ke"])
    private = make_post("Private", countries=["ke"])
    make_product("Withdrawn", countries=["ke"], status="withdrawn")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for url in ("/countries/ke/", "/regions/africa/", "/countries/"):
        html = html_of(client, url)
        assert not any(title in html for title in ("Draft", "Private", "Withdrawn"))
        assert url == "/countries/ke/" or "/countries/ke/" not in html


def test_a_term_has_its_name_in_the_readers_language(client, home):
    html = html_of(client, "/ar/regions/mena/")
    assert 'dir="rtl"' in html
    assert "الشرق الأوسط" in html


@pytest.mark.parametrize("url", ["/regions/africa/", "/countries/ke/", "/countries/"])
def test_terms_cost_the_same_however_much_there_is(client, home, count_queries, url):
    for _ in range(3):
        make_post(countries=["ke"], themes=["local-democracy"], authors=["A"])
    before = count_queries(url)
    for _ in range(9):
        make_post(countries=["ke"], themes=["local-democracy"], authors=["A"])
    caches["default"].clear()
    assert count_queries(url) == before
    assert before <= 12
