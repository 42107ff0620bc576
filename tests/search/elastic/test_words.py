"""The same words meet in every form in which people write them, in five languages."""

import pytest

from search.words.synonyms import Concept, SynonymTable

from .library import Thing

REVENUE = SynonymTable(
    [Concept({"en": ("own-source revenue",), "fr": ("recettes propres",)}, acronyms=("OSR",))]
)


@pytest.mark.parametrize(
    ("typed", "uid"),
    [
        ("organize", "page:revenue"),
        ("organised", "page:revenue"),
        ("budget", "page:revenue"),
        ("county", "page:revenue"),
        ("women's", "page:revenue"),
        ("women’s", "page:revenue"),
        ("woman's groups budget revenue", "page:revenue"),
        ("decentralisation budgetaire", "page:recettes"),
        ("décentralisation", "page:recettes"),
        ("decentralization", "page:recettes"),
        ("collectivité", "page:recettes"),
        ("eau", "page:recettes"),
        ("l'eau", "page:recettes"),
        ("impot", "page:recettes"),
        ("descentralizacion", "page:agua"),
        ("gestion del agua", "page:agua"),
        ("organización", "page:agua"),
        ("municipio planifica", "page:agua"),
        ("orcamento participativo", "page:orcamento"),
        ("orçamento", "page:orcamento"),
        ("gestão municipal", "page:orcamento"),
        ("transferencia", "page:orcamento"),
        ("eleicao", "page:orcamento"),
        ("اللامركزية", "page:lamarkaziya"),
        ("لامركزية", "page:lamarkaziya"),
        ("الادارة المحلية", "page:lamarkaziya"),
        ("بلدية", "page:lamarkaziya"),
        ("multilevel governance", "page:water"),
        ("multi-level governance", "page:water"),
        ("multi level governance", "page:water"),
        ("multi‑level", "page:water"),
        ("sub-national", "page:water"),
        ("2020", "page:water"),
        ("Amina Wanjiru", "person:amina"),
        ("wanjiru audit", "person:amina"),
        ("Kenia", "country:ke"),
        ("كينيا", "country:ke"),
    ],
)
def test_a_word_is_found_however_it_is_written(uids, typed, uid):
    assert uid in uids(typed)


def test_a_word_with_sixteen_letters_is_found_in_full(only, uids):
    only(Thing("page:1", "Decentralization"), Thing("page:2", "Decentralised services"))
    assert uids("decentralization") == ["page:1", "page:2"]


def test_labels_in_another_language_find_a_text(uids):
    assert uids("gestión LAC") == ["page:agua"]
    assert uids("water and sanitation lac")[0] == "page:water"


def test_an_acronym_finds_what_it_stands_for_in_another_language(find):
    found = find("OSR", REVENUE)
    assert {hit.uid for hit in found.hits} == {"page:revenue", "page:recettes"}
    french = next(hit for hit in found.hits if hit.language == "fr")
    assert [french.title[start:end] for start, end in french.title_hits] == ["recettes propres"]


def test_what_was_typed_ranks_above_what_means_the_same(uids):
    assert uids("recettes propres", REVENUE)[0] == "page:recettes"


def test_words_of_questions_need_not_occur(uids):
    assert "page:revenue" in uids("how do we organize property taxes")


def test_a_search_of_nothing_but_stop_words_asks_for_them(uids):
    assert "page:water" in uids("in and")


def test_a_phrase_must_stand_together(uids):
    assert uids('"property taxes"') == ["page:revenue"]
    assert uids('"taxes property"') == []
    assert uids('"own-source revenue"') == ["page:revenue"]


def test_a_phrase_must_stand_even_where_nothing_else_is_found(find):
    found = find('"taxes property" countties')
    assert found.total == 0


def test_what_is_excluded_does_not_occur(uids):
    assert set(uids("kenya")) >= {"page:revenue", "page:recettes"}
    assert "page:revenue" not in uids("kenya -taxes")
    assert "page:recettes" not in uids('kenya -"recettes propres"')


def test_of_many_words_one_in_four_may_be_missing(uids):
    assert uids("counties property taxes xylophone") == ["page:revenue"]
    assert uids("counties xylophone trombone taxes") != []


def test_of_few_words_all_must_occur_in_one_document(find):
    assert find("transfers kiosks", exact=True).total == 0
