"""The secretariat teaches the search and sees how it is used; nobody else does."""

import csv
import datetime
import io

import pytest
from django.test import Client
from django.utils import timezone

from search.engines.database import indexing
from search.models import Click, Promotion, Question, Synonyms
from tests.search.documents import make_document

SYNONYMS, PROMOTIONS = "/admin/snippets/search/synonyms", "/admin/snippets/search/promotion"
SEARCHES, OPENED = "/admin/searches/", "/admin/opened-results/"
CHOOSER = "/admin/choose-search-result/"
FIELDS = ("english", "french", "spanish", "portuguese", "arabic", "acronyms", "ambiguous_acronyms")


def form(name: str = "Streets", **fields) -> dict[str, str]:
    given = {"english": "zebra crossing", "french": "passage piéton"} | fields
    return {"name": name} | dict.fromkeys(FIELDS, "") | given


def found(*titles: str) -> None:
    """Make documents that the database finds."""
    indexing.write(
        [make_document(f"page:{place}", title) for place, title in enumerate(titles, start=1)]
    )


# Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", [f"{SYNONYMS}/", f"{SYNONYMS}/add/", f"{PROMOTIONS}/add/", SEARCHES, OPENED]
)
def test_only_the_secretariat_comes_in(secretariat, co_chair, address):
    assert secretariat.get(address).status_code == 200
    assert co_chair.get(address).status_code in {302, 403}


def test_the_menu_is_for_the_secretariat(secretariat, co_chair):
    assert "What people search" in secretariat.get("/admin/").content.decode()
    page = co_chair.get("/admin/").content.decode()
    assert "What people search" not in page
    assert "What found nothing" not in page


