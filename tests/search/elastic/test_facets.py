"""Counts: each facet with all others applied, but not itself."""

from .library import Thing
from .things import TEAM

PUBLIC = frozenset({"public"})
MEMBER = frozenset({"public", *TEAM[:1]})


def test_every_value_is_counted(find):
    facets = find("").facets
    assert facets["theme"] == {"finance": 4 + 1, "water": 2}
    assert facets["region"] == {"africa": 4, "lac": 3, "mena": 1}
    assert facets["type"]["post"] == facets["type"]["article"] == 6
    assert facets["language"] == {"en": 5, "fr": 2, "es": 1, "pt": 1, "ar": 1}
    assert facets["country"] == {"ke": 3}
    assert facets["author"] == {"amina": 1}
    assert facets["recording"] == {"yes": 1}
    assert facets["year"]["2026"] == 2
    assert facets["group"] == {"infer": 4}


def test_values_of_one_facet_widen_and_facets_narrow(find):
    one = find("", chosen={"region": ["lac"]})
    assert one.total == 3
    two = find("", chosen={"region": ["lac", "mena"]})
    assert two.total == 4
    assert find("", chosen={"region": ["lac", "mena"], "theme": ["water"]}).total == 2


def test_a_facet_is_counted_without_itself_but_with_the_others(find):
    found = find("", chosen={"region": ["lac"], "theme": ["water"]})
    assert found.total == 2
    assert found.facets["region"] == {"lac": 2}
    assert found.facets["theme"] == {"water": 2, "finance": 1}
    assert found.facets["language"] == {"es": 1, "en": 1}


def test_a_chosen_value_without_results_is_there_with_none(find):
    found = find("kiosks", chosen={"region": ["mena"], "theme": ["unheard-of"]})
    assert found.total == 0
    assert found.facets["region"]["mena"] == 0
    assert found.facets["theme"]["unheard-of"] == 0


def test_a_chosen_value_is_counted_beside_many_more_frequent_ones(only, find):
    things = [
        Thing(f"page:{number}", "Notes", facets={"author": [f"author-{number % 150:03}"]})
        for number in range(300)
    ]
    only(*things, Thing("page:rare", "Notes", facets={"author": ["rare"]}))
    found = find("notes", chosen={"author": ["rare"]})
    assert (found.total, found.facets["author"]["rare"]) == (1, 1)


def test_no_words_are_replaced_where_only_the_facets_leave_nothing(find):
    found = find("kiosks", chosen={"region": ["mena"]})
    assert (found.total, found.relaxed, found.corrected) == (0, False, False)


def test_only_the_facets_that_are_asked_for_are_counted(find):
    assert find("", counted=("theme",)).facets.keys() == {"theme"}


def test_a_facet_can_narrow_that_is_not_counted(find):
    assert find("", chosen={"group": ["infer"]}, counted=("theme",)).total == 4


def test_an_unknown_facet_leaves_nothing(find):
    assert find("", chosen={"unheard-of": ["x"]}).total == 0


def test_totals_and_counts_know_only_what_the_reader_may_see(find):
    assert find("zanzibarian").total == 0
    assert find("", readers=MEMBER).total == find("").total + 1
    assert "internal" not in find("").facets["theme"]
    assert find("", readers=MEMBER).facets["theme"]["internal"] == 1
    assert [hit.uid for hit in find("zanzibarian", readers=MEMBER).hits] == ["page:minutes"]


def test_who_has_no_token_sees_nothing(find):
    assert find("", readers=frozenset()).total == 0
