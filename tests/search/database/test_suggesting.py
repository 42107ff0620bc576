"""Titles for somebody who is still typing, from the database."""

import pytest

from search.engines.answers import PUBLIC
from search.engines.database.engine import DatabaseEngine
from tests.search.elastic.library import Thing

from .conftest import keep

pytestmark = pytest.mark.django_db


def suggested(text: str, *, readers=(PUBLIC,), language: str = "en", size: int = 10) -> list[str]:
    found = DatabaseEngine().suggest(text, frozenset(readers), language, size)
    return [suggestion.title for suggestion in found]


def test_every_word_typed_begins_a_word_of_the_title(db):
    keep(
        Thing("page:1", "Local government finance"),
        Thing("page:2", "Government of locals"),
        Thing("page:3", "Local matters", body="government"),
        Thing("page:4", "Décentralisation", "fr"),
    )
    assert set(suggested("loc gov")) == {"Local government finance", "Government of locals"}
    assert suggested("govern")[0] == "Government of locals"
    assert suggested("DECENTR") == ["Décentralisation"]
    assert suggested("x") == []


def test_a_single_letter_is_a_beginning(db):
    keep(Thing("page:1", "Water"), Thing("page:2", "Fire"))
    assert suggested("w") == ["Water"]


def test_titles_in_the_readers_language_stand_first_and_versions_once(db):
    keep(
        Thing("page:1", "Gouvernance locale", "fr", family="page:1"),
        Thing("page:2", "Gouvernance (English)", "en", family="page:1"),
        Thing("page:3", "Gouvernance du climat", "en"),
    )
    assert suggested("gouvernance", language="fr") == [
        "Gouvernance locale",
        "Gouvernance du climat",
    ]


def test_names_stand_before_works(db):
    keep(
        Thing("page:1", "Kenya, a post", date="2026-11-01"),
        Thing("country:ke", "Kenya", "", entity="country", in_every_language=True, date=""),
    )
    assert suggested("ken") == ["Kenya", "Kenya, a post"]


def test_other_names_suggest_too(db):
    keep(Thing("country:ci", "Côte d’Ivoire", "", also_called=("Ivory Coast",), entity="country"))
    assert suggested("ivory") == ["Côte d’Ivoire"]


def test_what_one_may_not_read_is_not_suggested(db):
    keep(Thing("page:1", "Secret", readers=("members", "superuser")))
    assert suggested("secr") == []
    assert suggested("secr", readers=(PUBLIC, "members")) == ["Secret"]


@pytest.mark.parametrize("text", ["", " ", '"', "*", "a" * 5000, "w " * 500, "\x00", "’", "(", "·"])
def test_nothing_that_is_typed_breaks_it(db, text):
    keep(Thing("page:1", "Water"))
    assert isinstance(suggested(text), list)


def test_no_more_than_asked_for(db):
    keep(*(Thing(f"page:{number}", f"Water {number}") for number in range(20)))
    assert len(suggested("water", size=3)) == 3
