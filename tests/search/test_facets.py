"""Counts of facets stay right, whatever is chosen."""

import datetime

from people.models import Biography
from taxonomy.models import Country
from tests.factories.content import make_person, make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import make_group

FISCAL, CLIMATE = "subnational-finance", "climate-action"


def test_a_facet_ignores_its_own_choice_and_obeys_the_others(counts, home):
    make_post("1", regions=["africa"], date=datetime.date(2026, 1, 1))
    make_post("2", regions=["asia"], date=datetime.date(2026, 1, 1))
    make_post("3", regions=["asia"], date=datetime.date(2025, 1, 1))
    assert counts("region", region="africa") == {"africa": 1, "asia": 2}
    assert counts("region", region="africa", year="2026") == {"africa": 1, "asia": 1}
    assert counts("year", region="asia", year="2026") == {"2026": 1, "2025": 1}
    assert counts("year", region=["asia", "africa"]) == {"2026": 2, "2025": 1}


def test_counts_follow_the_words(counts, home):
    make_post("Transfers", themes=[FISCAL])
    make_post("Other", themes=[FISCAL])
    assert counts("theme", q="transfers") == {FISCAL: 1}
    assert counts("type", q="transfers") == {"post": 1, "blog": 1}


def test_a_page_counts_once_under_a_region(counts, home):
    make_post("Twice in Africa", regions=["africa"], countries=["ke", "ug"])
    make_post("By two countries", countries=["ke", "ug"])
    make_person("A Kenyan", country=_country("ke"))
    only = {"type": ["post", "person"]}
    assert counts("region", **only) == {"africa": 3}
    assert counts("country", **only) == {"ke": 3, "ug": 2}


def test_a_page_counts_once_under_a_group(counts, home, now):
    lac, africa = make_group("LAC"), make_group("Africa")
    make_post("Post", parent=lac)
    shared = make_product("Product", group=lac)
    shared.other_groups.set([lac, africa])
    shared.save()
    person = make_person("In two offices")
    person.roles.create(group=lac, since=now.date(), title="co-chair")
    person.roles.create(group=lac, since=now.date(), title="coordinator")
    assert counts("group") == {"lac": 4, "africa": 2}
    assert counts("group", group="africa", type="product") == {"lac": 1, "africa": 1}


def test_types_count_coarse_and_fine(counts, home, now):
    make_post("Recap", kind="recap")
    make_post("Post")
    make_event("Meeting", now)
    make_person("Somebody")
    found = counts("type", type="recap")
    assert (found["post"], found["recap"], found["blog"]) == (2, 1, 1)
    assert (found["event"], found["group-meeting"], found["person"]) == (1, 1, 1)


def test_languages_count_pages_and_biographies(counts, home):
    make_post("Un", language="fr")
    person = make_person("Somebody")
    Biography.objects.create(person=person, language="fr", text="Une vie.")
    assert counts("language", type=["post", "person"]) == {"fr": 2}
    assert counts("language", type="person", language="es") == {"fr": 1, "es": 0}


def test_a_count_is_what_choosing_the_value_brings(find, home, now):
    group = make_group("LAC")
    make_post("1", parent=group, regions=["lac"], themes=[FISCAL])
    make_post("2", countries=["pe", "ke"], language="es", date=datetime.date(2024, 1, 1))
    make_product("3", kind="primer", group=group, countries=["ke"], themes=[FISCAL])
    make_event("4", now)
    make_person("5", country=_country("ke"))
    for facet, options in find()["facets"].items():
        for option in options:
            assert find(**{facet: option["value"]})["count"] == option["count"], option


def test_a_count_beside_another_choice_is_what_both_bring(find, home, now):
    make_post("1", regions=["africa"], themes=[FISCAL])
    make_post("2", countries=["ke"], language="fr")
    make_product("3", countries=["ke"], themes=[FISCAL])
    make_person("4", country=_country("ke"))
    chosen = {"region": "africa", "type": ["post", "person"]}
    for facet, options in find(**chosen)["facets"].items():
        if facet in chosen:
            continue
        for option in options:
            both = chosen | {facet: option["value"]}
            assert find(**both)["count"] == option["count"], option


def test_a_chosen_value_without_results_stays_to_be_taken_away(find, home):
    make_post("Transfers")
    facets = find(country="ke")["facets"]
    assert facets["country"] == [{"value": "ke", "label": "Kenya", "count": 0, "selected": True}]


def test_values_are_named_in_the_language_of_the_page(find, home):
    make_post("Transfers", countries=["de"])
    facets = find("/fr/search/")["facets"]
    assert [option["label"] for option in facets["country"]] == ["Allemagne"]


def test_chosen_values_among_the_rare_ones_are_in_sight(ask, home):
    for code in ("ke", "ug", "tz", "gh", "ng", "za", "ml"):
        make_post(f"{code} 1", countries=[code])
        make_post(f"{code} 2", countries=[code])
    make_post("Peru", countries=["pe"])
    page = ask(country="pe").text
    assert "facet-group__more" in page
    assert '<details class="facet-group__more" open>' in page


def _country(slug: str) -> Country:
    return Country.objects.get(slug=slug)
