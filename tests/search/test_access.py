"""Drafts, private pages and what was taken back are never found, whatever their type."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction, get_page_models

from pages.models import SitePage
from tests.factories.any_page import make_page
from tests.factories.content import make_person, make_post, make_product
from tests.factories.groups import make_group

WORD = "Unmistakable"
PAGE_TYPES = [
    model for model in get_page_models() if issubclass(model, SitePage) and model is not SitePage
]


@pytest.fixture
def pages(home) -> list[SitePage]:
    """A live page of each type; the home page is the one of the site."""
    home.refresh_from_db()
    home.title = f"{WORD} HomePage"
    home.save()
    others = [model for model in PAGE_TYPES if model is not type(home)]
    made = [make_page(model, f"{WORD} {model.__name__}", home=home) for model in others]
    return [*made, home]


@pytest.fixture
def found(find) -> Callable[[], set[str]]:
    """Return a function that says which of these pages are found, by all ways to find them."""

    def search() -> set[str]:
        answers = [
            {title for title in _titles(find, **ways) if title.startswith(WORD)}
            for ways in ({"q": WORD}, {}, {"q": WORD, "sort": "oldest"}, {"sort": "oldest"})
        ]
        assert all(answer == answers[0] for answer in answers), answers
        return {title.removeprefix(f"{WORD} ") for title in answers[0]}

    return search


def _titles(find, **parameters) -> list[str]:
    answer = find(**parameters)
    titles = [result["title"] for result in answer["results"]]
    for page in range(2, -(-answer["count"] // 20) + 1):
        titles += [result["title"] for result in find(**parameters, page=page)["results"]]
    assert len(titles) == answer["count"]
    return titles


def test_a_live_page_of_each_type_is_found(pages, found):
    assert found() == {model.__name__ for model in PAGE_TYPES}


def test_a_draft_of_any_type_is_not(pages, found):
    for page in pages:
        page.live = False
        page.save()
    assert found() == set()


def test_an_unpublished_page_of_any_type_is_not(pages, found):
    for page in pages:
        page.unpublish()
    assert found() == set()


@pytest.mark.parametrize("restriction", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_private_page_of_any_type_is_not(
    pages, found, restriction, django_capture_on_commit_callbacks
):
    *others, home = pages
    for page in others:
        PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="x")
    assert found() == {"HomePage"}
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=home, restriction_type=restriction, password="x")
    assert found() == set()


def test_a_product_that_was_withdrawn_is_not(find, home):
    make_product("Withdrawn words", status="withdrawn")
    assert find(q="withdrawn")["count"] == 0


def test_a_deleted_page_of_any_type_is_not(pages, found):
    for page in pages[:-1]:
        if SitePage.objects.filter(pk=page.pk).exists():  # not gone with the page above it
            page.delete()
    assert found() == {"HomePage"}


def test_a_page_outside_of_every_site_has_no_address_and_is_not(find, home):
    make_page(type(home), "Another home", home=home)
    assert find(q="another home")["count"] == 0


def test_a_draft_of_a_live_page_is_not(find, home):
    post = make_post("Published words")
    post.title = "Secret words"
    post.save_revision()
    assert find(q="secret")["count"] == 0
    assert find(q="published")["count"] == 1


def test_a_person_without_a_public_page_is_not(find, home):
    make_person("Hidden Person", is_public=False)
    assert find(q="hidden")["count"] == 0
    assert "person" not in [option["value"] for option in find()["facets"]["type"]]


def test_what_is_private_is_in_no_count_and_in_no_name(ask, find, home):
    group = make_page(_group_type(), "Private group", home=home, short_name="Private")
    make_post("Below it", parent=group, themes=["subnational-finance"], countries=["ke"])
    PageViewRestriction.objects.create(page=group, restriction_type=PageViewRestriction.LOGIN)
    answer = find()
    assert "theme" not in answer["facets"]
    assert "country" not in answer["facets"]
    assert "Private" not in ask().text
    # The group has no name here, so its address means nothing.
    assert find(group=group.slug)["count"] == answer["count"]


def test_a_post_filed_under_a_private_group_does_not_name_it(find, home):
    group = make_page(_group_type(), "Private group", home=home, short_name="Private")
    PageViewRestriction.objects.create(page=group, restriction_type=PageViewRestriction.LOGIN)
    make_product("Open product", group=group)
    (result,) = find(q="open product")["results"]
    assert result["group"] is None
    assert "group" not in find(q="open product")["facets"]


def test_who_signs_in_finds_what_members_may_read_everywhere(ask, find, client, home):
    group = make_group("Closed group")
    post = make_post("Open words", themes=["climate-action"])
    closed = make_post("Closed words", themes=["subnational-finance"], parent=group)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert _seen(ask, find) == {post.title}
    client.force_login(get_user_model().objects.create_user("member@example.org"))
    assert _seen(ask, find) == {post.title, closed.title}
    themes = {option["value"] for option in find(q="words")["facets"]["theme"]}
    assert themes == {"climate-action", "subnational-finance"}


def test_a_page_for_some_is_found_by_them_alone(ask, find, client, home):
    board = Group.objects.create(name="Board")
    post = make_post("Board words")
    restriction = PageViewRestriction.objects.create(
        page=post, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(board)
    member = get_user_model().objects.create_user("member@example.org")
    client.force_login(member)
    assert _seen(ask, find) == set()
    member.groups.add(board)
    assert _seen(ask, find) == {post.title}


def _seen(ask, find) -> set[str]:
    """Return the titles with “words” in results and in the feed, which must be the same."""
    listed = {result["title"] for result in find(q="words")["results"]}
    counted = sum(option["count"] for option in find(q="words")["facets"].get("year", []))
    fed = set(re.findall(r"<title>(\w+ words)</title>", ask(q="words", format="rss").text))
    assert listed == fed
    assert counted == len(listed)
    return listed


def _group_type():
    return next(model for model in PAGE_TYPES if model.entity == "group")
