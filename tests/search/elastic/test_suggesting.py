"""Titles for somebody who is still typing."""

import pytest

from .library import Thing
from .things import TEAM

PUBLIC = frozenset({"public"})
MEMBER = frozenset({"public", *TEAM[:1]})


@pytest.fixture
def suggested(engine):
    """Return a function that gives the uids of what is suggested."""

    def suggest(text, readers=PUBLIC, language="en", size=8):
        return [found.uid for found in engine.suggest(text, readers, language, size)]

    return suggest


@pytest.mark.parametrize(
    ("typed", "uid"),
    [
        ("rev", "page:revenue"),
        ("rev ken", "page:revenue"),
        ("ken reve", "page:revenue"),
        ("own-so", "page:revenue"),
        ("comtes", "page:recettes"),
        ("orcam", "page:orcamento"),
        ("Orçam", "page:orcamento"),
        ("اللامر", "page:lamarkaziya"),
        ("infer", "page:infer"),
        ("intergovernmental fiscal relations working gro", "page:infer"),
        ("wanj am", "person:amina"),
        ("kénia", "country:ke"),
    ],
)
def test_titles_are_found_by_the_beginnings_of_their_words(suggested, typed, uid):
    assert uid in suggested(typed)


def test_a_long_word_is_found_letter_by_letter_to_its_end(only, suggested):
    only(Thing("page:1", "Decentralization"))
    for word in ("decentralization", "decentralisation"):
        for end in range(1, len(word) + 1):
            assert suggested(word[:end]) == ["page:1"], word[:end]


def test_words_inside_of_texts_are_not_suggested(suggested):
    assert suggested("kiosks") == []


def test_of_several_versions_the_one_in_the_language_of_the_reader_is_shown(suggested):
    assert suggested("kenya", language="fr")[:2] != suggested("kenya", language="en")[:2]
    assert "page:recettes" in suggested("kenya", language="fr")
    assert "page:revenue" not in suggested("kenya", language="fr")


def test_a_version_in_another_language_is_better_than_none(suggested):
    assert suggested("recettes", language="ar") == ["page:recettes"]


def test_titles_that_begin_so_come_first(only, suggested):
    only(
        Thing("page:2", "A budget of land", date="2026-10-01"),
        Thing("page:1", "Land and budget", date="2010-10-01"),
    )
    assert suggested("land") == ["page:1", "page:2"]


def test_what_is_restricted_is_suggested_to_its_readers_only(suggested):
    assert suggested("minut") == []
    assert suggested("minut", readers=MEMBER) == ["page:minutes"]


def test_a_suggestion_says_where_it_leads(engine):
    (found,) = engine.suggest("amina", PUBLIC, "en", 5)
    assert (found.title, found.url, found.entity) == ("Amina Wanjiru", "/person/amina/", "person")
    assert (found.language, found.in_every_language) == ("", True)


@pytest.mark.parametrize("typed", ["", " ", "?!", "\x00", "-", "“”"])
def test_nothing_typed_suggests_nothing(suggested, typed):
    assert suggested(typed) == []


def test_no_more_are_suggested_than_asked_for(suggested):
    assert len(suggested("k", size=2)) == 2
