"""What the database finds, for whom, in which order and with which counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.engines.answers import PUBLIC
from search.words.synonyms import Concept, SynonymTable
from tests.search.elastic.library import Thing

from .conftest import keep, titles

pytestmark = pytest.mark.django_db


def test_all_words_are_needed_wherever_they_stand(ask):
    keep(
        Thing("page:1", "Water for cities", body="Who pays for pipes?"),
        Thing("page:2", "Pipes", labels="Water and sanitation"),
        Thing("page:3", "Water"),
    )
    assert set(titles(ask("water pipes"))) == {"Water for cities", "Pipes"}


@pytest.mark.parametrize(
    ("typed", "language", "title"),
    [
        ("budget", "en", "The city’s budgets"),
        ("budgets", "en", "A budget"),
        ("decentralisation", "en", "Decentralization"),
        ("decentralization", "en", "Decentralised services"),
        ("économie", "fr", "L’ECONOMIE locale"),
        ("economie", "fr", "Économies locales"),
        ("transferencia", "es", "Las transferencias fiscales"),
        ("orçamento", "pt", "Orcamentos participativos"),
        ("مالية", "ar", "اللامركزية المالية"),
        ("الماليّة", "ar", "اللامركزية الماليه"),
        ("sub-national", "en", "Subnational debt"),
        ("subnational", "en", "Sub-national debt"),
        ("l’eau", "fr", "Eau potable"),
    ],
)
def test_a_word_is_found_in_all_its_forms(ask, typed, language, title):
    keep(Thing("page:1", title, language), Thing("page:2", "Something else"))
    assert titles(ask(typed)) == [title]


def test_what_means_the_same_is_found_in_any_language(ask):
    keep(
        Thing("page:1", "Recettes propres", "fr"),
        Thing("page:2", "Own revenue"),
        Thing("page:3", "Own goals of local revenue"),
    )
    table = SynonymTable([Concept({"en": ["own revenue"], "fr": ["recettes propres"]}, ["OSR"])])
    assert set(titles(ask("OSR", synonyms=table))) == {"Recettes propres", "Own revenue"}


def test_alternatives_of_several_words_stand_together_in_any_number(ask):
    keep(
        Thing("page:1", "Local governments"),
        Thing("page:2", "Government of a local kind"),
    )
    table = SynonymTable([Concept({"en": ["municipality", "local government"]})])
    assert titles(ask("municipality", synonyms=table)) == ["Local governments"]


def test_words_that_say_nothing_are_not_insisted_on(ask):
    keep(Thing("page:1", "Cities fund health"), Thing("page:2", "How do the"))
    answer = ask("how do the cities fund health")
    assert titles(answer) == ["Cities fund health"]
    assert not answer.relaxed


def test_a_search_of_words_that_say_nothing_is_one_for_them(ask):
    keep(Thing("page:1", "What is the who"), Thing("page:2", "Something"))
    assert titles(ask("the who")) == ["What is the who"]


def test_a_phrase_in_quotes_stands_exactly_so(ask):
    keep(
        Thing("page:1", "Local government finance"),
        Thing("page:2", "Government by local people"),
        Thing("page:3", "Local governments"),
        Thing("page:4", "Local", summary="government"),
    )
    assert titles(ask('"local government"')) == ["Local government finance"]


def test_what_is_excluded_does_not_occur(ask):
    keep(
        Thing("page:1", "Water in Kenya"),
        Thing("page:2", "Water in Uganda"),
        Thing("page:3", "Water", body="Kenya"),
        Thing("page:4", "Water under local government"),
    )
    assert set(titles(ask("water -kenya"))) == {"Water in Uganda", "Water under local government"}
    assert set(titles(ask('water -"local government" -uganda'))) == {"Water in Kenya", "Water"}
    assert set(titles(ask("-kenya"))) == {"Water in Uganda", "Water under local government"}


def test_a_beginning_is_enough_where_no_whole_word_is_found(ask):
    keep(Thing("page:1", "Decentralization"), Thing("page:2", "Decent work"))
    answer = ask("decentra")
    assert titles(answer) == ["Decentralization"]
    assert not answer.relaxed
    assert [hit.title_hits for hit in answer.hits] == [((0, 16),)]


def test_of_many_words_some_may_be_missing_where_no_text_has_all(ask):
    keep(
        Thing("page:1", "Water, roads and schools"),
        Thing("page:2", "Water and roads"),
        Thing("page:3", "Water"),
    )
    answer = ask("water roads schools harbours")
    assert titles(answer) == ["Water, roads and schools"]
    assert answer.relaxed


def test_at_last_any_word_is_enough_but_phrases_are_not_given_up(ask):
    keep(Thing("page:1", "Water"), Thing("page:2", "Quiet roads"), Thing("page:3", "Hills"))
    answer = ask("water roads mountains")
    assert set(titles(answer)) == {"Water", "Quiet roads"}
    assert answer.relaxed
    assert titles(ask('water mountains "quiet roads"')) == ["Quiet roads"]
    assert ask('"roads of water"').total == 0


def test_exclusions_hold_on_every_step(ask):
    keep(Thing("page:1", "Water secret"), Thing("page:2", "Roads"))
    assert titles(ask("water roads mountains -secret")) == ["Roads"]


def test_restricted_documents_are_for_their_readers_in_hits_totals_and_counts(ask):
    keep(
        Thing("page:1", "Water for all"),
        Thing("page:2", "Water for members", readers=("members", "superuser"), kind="memo"),
        Thing("page:3", "Water for a group", readers=("group:7", "superuser")),
    )
    everybody = ask("water")
    assert titles(everybody) == ["Water for all"]
    assert "memo" not in everybody.facets["type"]
    member = ask("water", readers=frozenset({PUBLIC, "members", "group:8"}))
    assert set(titles(member)) == {"Water for all", "Water for members"}
    assert member.facets["type"]["memo"] == 1
    assert ask("", readers=frozenset({PUBLIC, "members"})).total == 2
    assert ask("", readers=frozenset({PUBLIC, "superuser"})).total == 3
    assert ask("").total == 1


def test_a_term_of_several_words_comes_apart_where_nothing_holds_it(ask):
    keep(Thing("page:1", "Debt of towns"), Thing("page:2", "Water"))
    table = SynonymTable([Concept({"en": ["subnational debt", "local borrowing"]})])
    answer = ask("subnational debt", synonyms=table)
    assert titles(answer) == ["Debt of towns"]
    assert answer.relaxed


@pytest.fixture
def library(db):
    """Posts and events of two regions and three years."""
    keep(
        Thing("page:1", "Water a", date="2024-05-01", facets={"region": ("africa",)}),
        Thing("page:2", "Water b", date="2025-05-01", facets={"region": ("africa", "asia")}),
        Thing("page:3", "Water c", date="2026-05-01", facets={"region": ("asia",)}),
        Thing("page:4", "Water d", date="2026-05-02", facets={"region": ("asia",)}, entity="event"),
        Thing("page:5", "Water e", date="2026-05-03", entity="event"),
        Thing("page:6", "Fire", date="2026-05-04", facets={"region": ("asia",)}),
    )


def test_each_facet_is_counted_with_all_others_but_without_itself(ask, library):
    answer = ask("water", chosen={"region": ["africa"], "type": ["post"]})
    assert set(titles(answer)) == {"Water a", "Water b"}
    assert answer.total == 2
    assert answer.facets["region"] == {"africa": 2, "asia": 2}
    assert answer.facets["type"] == {"post": 2, "article": 2}
    assert answer.facets["year"] == {"2024": 1, "2025": 1}


def test_values_of_one_facet_widen(ask, library):
    answer = ask("water", chosen={"region": ["africa", "asia"]})
    assert answer.total == 4
    assert answer.facets["region"] == {"africa": 2, "asia": 3}
    assert answer.facets["type"] == {"post": 3, "article": 4, "event": 1}


def test_a_chosen_facet_that_is_not_counted_narrows_all_the_same(ask, library):
    answer = ask("water", chosen={"region": ["africa"], "type": ["post"]}, counted=["type"])
    assert answer.total == 2
    assert answer.facets == {"type": {"post": 2, "article": 2}}


def test_an_unknown_value_finds_nothing_and_does_not_loosen_the_words(ask, library):
    answer = ask("water", chosen={"region": ["atlantis"]})
    assert answer.total == 0
    assert not answer.relaxed
    assert answer.facets["region"] == {"africa": 2, "asia": 3}
    assert ask("water", chosen={"nonsense": ["x"]}).total == 0


def test_without_words_everything_is_counted_and_the_newest_stands_first(ask, library):
    answer = ask("", chosen={"type": ["event"]})
    assert titles(answer) == ["Water e", "Water d"]
    assert answer.facets["type"] == {"post": 4, "article": 6, "event": 2}


def test_orders_by_date_put_what_has_none_last(ask, library):
    keep(Thing("person:2", "Water Zoe", date=""), Thing("person:1", "Water Adam", date=""))
    newest = titles(ask("water", order="newest"))
    assert newest == [
        *("Water e", "Water d", "Water c", "Water b", "Water a"),
        *("Water Adam", "Water Zoe"),
    ]
    oldest = titles(ask("water", order="oldest"))
    assert oldest == [*reversed(newest[:5]), "Water Adam", "Water Zoe"]


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
def test_pages_follow_each_other_without_gap_or_overlap(ask, library, order):
    whole = titles(ask("water", order=order))
    paged = [
        title
        for start in range(0, 6, 2)
        for title in titles(ask("water", order=order, start=start, size=2))
    ]
    assert paged == whole
    assert ask("water", start=10**9).hits == ()
    assert ask("water", start=10**9).total == 5


def test_a_hit_says_what_it_is(ask):
    keep(
        Thing(
            "page:1",
            "Water",
            "fr",
            date="2026-05-01",
            facets={"group": ("africa", "finance")},
        )
    )
    hit = ask("water").hits[0]
    assert (hit.uid, hit.url, hit.entity, hit.kind) == ("page:1", "/page/1/", "post", "article")
    assert (hit.language, str(hit.date), hit.groups) == ("fr", "2026-05-01", ("africa", "finance"))
    assert hit.score > 0
    assert hit.title_hits == ((0, 5),)


def test_the_number_of_queries_does_not_grow(ask):
    counts = []
    for number in (2, 30):
        keep(*(Thing(f"page:{number}{n}", f"Water {n}", body="Pipes") for n in range(number)))
        with CaptureQueriesContext(connection) as queries:
            ask("water pipes", size=30, chosen={"type": ["post"]})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 can be asked row by row")
def test_words_are_matched_once_and_not_for_each_document(ask):
    keep(Thing("page:1", "Local finance"), Thing("page:2", "Finance"))
    with CaptureQueriesContext(connection) as queries:
        assert ask("local finance").total == 1
    (statement,) = [query["sql"] for query in queries if "answering" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"explain query plan {statement}")
        steps = [step for *_, step in cursor.fetchall()]
    assert any("VIRTUAL TABLE INDEX 0:M" in step for step in steps)
    assert not any("VIRTUAL TABLE INDEX 0:=" in step for step in steps)
