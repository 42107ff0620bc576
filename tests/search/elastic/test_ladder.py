"""What is found where the words as typed find nothing."""

import pytest

from search.words.synonyms import Concept, SynonymTable

from .library import Thing
from .things import TEAM

MEMBER = frozenset({"public", *TEAM[:1]})


@pytest.mark.parametrize(
    ("typed", "meant", "uid"),
    [
        ("hanbdook", "handbook", "page:handbook"),
        ("sanittaion", "sanitation", "page:water"),
        ("water sanitaton", "water sanitation", "page:water"),
        ("decentralisaton budgetaire", "décentralisation budgetaire", "page:recettes"),
        ("descentralizacon", "descentralización", "page:agua"),
        ("participatvos", "participativos", "page:orcamento"),
        ("اللامركزبة", "اللامركزية", "page:lamarkaziya"),
        ("wanjirru", "wanjiru", "person:amina"),
        ("ntergovernmental", "intergovernmental", "page:infer"),
    ],
)
def test_a_slip_of_the_finger_is_corrected_and_said(find, typed, meant, uid):
    found = find(typed)
    assert (found.did_you_mean, found.corrected, found.relaxed) == (meant, True, False)
    assert uid in [hit.uid for hit in found.hits]


def test_the_nearest_spelling_goes_before_a_more_frequent_one(only, find):
    only(
        *(Thing(f"page:{number}", "The register") for number in range(8)),
        Thing("page:fr", "Le registre", language="fr"),
    )
    assert find("regiatre").did_you_mean == "registre"


def test_the_better_spelling_keeps_phrases_and_exclusions(find):
    found = find('"property taxse" -kiosks')
    assert found.did_you_mean == '"property taxes" -kiosks'
    assert [hit.uid for hit in found.hits] == ["page:revenue"]


def test_a_better_spelling_keeps_what_means_the_same_as_the_other_words(find):
    table = SynonymTable([Concept({"en": ("revenue",), "fr": ("recettes",)})])
    found = find("recettes prpores", table)
    assert (found.corrected, found.hits[0].uid) == (True, "page:recettes")


def test_a_better_spelling_finds_what_means_the_same(find):
    table = SynonymTable([Concept({"en": ("revenue",), "fr": ("recettes",)})])
    found = find("revenoe", table)
    assert found.did_you_mean == "revenue"
    assert {hit.uid for hit in found.hits} == {"page:revenue", "page:recettes"}


def test_words_as_typed_are_taken_as_they_are_if_that_is_asked_for(find):
    found = find("hanbdook", exact=True)
    assert (found.total, found.did_you_mean, found.corrected) == (0, "", False)


def test_nothing_is_corrected_where_something_is_found(find):
    found = find("handbook")
    assert (found.did_you_mean, found.corrected, found.relaxed) == ("", False, False)
    assert found.total == 1


def test_accents_alone_are_no_mistake(find):
    assert find("descentralizacion gestion").did_you_mean == ""


def test_a_better_spelling_is_offered_where_a_word_of_many_is_missing(find):
    found = find("counties property taxes budgtes")
    assert (found.total, found.corrected) == (1, False)
    assert found.did_you_mean == "counties property taxes budgets"


def test_words_of_texts_count_as_known(find):
    """“adjourn” and “kiosks” stand in no title; nothing else is put in their place."""
    assert find("counties property taxes kiosks").did_you_mean == ""


def test_similar_words_are_tried_where_no_spelling_is_known(only, find):
    only(
        Thing("page:1", "Notes", body="The hysteresis", readers=TEAM),
    )
    found = find("hysterisis", readers=MEMBER)
    assert ([hit.uid for hit in found.hits], found.relaxed) == (["page:1"], True)


def test_any_of_the_words_is_the_last_step(find):
    found = find("kiosks xylophone")
    assert ([hit.uid for hit in found.hits], found.relaxed) == (["page:water"], True)
    assert found.did_you_mean == ""


def test_nonsense_finds_nothing(find):
    found = find("qqqqzzzzxxxx wwwwvvvvkkkk")
    assert (found.total, found.hits, found.did_you_mean) == (0, (), "")
    assert not found.relaxed


def test_nothing_of_what_is_restricted_is_betrayed_by_a_spelling(find):
    """The word stands in the minutes of a team; its reader finds it, nobody else hears of it."""
    found = find("zanzibariann")
    assert (found.total, found.did_you_mean) == (0, "")
    assert find("zanzibariann", readers=MEMBER).total == 1


def test_a_correction_narrowed_to_nothing_is_still_said(find):
    found = find("sanittaion", chosen={"region": ["mena"]})
    assert (found.total, found.did_you_mean, found.corrected) == (0, "sanitation", True)
    assert found.facets["region"] == {"mena": 0, "lac": 1}
