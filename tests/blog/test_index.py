"""The list of posts and its filters."""

import datetime

import pytest
from django.core.cache import caches
from wagtail.models import PageViewRestriction

from tests.factories.content import make_post
from tests.factories.groups import make_group

pytestmark = pytest.mark.django_db


def titles(response) -> str:
    return response.content.decode()


def facet(response, name: str) -> dict[str, int]:
    found = next(each for each in response.context["listing"].facets if each.name == name)
    return {option.value: option.count for option in (*found.options, *found.more)}


def test_posts_stand_newest_first(client, home):
    make_post("Older", date=datetime.date(2026, 1, 1))
    make_post("Newer", date=datetime.date(2026, 2, 1))
    make_post("Undated", date=None)
    html = titles(client.get("/blog/"))
    assert html.index("Newer") < html.index("Older") < html.index("Undated")
    assert html.count("<h1") == 1


def test_values_of_one_filter_widen_and_different_filters_narrow(client, home):
    make_post("Kenya money", themes=["subnational-finance"], countries=["ke"])
    make_post("Kenya votes", themes=["local-democracy"], countries=["ke"])
    make_post("Nepal money", themes=["subnational-finance"], countries=["np"])
    html = titles(client.get("/blog/?region=africa&theme=subnational-finance"))
    assert "Kenya money" in html
    assert "Kenya votes" not in html
    assert "Nepal money" not in html
    html = titles(client.get("/blog/?region=africa&region=asia&theme=subnational-finance"))
    assert "Kenya money" in html
    assert "Nepal money" in html


def test_a_count_says_what_the_value_alone_would_give(client, home):
    make_post(kind="recap", regions=["africa"])
    make_post(kind="recap", regions=["asia"])
    make_post(kind="explainer", regions=["africa"], countries=["ke"])
    response = client.get("/blog/?kind=recap")
    assert facet(response, "kind") == {"recap": 2, "explainer": 1}
    assert facet(response, "region") == {"africa": 1, "asia": 1}
    assert response.context["listing"].count == 2


def test_a_page_with_region_and_country_of_it_counts_once(client, home):
    make_post(regions=["africa"], countries=["ke", "ug"])
    make_post(regions=["asia"])
    assert facet(client.get("/blog/"), "region") == {"africa": 1, "asia": 1}


def test_a_group_is_found_under_its_own_slug(client, home):
    group = make_group("Africa", kind="regional-group")
    make_post("Ours", parent=group)
    make_post("Theirs")
    html = titles(client.get("/blog/?group=africa"))
    assert "Ours" in html
    assert "Theirs" not in html


@pytest.mark.parametrize(
    "query",
    [
        "region=atlantis",
        "kind=%00",
        "year=abcd",
        "year=99999999999999999999",
        "group=%27%22%3B--",
        "theme=" + "x" * 5000,
        "language=xx&country=%F0%9F%92%A9",
        "&".join(f"theme=t{number}" for number in range(200)),
    ],
)
def test_unknown_values_are_left_out_and_named(client, home, query):
    make_post("Still here")
    response = client.get(f"/blog/?{query}")
    assert response.status_code == 200
    assert "Still here" in titles(response)
    assert "Some filters were left out" in titles(response)


def test_a_hostile_value_is_escaped(client, home):
    assert "<script>alert" not in titles(client.get("/blog/?theme=<script>alert(1)</script>"))


@pytest.mark.parametrize("number", ["0", "-1", "2", "x", "1e3", "99999999999", "%00", ""])
def test_a_page_that_is_not_there_is_404(client, home, number):
    make_post()
    assert client.get(f"/blog/?page={number}").status_code == 404


def test_pages_keep_the_filters(client, home):
    for _ in range(21):
        make_post(kind="recap")
    html = titles(client.get("/blog/?kind=recap"))
    assert "?kind=recap&amp;page=2" in html
    second = client.get("/blog/?kind=recap&page=2")
    assert "page 2 of 2" in titles(second)
    assert len(second.context["listing"].pages) == 1


def test_a_filter_in_use_can_be_removed(client, home):
    make_post(kind="recap", themes=["local-democracy"])
    listing = client.get("/blog/?kind=recap&theme=local-democracy").context["listing"]
    assert [chip.remove_url for chip in listing.chips] == ["?theme=local-democracy", "?kind=recap"]


def test_an_empty_blog_and_an_empty_answer_have_words(client, home):
    assert "No posts yet" in titles(client.get("/blog/"))
    assert "Nothing matches all of these filters" in titles(client.get("/blog/?kind=recap"))


def test_drafts_and_private_posts_are_not_listed(client, home):
    make_post("Draft", live=False)
    private = make_post("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    group = make_group("Closed", kind="thematic-group")
    make_post("Inside", parent=group)
    PageViewRestriction.objects.create(page=group, restriction_type="login")
    html = titles(client.get("/blog/"))
    assert not any(title in html for title in ("Draft", "Private", "Inside"))


def test_a_post_in_another_language_is_marked(client, home):
    make_post("Presupuesto", language="es")
    assert 'lang="es" dir="ltr"' in titles(client.get("/blog/"))


def test_a_longer_list_costs_no_more_queries(client, home, count_queries):
    few = [
        make_post(themes=["local-democracy"], countries=["ke"], authors=["N. N."]) for _ in "abc"
    ]
    before = count_queries("/blog/?region=africa")
    for _ in range(12 - len(few)):
        make_post(themes=["local-democracy"], countries=["ke"], authors=["N. N."])
    caches["default"].clear()
    assert count_queries("/blog/?region=africa") == before
    assert before <= 12


def test_a_cold_list_stays_within_its_budget(client, home, django_assert_max_num_queries):
    for _ in range(12):
        make_post(themes=["local-democracy"], countries=["ke"], authors=["N. N."])
    client.get("/groups/")
    for key in list(caches["default"]._cache):
        if "list:" in key or "card:" in key:
            del caches["default"]._cache[key]
    with django_assert_max_num_queries(32):
        client.get("/blog/?region=africa&theme=local-democracy&country=ke")
