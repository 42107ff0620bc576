"""What is shown of a hit: where the words stand, in which file and on which page."""

import pytest

from search.engines.answers import Hit
from tests.search.elastic.library import Thing

from .conftest import keep

pytestmark = pytest.mark.django_db

FILLER = "Nothing of interest stands here. " * 40


@pytest.fixture
def hit(ask):
    """Return a function that gives the only hit of a search."""

    def only(text: str, **question) -> Hit:
        (found,) = ask(text, **question).hits
        return found

    return only


def marked(hit: Hit) -> list[str]:
    return [hit.passage.text[start:end] for start, end in hit.passage.hits]


def test_the_summary_is_shown_where_it_says_all(hit):
    keep(Thing("page:1", "Title", summary="Budgets of cities.", body="The city budget."))
    found = hit("city budget")
    assert found.passage.text == "Budgets of cities."
    assert marked(found) == ["Budgets", "cities"]


def test_otherwise_the_place_of_the_text_that_says_most(hit):
    body = f"A city. {FILLER} The city’s budgets grow. {FILLER} A budget."
    keep(Thing("page:1", "Title", summary="Of a city", body=body))
    found = hit("city budget")
    assert marked(found) == ["city", "budgets"]
    assert found.passage.text.startswith("…")
    assert found.passage.text.endswith("…")


def test_a_file_is_named_with_the_page(hit):
    pages = [FILLER, FILLER, f"{FILLER} Own source revenue matters. {FILLER}", FILLER]
    keep(Thing("page:1", "Title", summary="A report", files={"Annex": (FILLER,), "Report": pages}))
    found = hit("own source revenue")
    assert marked(found) == ["Own", "source", "revenue"]
    assert (found.in_file.title, found.in_file.page) == ("Report", 3)
    assert found.in_file.url == "/documents/1/Report"


def test_a_file_without_pages_has_no_page(hit):
    keep(Thing("page:1", "Title", files={"Table": (f"{FILLER} grievance",)}))
    assert hit("grievances").in_file.page == 0


def test_a_text_before_a_file_that_says_no_more(hit):
    keep(Thing("page:1", "Title", body="On grievances.", files={"Report": ("Grievances",)}))
    found = hit("grievance")
    assert found.in_file is None
    assert marked(found) == ["grievances"]


def test_of_several_languages_the_readers_own_is_shown(hit):
    bodies = {"en": "She works on revenue in Kenya.", "fr": "Elle travaille au Kenya."}
    keep(Thing("person:1", "Amina", "", body=bodies))
    assert hit("Kenya", language="fr").passage.text == "Elle travaille au Kenya."
    assert hit("Kenya", language="en").passage.text == "She works on revenue in Kenya."
    assert hit("revenue", language="fr").passage.text == "She works on revenue in Kenya."


def test_where_only_the_title_answers_the_summary_is_shown_without_hits(hit):
    keep(Thing("page:1", "Water", summary="A summary.", body="A text."))
    found = hit("water")
    assert (found.passage.text, found.passage.hits) == ("A summary.", ())
    assert found.title_hits == ((0, 5),)


def test_where_there_is_no_summary_the_text_begins(hit):
    keep(Thing("page:1", "Water", body=f"The beginning. {FILLER}"))
    assert hit("water").passage.text.startswith("The beginning.")
    assert hit("").passage.text.startswith("The beginning.")


def test_a_phrase_is_marked_as_one(hit):
    keep(Thing("page:1", "Title", summary="Government, local. A local government."))
    assert marked(hit('"local government"')) == ["local government"]
