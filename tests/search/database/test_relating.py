"""What the database holds to be like a document."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.engines.answers import PUBLIC
from search.engines.database.engine import DatabaseEngine
from tests.search.elastic.library import Thing

from .conftest import keep

pytestmark = pytest.mark.django_db


def related(uid: str, *, readers=(PUBLIC,), language: str = "en", size: int = 5) -> list[str]:
    return [hit.uid for hit in DatabaseEngine().related(uid, frozenset(readers), language, size)]


def test_shared_terms_and_words_of_the_title_relate(db):
    keep(
        Thing("page:1", "Property tax in cities", facets={"theme": ("revenue",)}),
        Thing("page:2", "Collecting property taxes", facets={"theme": ("revenue",)}),
        Thing("page:3", "Something else", facets={"theme": ("revenue",)}),
        Thing("page:4", "The tax on property"),
        Thing("page:5", "In the cities"),
        Thing("page:6", "Nothing in common", facets={"theme": ("climate",)}),
    )
    found = related("page:1")
    assert found[0] == "page:2"
    assert set(found) == {"page:2", "page:3", "page:4", "page:5"}


def test_what_few_have_relates_more_than_what_many_have(db):
    keep(
        Thing("page:0", "A", facets={"theme": ("rare", "common")}),
        *(Thing(f"page:{n}", f"B{n}", facets={"theme": ("common",)}) for n in range(1, 6)),
        Thing("page:9", "C", facets={"theme": ("rare",)}, date="2010-01-01"),
    )
    assert related("page:0")[0] == "page:9"


def test_itself_and_its_versions_are_left_out_and_others_stand_once(db):
    theme = {"theme": ("water",)}
    keep(
        Thing("page:1", "Water", family="page:1", facets=theme),
        Thing("page:2", "Eau", "fr", family="page:1", facets=theme),
        Thing("page:3", "Rivers", family="page:3", facets=theme),
        Thing("page:4", "Fleuves", "fr", family="page:3", facets=theme),
    )
    assert related("page:1") == ["page:3"]
    assert related("page:1", language="fr") == ["page:4"]


def test_people_countries_and_plain_pages_are_no_works(db):
    keep(
        Thing("page:1", "Water in Kenya", facets={"country": ("ke",)}),
        Thing("country:ke", "Kenya", entity="country", facets={"country": ("ke",)}),
        Thing("person:1", "Water Kenya", entity="person"),
        Thing("page:2", "About water", entity="page"),
    )
    assert related("page:1") == []


def test_what_one_may_not_read_is_not_related(db):
    keep(
        Thing("page:1", "Water"),
        Thing("page:2", "More water", readers=("members", "superuser")),
    )
    assert related("page:1") == []
    assert related("page:1", readers=(PUBLIC, "members")) == ["page:2"]


def test_an_unknown_document_has_nothing_like_it(db):
    assert related("page:404") == []


def test_the_number_of_queries_does_not_grow(db):
    counts = []
    for number in (3, 20):
        keep(*(Thing(f"page:{number}{n}", f"Water {n}") for n in range(number)))
        with CaptureQueriesContext(connection) as queries:
            assert related(f"page:{number}0", size=20)
        counts.append(len(queries))
    assert counts[0] == counts[1]
