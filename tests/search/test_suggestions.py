"""While somebody types: titles that begin so, for everybody or for those who may read them."""

import itertools

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import PageViewRestriction

from tests.factories.content import make_person, make_post, make_product

ADDRESS = "/search/suggestions/"


@pytest.fixture
def suggest(ask):
    """Return a function that answers with the suggestions for a beginning."""

    def suggestions(text: str, path: str = ADDRESS) -> list[dict[str, str]]:
        response = ask(path, q=text)
        assert response.status_code == 200
        return response.json()["suggestions"]

    return suggestions


def test_a_beginning_finds_titles_and_names_those_of_a_type_together(suggest, home):
    make_post("Transfers explained")
    make_product("Transfers, a guide")
    make_post("Transfers in Kenya")
    make_person("Tranh Sample")
    found = suggest("tran")
    assert {suggestion["title"] for suggestion in found} == {
        "Transfers explained",
        "Transfers, a guide",
        "Transfers in Kenya",
        "Tranh Sample",
    }
    types = [suggestion["type"] for suggestion in found]
    assert len(set(types)) == 3
    assert sum(one != other for one, other in itertools.pairwise(types)) == 2


def test_a_suggestion_leads_to_its_page(suggest, home):
    make_post("Recettes propres", language="fr")
    assert suggest("recet") == [
        {
            "title": "Recettes propres",
            "url": "/blog/recettes-propres/",
            "type": "post",
            "type_label": "Posts",
            "language": "fr",
        }
    ]


def test_suggestions_speak_the_language_of_the_page(suggest, home):
    make_person("Ama Mensah")
    (found,) = suggest("mens", path="/fr/search/suggestions/")
    assert found["url"] == "/fr/people/ama-mensah/"


@pytest.mark.parametrize(
    "typed", ["", " ", "t", "\x00", "'\"*", "\u202e", "x" * 10_000, "%", "tran*"]
)
def test_anything_typed_gets_an_answer(ask, home, typed):
    make_post("Transfers")
    response = ask(ADDRESS, q=typed)
    assert response.status_code == 200
    assert isinstance(response.json()["suggestions"], list)


def test_few_suggestions_are_enough(suggest, home):
    for number in range(20):
        make_post(f"Transfers {number}")
    assert len(suggest("trans")) == 8


def test_how_many_there_are_is_said_in_words(ask, home):
    make_post("Transfers")
    assert ask(ADDRESS, q="trans").json()["status"] == "1 suggestion"
    assert ask(ADDRESS, q="zzz").json()["status"] == "0 suggestions"


def test_an_answer_to_everybody_may_be_kept_for_a_moment_by_its_reader(ask, home):
    answer = ask(ADDRESS, q="trans")
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_who_signs_in_is_suggested_what_only_members_read(suggest, client, home):
    post = make_post("Transfers for members")
    login = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=post, restriction_type=login)
    assert suggest("trans") == []
    client.force_login(get_user_model().objects.create_user("member@example.org"))
    assert [found["title"] for found in suggest("trans")] == ["Transfers for members"]
    assert client.get(ADDRESS, {"q": "trans"}).headers["Cache-Control"] == "private, no-store"