def test_nobody_writes_in_the_lists_of_what_is_searched(secretariat):
    row = Question.objects.create(day="2026-11-22", words="budget", language="en")
    for address in ("create/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert secretariat.get(f"{SEARCHES}{address}").status_code in {302, 403}


# Synonyms --------------------------------------------------------------------------------------


def test_a_draft_is_saved_and_then_published(secretariat):
    assert secretariat.post(f"{SYNONYMS}/add/", form()).status_code == 302
    row = Synonyms.objects.get(name="Streets")
    assert not row.live
    published = form(french="passage clouté") | {"action-publish": "1"}
    assert secretariat.post(f"{SYNONYMS}/edit/{row.pk}/", published).status_code == 302
    row.refresh_from_db()
    assert (row.live, row.french) == (True, "passage clouté")
    assert row.revisions.count() == 2


def test_versions_are_compared_and_taken_back(secretariat):
    secretariat.post(f"{SYNONYMS}/add/", form())
    row = Synonyms.objects.get(name="Streets")
    secretariat.post(f"{SYNONYMS}/edit/{row.pk}/", form(french="passage clouté"))
    first, second = row.revisions.order_by("pk").values_list("pk", flat=True)
    history = secretariat.get(f"{SYNONYMS}/history/{row.pk}/").content.decode()
    assert f"/revisions/{first}/revert/" in history
    compared = secretariat.get(f"{SYNONYMS}/history/{row.pk}/revisions/compare/{first}...{second}/")
    assert "clouté" in compared.content.decode()
    taken_back = secretariat.get(f"{SYNONYMS}/history/{row.pk}/revisions/{first}/revert/")
    assert "passage piéton" in taken_back.content.decode()


def test_a_mistake_is_explained(secretariat):
    page = secretariat.post(f"{SYNONYMS}/add/", form(english="property tax")).content.decode()
    assert "“property tax” is already a word for “Property tax”." in page


# Trials ----------------------------------------------------------------------------------------


def trial(client: Client, address: str, fields: dict, **parameters) -> str:
    assert client.post(address, fields).json() == {"is_valid": True, "is_available": True}
    response = client.get(address, parameters)
    assert response.status_code == 200
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    return " ".join(response.content.decode().split())


def test_new_synonyms_are_tried_on_their_first_term(secretariat):
    found("Zebra crossing", "Un passage piéton")
    page = trial(secretariat, f"{SYNONYMS}/preview/", form())
    assert 'value="zebra crossing"' in page
    assert page.count("1 result") == 1
    assert page.count("2 results") == 1
    assert page.count("Un passage piéton") == 1
    assert "<bdi>passage piéton</bdi>" in page


def test_a_change_is_tried_against_what_is_live(secretariat):
    found("Passage clouté")
    row = Synonyms.objects.create(name="Streets", english="zebra crossing", french="passage piéton")
    page = trial(secretariat, f"{SYNONYMS}/preview/{row.pk}/", form(french="passage clouté"))
    assert "0 results" in page
    assert "1 result" in page
    row.refresh_from_db()
    assert row.french == "passage piéton"


def test_a_draft_leaves_other_concepts_as_they_are(secretariat):
    found("Recettes propres")
    assert trial(secretariat, f"{SYNONYMS}/preview/", form(), sample="OSR").count("1 result") == 2


def test_an_editor_types_the_search_to_try(secretariat):
    found("Budgets")
    address = f"{SYNONYMS}/preview/"
    page = trial(secretariat, address, form(), sample="budget <b>", in_preview_panel="true")
    assert 'value="budget &lt;b&gt;"' in page
    assert 'name="in_preview_panel" value="true"' in page
    assert "Budgets" in page
    assert 'value="budget &lt;b&gt;"' in trial(secretariat, address, form(french="autre chose"))


def test_what_was_typed_goes_with_a_new_concept_that_is_saved(secretariat):
    trial(secretariat, f"{SYNONYMS}/preview/", form(), sample="budget")
    secretariat.post(f"{SYNONYMS}/add/", form())
    row = Synonyms.objects.get(name="Streets")
    saved = trial(secretariat, f"{SYNONYMS}/preview/{row.pk}/", form())
    assert 'value="budget"' in saved
    other = form("Junctions", english="roundabout", french="rond-point")
    assert 'value="roundabout"' in trial(secretariat, f"{SYNONYMS}/preview/", other)


def test_a_promotion_is_tried(secretariat):
    found("Budgets", "Budgets in cities", "An old guide")
    fields = {"words": "budgets", "uid": "page:3", "place": "1", "note": ""}
    page = trial(secretariat, f"{PROMOTIONS}/preview/", fields)
    assert page.count("An old guide") == 1
    assert "promoted" in page
    assert "was 1" in page


def test_a_version_of_the_history_is_tried(secretariat):
    found("Zebra crossing")
    secretariat.post(f"{SYNONYMS}/add/", form())
    row = Synonyms.objects.get(name="Streets")
    address = f"{SYNONYMS}/history/{row.pk}/revisions/{row.latest_revision_id}/view/"
    assert "1 result" in secretariat.get(address).content.decode()


# Choosing a result -----------------------------------------------------------------------------


@pytest.fixture
def results(home):
    make_document("page:1", "Own revenue in cities")
    make_document("page:2", "Own revenue of members", is_public=False, readers=["members"])
    make_document("page:3", "Recettes propres", language="fr", also_called="Own revenue")


def test_results_are_chosen_by_title(secretariat, results):
    everything = secretariat.get(CHOOSER).json()["html"]
    assert "Own revenue in cities" in everything
    assert "page:1" not in everything
    assert "Own revenue of members" not in everything
    page = secretariat.get(f"{CHOOSER}results/", {"q": "REVENUE cities"}).content.decode()
    assert "Own revenue in cities" in page
    assert "Recettes propres" not in page
    assert "Recettes propres" in secretariat.get(f"{CHOOSER}results/?q=own").content.decode()


def test_a_chosen_result_goes_by_its_uid(secretariat, results):
    pks = {row.uid: row.pk for row in make_document("page:9", "Last")._meta.model.objects.all()}
    chosen = secretariat.get(f"{CHOOSER}chosen/{pks['page:1']}/").json()
    assert chosen["result"]["id"] == "page:1"
    assert chosen["result"]["title"] == "Own revenue in cities"
    assert secretariat.get(f"{CHOOSER}chosen/{pks['page:2']}/").status_code == 404


def test_a_promotion_is_published_and_shows_the_title_of_its_result(secretariat, results):
    fields = {"words": "own revenue", "uid": "page:1", "place": "1", "note": ""}
    posted = secretariat.post(f"{PROMOTIONS}/add/", fields | {"action-publish": "1"})
    assert posted.status_code == 302
    row = Promotion.objects.get()
    assert row.live
    for address in (f"{PROMOTIONS}/", f"{PROMOTIONS}/edit/{row.pk}/"):
        assert "Own revenue in cities" in secretariat.get(address).content.decode()


def test_a_promotion_of_something_private_is_refused(secretariat, results):
    fields = {"words": "own revenue", "uid": "page:2", "place": "1", "note": ""}
    page = secretariat.post(f"{PROMOTIONS}/add/", fields).content.decode()
    assert "not everybody may read it" in page
    assert not Promotion.objects.exists()


def test_a_promoted_result_that_has_gone_is_named_as_such(secretariat, results):
    Promotion.objects.create(words="own revenue", uid="page:99")
    assert "page:99: not to be found any more" in secretariat.get(f"{PROMOTIONS}/").content.decode()


# How it is used --------------------------------------------------------------------------------


def ask(words: str, days_ago: int = 0, language: str = "en", **counts) -> None:
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    Question.objects.create(day=day, words=words, language=language, **{"asked": 1} | counts)


def rows(client: Client, address: str, **parameters) -> list[dict[str, str]]:
    response = client.get(address, parameters | {"export": "csv"})
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_the_days_of_a_period_are_summed_up(secretariat):
    ask("budget", 0, asked=3, found_nothing=1, opened=2, results=4)
    ask("budget", 20, asked=2, found_nothing=2, opened=0, results=9)
    ask("budget", 60, asked=10)
    ask("budget", 0, "fr")
    ask("tax", 1, asked=4)
    found = rows(secretariat, SEARCHES)
    assert [(row["Words"], row["Language"], row["Times"]) for row in found] == [
        ("budget", "en", "5"),
        ("tax", "en", "4"),
        ("budget", "fr", "1"),
    ]
    assert (found[0]["Found Nothing"], found[0]["Results Opened"]) == ("3", "2")
    assert found[0]["Results"] == "4"
    assert found[1]["Found Nothing"] == "0"
    assert rows(secretariat, SEARCHES, period="90")[0]["Times"] == "15"
    assert rows(secretariat, SEARCHES, period="nonsense") == found


def test_searches_are_narrowed_and_searched(secretariat):
    ask("budget", found_nothing=1)
    ask("impôt", language="fr")
    ask("tax")
    assert {row["Words"] for row in rows(secretariat, SEARCHES, found="nothing")} == {"budget"}
    assert {row["Words"] for row in rows(secretariat, SEARCHES, language="fr")} == {"impôt"}
    assert {row["Words"] for row in rows(secretariat, SEARCHES, q="TAX")} == {"tax"}


def test_the_lists_are_shown_sorted_and_linked(secretariat):
    ask("budget & tax", language="fr", asked=4, found_nothing=1, opened=2)
    page = secretariat.get(SEARCHES, {"found": "nothing", "o": "-3"}).content.decode()
    assert 'href="/fr/search/?q=budget+%26+tax"' in page
    assert "50 %" in page
    for column in range(8):
        assert secretariat.get(SEARCHES, {"o": f"-{column}"}).status_code == 200


def test_what_is_opened_has_its_title_and_share(secretariat):
    make_document("page:1", "Own revenue in cities")
    ask("own revenue", asked=3)
    ask("own revenue", 1, "fr", asked=1)
    for days_ago, place in ((0, 1), (1, 4)):
        day = timezone.localdate() - datetime.timedelta(days=days_ago)
        Click.objects.create(
            day=day, words="own revenue", uid="page:1", number=1, sum_of_places=place
        )
    (row,) = rows(secretariat, OPENED)
    assert (row["Title"], row["Times"]) == ("Own revenue in cities", "2")
    assert (row["Opened Per Search"], row["Mean Place"]) == ("50 %", "2.5")
    assert "Own revenue in cities" in secretariat.get(OPENED, {"q": "cities"}).content.decode()
    for column in range(6):
        assert secretariat.get(OPENED, {"o": f"-{column}"}).status_code == 200


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@sum(a1)"])
def test_a_spreadsheet_runs_nothing_that_was_searched(secretariat, words):
    ask(words)
    (row,) = rows(secretariat, SEARCHES)
    assert row["Words"] == f"'{words}"


def test_the_lists_cost_no_more_with_more_rows(secretariat, django_assert_max_num_queries):
    def queries(address: str) -> int:
        with django_assert_max_num_queries(60) as counted:
            assert secretariat.get(address).status_code == 200
        return len(counted)

    def add(number: int) -> None:
        ask(f"words {number}")
        make_document(f"page:{number}", f"Result {number}")
        Click.objects.create(
            day=timezone.localdate(), words=f"words {number}", uid=f"page:{number}", number=1
        )
        Promotion.objects.create(words=f"words {number}", uid=f"page:{number}")

    addresses = (SEARCHES, OPENED, f"{PROMOTIONS}/")
    add(1)
    for address in addresses:
        queries(address)  # what is looked up once for good
    before = [queries(address) for address in addresses]
    for number in range(2, 12):
        add(number)
    assert [queries(address) for address in addresses] == before
