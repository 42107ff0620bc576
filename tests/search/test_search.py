"""What the public finds, in which order, and how it is told."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from people.models import Person
from search import finding
from search.models import Promotion, Question
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


def test_accents_make_no_difference(titles, home):
    make_post("Économie locale")
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
    assert sorted(titles(region="africa")) == ["By country", "By region", "Kenya"]


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


def test_a_search_makes_no_more_queries_for_more_content(ask, home, now):
    def queries(parameters: dict) -> int:
        ask(**parameters)
        with CaptureQueriesContext(connection) as made:
            assert ask(**parameters).status_code == 200
        return len(made)

    def add(numbers: range) -> None:
        for number in numbers:
            author = make_person(f"Somebody {number}")
            make_post(f"Transfers {number}", themes=["subnational-finance"], authors=[author])
            make_event(f"Transfers at {number}", now, language="fr")

    searches = [{}, {"q": "transfers"}, {"q": "transfers", "theme": "subnational-finance"}]
    add(range(3))
    few = [queries(parameters) for parameters in searches]
    add(range(3, 12))
    assert [queries(parameters) for parameters in searches] == few


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
    assert result.pop("score") > 0
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
        "file": None,
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


@pytest.mark.parametrize("page", ["2", "0", "x", "999999", "1000000000"])
def test_a_page_that_is_not_there_says_so_and_leads_back(ask, home, page):
    make_post("Transfers")
    response = ask(q="transfers", page=page)
    assert response.status_code == 404
    assert 'href="/search/?q=transfers"' in response.text
    response = ask(page=page, format="json")
    assert response.status_code == 400
    assert response.json()["error"]


def test_the_search_page_of_each_language(ask, home):
    make_post("Transfers")
    for prefix, word in (("", "Search"), ("/fr", ""), ("/ar", "")):
        response = ask(f"{prefix}/search/", q="transfers")
        assert response.status_code == 200
        assert "<mark>Transfers</mark>" in response.text
        assert word in response.text


def test_the_page_marks_the_language_of_titles(ask, home):
    make_post("Recettes propres", language="fr")
    page = ask(q="recettes").text
    assert 'lang="fr" dir="ltr"><a class="card__link"' in page


def test_each_criterion_can_be_taken_away(ask, home):
    make_post("Transfers", countries=["ke"])
    page = ask(q="transfers", country="ke", year="2026").text
    assert 'href="/search/?country=ke&amp;q=transfers"' in page
    assert 'href="/search/?q=transfers&amp;year=2026"' in page
    assert 'href="/search/?country=ke&amp;year=2026"' in page


def test_nothing_found_leads_out_where_there_is_something(ask, home):
    make_post("Transfers", regions=["africa"], themes=["subnational-finance"])
    page = ask(
        q="transfers", region=["africa", "asia"], theme="subnational-finance", year="2011"
    ).text
    assert "No results" in page
    assert "without one of these filters" in page
    without_the_year = (
        "?q=transfers&amp;region=africa&amp;region=asia&amp;theme=subnational-finance"
    )
    assert page.count(f'href="/search/{without_the_year}"') == 2  # the chip above, the way out
    assert 'href="/search/?theme=subnational-finance"' in page


def test_only_the_search_for_everything_is_for_search_engines(ask, home):
    make_post("Transfers")
    plain, narrowed = (ask(q=q).text for q in ("", " transfers  "))
    assert 'rel="canonical" href="http://testserver/search/"' in plain
    assert "noindex" not in plain
    assert 'rel="canonical" href="http://testserver/search/?q=transfers"' in narrowed
    assert "noindex" in narrowed


def test_what_nothing_is_called_is_named_and_left_out(ask, find, home):
    make_post("Transfers", themes=["subnational-finance"])
    parameters = {"q": "transfers", "theme": "wine", "author": "nobody", "year": "1066"}
    page = ask(**parameters).text
    assert "Some filters were left out" in page
    assert "Theme: “wine” · Year: “1066” · Author: “nobody”" in page
    assert 'rel="canonical" href="http://testserver/search/?q=transfers"' in page
    assert find(**parameters)["count"] == 1


def test_works_and_appearances_are_found_by_author(titles, find, home):
    ama = make_person("Ama Mensah")
    make_post("By Ama", authors=[ama])
    make_post("By another", authors=["Somebody Else"])
    assert "By Ama" in titles(author="ama-mensah")
    assert "By another" not in titles(author="ama-mensah")
    (option,) = find(type="post")["facets"]["author"]
    assert (option["value"], option["label"], option["count"]) == ("ama-mensah", "Ama Mensah", 1)


def test_events_with_a_recording_can_be_picked_out(titles, home, now):
    make_event("Recorded", now, recording="available", recording_url="https://example.org/1")
    make_event("Not recorded", now)
    assert titles(recording="yes") == ["Recorded"]


def test_a_misspelt_word_is_put_right_and_can_be_insisted_on(ask, find, titles, home):
    make_post("Transfers explained")
    answer = find(q="trasnfers")
    assert (answer["did_you_mean"], answer["corrected"]) == ("transfers", True)
    assert [result["title"] for result in answer["results"]] == ["Transfers explained"]
    page = ask(q="trasnfers").text
    assert "Showing results for <strong><bdi>transfers</bdi></strong>" in page
    assert 'href="/search/?exact=1&amp;q=trasnfers"' in page
    assert titles(q="trasnfers", exact="1") == []
    insisted = ask(q="trasnfers", exact="1").text
    assert "No results" in insisted
    assert "Did you mean" not in insisted


def test_an_answer_of_the_database_says_so(ask, find, home):
    make_post("Transfers")
    assert find(q="transfers")["basic"] is True
    assert "Search is running in basic mode" in ask(q="transfers").text


def test_what_editors_promote_stands_first_and_only_once(ask, find, home):
    make_post("Transfers explained: transfers and transfers")
    chosen = make_post("A classic", summary="On transfers.")
    Promotion.objects.create(words="transfers", uid=f"page:{chosen.pk}", live=True)
    answer = find(q="Transfers")
    assert answer["results"][0]["title"] == "A classic"
    assert len(answer["results"]) == 2
    assert ask(q="transfers").text.count("Chosen by the editors") == 1
    assert "Chosen by the editors" not in ask(q="transfers", year="2026").text


def test_a_search_is_counted_once_for_its_first_page(ask, home):
    make_post("Transfers")
    for parameters in ({}, {"format": "json"}, {"format": "rss"}, {"page": "2"}):
        ask(q="transfers", **parameters)
    (counted,) = Question.objects.all()
    assert (counted.words, counted.asked, counted.results) == ("transfers", 1, 1)


def test_results_say_where_their_opening_is_counted(ask, home):
    post = make_post("Transfers")
    page = ask(q="transfers").text
    assert 'data-opened="/search/opened/" data-words="transfers"' in page
    assert f'data-uid="page:{post.pk}" data-place="1"' in page


def test_results_beyond_reach_are_explained(ask, find, home, monkeypatch):
    monkeypatch.setattr(finding, "DEEPEST", 40)
    monkeypatch.setattr(finding, "LAST_PAGE", 2)
    for number in range(45):
        make_person(f"Somebody {number:02}")
    last = ask(type="person", page="2")
    assert "<strong>45</strong> results" in last.text
    assert "Nobody reads on" in last.text
    assert find(type="person", page="2")["next"] is None
    beyond = ask(type="person", page="3")
    assert beyond.status_code == 404
    assert "Results can be leafed through" in beyond.text
    assert 'name="type"' in beyond.text


def test_the_box_keeps_the_filters_and_the_filters_the_words(ask, home):
    make_post("Transfers", countries=["ke"])
    page = ask(q="transfers", country="ke", sort="newest").text
    assert '<input type="hidden" name="country" value="ke">' in page
    assert '<input type="hidden" name="q" value="transfers">' in page
    assert '<input type="hidden" name="sort" value="newest">' in page


def test_results_without_a_language_go_by_their_own_direction(ask, home):
    Person.objects.create(name="ليلى مثال", slug="layla")
    page = ask(q="ليلى").text
    assert '<h2 class="card__title" dir="auto"><a class="card__link" href="/people/layla/">' in page
    assert 'href="/ar/people/layla/"' in ask("/ar/search/", q="ليلى").text


def test_a_country_goes_by_its_name_in_the_language_of_the_page(ask, home):
    make_post("Transfers", countries=["de"])
    assert ">Allemagne</a>" in ask("/fr/search/", q="Germany").text


def _french() -> Locale:
    return Locale.objects.get(language_code="fr")
