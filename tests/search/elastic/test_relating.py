"""More like this."""

import pytest

from .library import Thing
from .things import TEAM

PUBLIC = frozenset({"public"})
LAND = "Land value capture pays for streets, drains and public transport in growing cities."
FILED = {"theme": ["land"], "region": ["africa"]}


@pytest.fixture
def library_about_land(only):
    only(
        Thing("page:1", "Land value capture", body=LAND, facets=FILED, family="land"),
        Thing("page:1-fr", "Plus-values foncières", "fr", body=LAND, facets=FILED, family="land"),
        Thing("page:2", "Streets and drains", body=LAND, facets=FILED),
        Thing("page:3", "Public transport", body="Buses in growing cities.", facets=FILED),
        Thing("page:4", "Elections", body="How councils are elected.", facets={"theme": ["x"]}),
        Thing("page:5", "Land, for the team", body=LAND, facets=FILED, readers=TEAM),
        Thing("person:1", "Land Value", "", body={"en": LAND}, entity="person", facets=FILED),
        Thing("page:6", "Rues et drains", "fr", body="Rues.", facets=FILED, family="f"),
        Thing("page:7", "Calles y drenajes", "es", body="Calles.", facets=FILED, family="f"),
    )


@pytest.fixture
def related(engine, library_about_land):
    """Return a function that gives the uids of what is like a document."""

    def ask(uid, language="en", readers=PUBLIC, size=5):
        return [hit.uid for hit in engine.related(uid, readers, language, size)]

    return ask


def test_what_shares_words_and_terms_is_related_most_alike_first(related):
    found = related("page:1")
    assert found[0] == "page:2"
    assert "page:3" in found
    assert "page:4" not in found


def test_neither_the_document_nor_its_translations_are_related_to_it(related):
    assert not {"page:1", "page:1-fr"} & {*related("page:1"), *related("page:1-fr")}


def test_one_version_of_each_is_shown_in_the_language_of_the_reader(related):
    assert "page:6" in related("page:1", language="fr")
    assert "page:7" not in related("page:1", language="fr")
    assert "page:7" in related("page:1", language="es")


def test_people_are_not_works(related):
    assert "person:1" not in related("page:1")


def test_only_what_the_reader_may_read_is_related(related):
    assert "page:5" not in related("page:1")
    assert "page:5" in related("page:1", readers=frozenset({"public", *TEAM[:1]}))


def test_nothing_is_related_to_what_is_not_there(related):
    assert related("page:none") == []
    assert related("") == []


def test_no_more_are_given_than_asked_for(related):
    assert len(related("page:1", size=1)) == 1
