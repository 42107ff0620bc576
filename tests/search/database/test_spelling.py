"""Better spellings, from what everybody may read."""

import pytest

from search.engines.answers import PUBLIC
from tests.search.elastic.library import Thing

from .conftest import keep, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("decentralizaton", "decentralization"),
        ("dcentralization", "decentralization"),
        ("decentralizatoin", "decentralization"),
        ("fiscal decentralizaton kenya", "fiscal decentralization kenya"),
        ("kenia", "kenya"),
    ],
)
def test_a_misspelt_word_is_looked_for_in_a_better_spelling(ask, typed, right):
    keep(Thing("page:1", "Fiscal decentralization in Kenya"))
    answer = ask(typed)
    assert titles(answer) == ["Fiscal decentralization in Kenya"]
    assert answer.corrected
    assert answer.did_you_mean == right
    assert not answer.relaxed
    assert answer.hits[0].title_hits


def test_a_better_spelling_has_its_accents(ask):
    keep(Thing("page:1", "La descentralización", "es"))
    assert ask("descentralizacionn").did_you_mean == "descentralización"


def test_whoever_insists_is_asked_for_nothing_else(ask):
    keep(Thing("page:1", "Fiscal decentralization"))
    answer = ask("decentralizaton", exact=True)
    assert (answer.total, answer.corrected, answer.did_you_mean) == (0, False, "")


def test_words_that_are_found_stay_as_they_are(ask):
    keep(Thing("page:1", "Budget"), Thing("page:2", "Budged"))
    answer = ask("budged")
    assert titles(answer) == ["Budged"]
    assert answer.did_you_mean == ""


def test_of_equally_near_words_the_more_frequent_is_meant(ask):
    keep(
        Thing("page:1", "Grant"),
        Thing("page:2", "Grand"),
        Thing("page:3", "Grant again"),
    )
    assert ask("grann").did_you_mean == "grant"


@pytest.mark.parametrize("typed", ["tax1", "tux", "2027", "zzzzzzzzzz"])
def test_short_words_numbers_and_nonsense_have_no_better_spelling(ask, typed):
    keep(Thing("page:1", "Tax in 2026"))
    answer = ask(typed)
    assert (answer.total, answer.did_you_mean) == (0, "")


def test_a_better_spelling_gives_nothing_away(ask):
    keep(
        Thing("page:1", "Confidential", readers=("members", "superuser")),
        Thing("page:2", "Something else"),
    )
    answer = ask("confidentiel")
    assert (answer.total, answer.did_you_mean) == (0, "")
    assert ask("confidential", readers=frozenset({PUBLIC, "members"})).total == 1


def test_words_that_stand_in_texts_are_not_taken_for_misspelt(ask):
    keep(
        Thing("page:1", "Decentralization", body="Written by Decentralisator."),
        Thing("page:2", "Water"),
    )
    answer = ask("decentralisator water")
    assert not answer.corrected
    assert answer.relaxed


def test_what_a_better_spelling_leaves_unfound_may_be_missing(ask):
    keep(Thing("page:1", "Decentralization"))
    answer = ask("decentralizaton unheardof")
    assert titles(answer) == ["Decentralization"]
    assert (answer.corrected, answer.relaxed) == (True, True)
    assert answer.did_you_mean == "decentralization unheardof"
