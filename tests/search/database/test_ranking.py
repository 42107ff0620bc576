"""Which results stand first."""

import pytest

from tests.search.elastic.library import Thing

from .conftest import keep, titles

pytestmark = pytest.mark.django_db


def test_a_title_says_more_than_labels_and_labels_more_than_text(ask):
    long = "Nothing of note. " * 30
    keep(
        Thing("page:1", "Something", body=f"Sanitation. {long}"),
        Thing("page:2", "Something", labels="Sanitation", body=long),
        Thing("page:3", "Sanitation today", body=long),
    )
    assert [hit.uid for hit in ask("sanitation").hits] == ["page:3", "page:2", "page:1"]


def test_a_title_that_is_the_search_stands_before_titles_that_hold_it(ask):
    keep(
        Thing("page:1", "Local finance, local finance and again local finance", date="2026-11-01"),
        Thing("page:2", "Local finance", date="2019-01-01"),
    )
    assert titles(ask("local finance"))[0] == "Local finance"


def test_a_group_stands_before_posts_that_name_it(ask):
    keep(
        Thing("page:1", "Africa working group", date="2026-11-01", body="Africa working group"),
        Thing("page:2", "Africa Working Group", entity="group", date=""),
        Thing("page:3", "News of the Africa working group", date="2026-11-01"),
    )
    assert [hit.uid for hit in ask("africa working group").hits] == ["page:2", "page:1", "page:3"]


def test_of_equals_the_newer_stands_first_but_a_classic_is_not_buried(ask):
    keep(
        Thing("page:1", "Water report", date="2014-01-01"),
        Thing("page:2", "Water report", date="2026-10-01"),
        Thing("page:3", "Report", date="2026-11-01", body="Some words, and once water."),
    )
    assert [hit.uid for hit in ask("water").hits] == ["page:2", "page:1", "page:3"]


def test_of_equals_the_readers_own_language_stands_first(ask):
    keep(Thing("page:1", "Budget", "en"), Thing("page:2", "Budget", "fr"))
    assert ask("budget", language="fr").hits[0].language == "fr"
    assert ask("budget", language="en").hits[0].language == "en"


def test_of_equals_a_product_stands_before_a_post(ask):
    keep(Thing("page:1", "Budget news"), Thing("page:2", "Budget guide", entity="product"))
    assert titles(ask("budget"))[0] == "Budget guide"
