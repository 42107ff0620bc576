"""What the public finds, in which order, and how it is told."""

import datetime

import pytest
from wagtail.models import Locale

from tests.factories.content import make_person, make_post, make_product
from tests.factories.events import make_event
from tests.factories.groups import make_group


def test_words_are_found_in_titles_summaries_texts_and_names(titles, home):
    make_post("Transfers explained")
    make_post("On revenue", summary="Who decides on transfers.")
    make_post("In the text", body=[("paragraph", "<p>Something about <b>transfers</b>.</p>")])
    make_person("Tana Transfers")
    make_post("Something else")
    assert sorted(titles(q="transfers")) == [
        "In the text",
        "On revenue",
        "Tana Transfers",
        "Transfers explained",
    ]


def test_a_hit_in_the_title_comes_before_one_in_the_text(titles, home):
    make_post("Notes", body=[("paragraph", "<p>Cadastre, cadastre and once more words.</p>")])
    make_post("The cadastre of the city")
    assert titles(q="cadastre") == ["The cadastre of the city", "Notes"]


def test_who_types_a_name_finds_the_person_first(titles, home):
    person = make_person("Ama Mensah")
    for number in range(3):
        make_post(f"Ama Mensah writes, part {number}", authors=[person])
    assert titles(q="Ama Mensah")[0] == "Ama Mensah"


def test_a_person_who_only_has_the_word_in_a_text_gets_no_favour(titles, home):
    make_person("Somebody", affiliation="Institute of Cadastres")
    make_post("Cadastres of cities")
    assert titles(q="cadastres") == ["Cadastres of cities", "Somebody"]


def test_all_words_must_be_there(titles, home):
    make_post("Water in Kenya")
    make_post("Water in Peru")
    assert titles(q="water kenya") == ["Water in Kenya"]


def test_accents_make_no_difference_on_sqlite(titles, home, settings):
    make_post("Économie locale")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        assert titles(q="economie") == ["Économie locale"]
    assert titles(q="économie") == ["Économie locale"]


def test_without_words_the_newest_comes_first_and_undated_pages_after(titles, home):
    make_post("Older", date=datetime.date(2024, 1, 1))
    make_post("Newer", date=datetime.date(2026, 1, 1))
    found = titles()
    assert found[:2] == ["Newer", "Older"]
    assert "Blog" in found[2:]
    assert titles(sort="oldest")[:2] == ["Older", "Newer"]


def test_found_by_words_and_sorted_by_date(titles, home):
    make_post("Tax and tax", date=datetime.date(2024, 1, 1))
    make_post("A tax", date=datetime.date(2026, 1, 1))
    assert titles(q="tax", sort="newest") == ["A tax", "Tax and tax"]
    assert titles(q="tax", sort="oldest") == ["Tax and tax", "A tax"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (["post"], ["A post", "A recap"]),
        (["recap"], ["A recap"]),
        (["product"], ["A brief"]),
        (["policy-brief", "event"], ["A brief", "A meeting"]),
        (["person"], ["A Person"]),
        (["nothing-like-that"], []),
    ],
)
def test_types_are_coarse_or_fine(titles, home, now, value, found):
    make_post("A post")
    make_post("A recap", kind="recap")
    make_product("A brief", kind="policy-brief")
    make_event("A meeting", now)
    make_person("A Person")
    assert sorted(titles(type=value)) == sorted(found)


def test_a_group_has_what_points_at_it_and_what_it_shares(titles, home, now):
    lac, africa = make_group("LAC"), make_group("Africa")
    make_post("Below the group", parent=lac)
    make_product("Chosen group", group=lac)
    shared = make_product("Shared", group=africa)
    shared.other_groups.set([lac])
    shared.save()
    make_post("Of others", parent=africa)
    make_person("In office").roles.create(group=lac, since=now.date())
    assert sorted(titles(group="lac")) == [
        "Below the group",
        "Chosen group",
        "In office",
        "LAC",
        "Shared",
    ]


def test_a_region_has_what_is_tagged_with_its_countries(titles, home):
    make_post("By region", regions=["africa"])
    make_post("By country", countries=["ke"])
    make_post("Elsewhere", countries=["pe"])
    assert sorted(titles(region="africa")) == ["By country", "By region"]


def test_values_of_a_facet_add_up_and_facets_narrow(titles, home):
    theme = "subnational-finance"
    make_post("Kenya, fiscal", countries=["ke"], themes=[theme])
    make_post("Peru, fiscal", countries=["pe"], themes=[theme])
    make_post("Kenya, other", countries=["ke"])
    assert sorted(titles(country=["ke", "pe"], theme=theme)) == ["Kenya, fiscal", "Peru, fiscal"]
    assert titles(country="ke", theme=theme) == ["Kenya, fiscal"]


def test_years_and_languages_narrow(titles, home):
    make_post("Now", date=datetime.date(2026, 5, 1))
    make_post("Alors", date=datetime.date(2025, 5, 1), language="fr")
    assert titles(year="2026") == ["Now"]
    assert titles(language="fr") == ["Alors"]
    assert sorted(titles(year=["2025", "2026"])) == ["Alors", "Now"]


def test_each_language_version_is_found_and_aliases_are_not(titles, home):
    french_home = home.copy_for_translation(_french(), alias=True)
    post = make_post("A post")
    french = post.copy_for_translation(_french(), copy_parents=True)
    french.title = "Un article"
    french.save_revision().publish()
    assert sorted(titles(type="post")) == ["A post", "Un article"]
    assert french_home.title == home.title
    assert titles().count(home.title) == 1


def test_the_answer_says_what_each_result_is(find, home):
    lac = make_group("LAC")
    make_post(
        "Own revenue",
        parent=lac,
        kind="recap",
        summary="What cities collect.",
        language="es",
        date=datetime.date(2026, 4, 2),
    )
    (result,) = find(q="collect")["results"]
    assert result == {
        "title": "Own revenue",
        "url": "http://testserver/groups/lac/own-revenue/",
        "type": "post",
        "kind": "recap",
        "date": "2026-04-02",
        "language": "es",
        "group": "lac",
        "snippet": "What cities collect.",
        "snippet_html": "What cities <mark>collect</mark>.",
    }


def test_a_person_is_a_result_with_its_own_address(find, home):
    make_person("Ama Mensah", affiliation="University of the Coast")
    (result,) = find(q="coast")["results"]
    assert (result["type"], result["url"]) == ("person", "http://testserver/people/ama-mensah/")
    assert result["snippet_html"] == "University of the <mark>Coast</mark>"


def test_the_answer_leads_from_page_to_page(client, find, home):
    for number in range(25):
        make_post(f"Transfers {number}")
    first = find(q="transfers", sort="newest")
    assert (first["count"], len(first["results"])) == (25, 20)
    second = client.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (5, None)
    both = {result["url"] for result in (*first["results"], *second["results"])}
    assert len(both) == 25


def test_people_follow_after_the_pages(find, titles, home):
    for number in range(25):
        make_person(f"Person {number:02}")
    pages = find()["count"] - 25
    in_order = titles() + titles(page=2)
    assert in_order[pages:] == [f"Person {number:02}" for number in range(25)]
    assert not any(title.startswith("Person") for title in in_order[:pages])


@pytest.mark.parametrize("page", ["2", "0", "x", "999999"])
def test_a_page_that_is_not_there(client, home, page):
    assert client.get("/search/", {"page": page}).status_code == 404
    response = client.get("/search/", {"page": page, "format": "json"})
    assert response.status_code == 400
    assert response.json()["error"]


def test_the_search_page_of_each_language(client, home):
    make_post("Transfers")
    for prefix, word in (("", "Search"), ("/fr", ""), ("/ar", "")):
        response = client.get(f"{prefix}/search/", {"q": "transfers"})
        assert response.status_code == 200
        assert "Transfers" in response.text
        assert word in response.text


def test_the_page_marks_the_language_of_titles(client, home):
    make_post("Recettes propres", language="fr")
    page = client.get("/search/", {"q": "recettes"}).text
    assert 'lang="fr" dir="ltr"><a class="card__link"' in page


def test_each_criterion_can_be_taken_away(client, home):
    make_post("Transfers", countries=["ke"])
    page = client.get("/search/", {"q": "transfers", "country": "ke", "year": "2026"}).text
    assert 'href="/search/?country=ke&amp;q=transfers"' in page
    assert 'href="/search/?q=transfers&amp;year=2026"' in page
    assert 'href="/search/?country=ke&amp;year=2026"' in page


def test_nothing_found_helps_on(client, home):
    make_post("Transfers", themes=["subnational-finance"])
    page = client.get("/search/", {"q": "zzzz", "region": "africa"}).text
    assert "No results" in page
    assert 'href="/search/?region=africa"' in page
    assert 'href="/search/?theme=subnational-finance"' in page


def test_only_the_search_for_everything_is_for_search_engines(client, home):
    make_post("Transfers")
    plain, narrowed = (client.get("/search/", {"q": q}).text for q in ("", " transfers  "))
    assert 'rel="canonical" href="http://testserver/search/"' in plain
    assert "noindex" not in plain
    assert 'rel="canonical" href="http://testserver/search/?q=transfers"' in narrowed
    assert "noindex" in narrowed


def _french() -> Locale:
    return Locale.objects.get(language_code="fr")
