"""The index holds what readers see, as soon as it is published."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.models import IndexEntry

from events.models import AgendaItem
from pages.models import SitePage
from people.models import Biography
from search.index import POSTGRESQL
from tests.factories.content import make_person, make_post
from tests.factories.events import make_event


def test_authors_and_tags_are_found_from_the_first_publication(titles, home):
    post = make_post("A post", authors=["Kofi Anan Writer"], themes=["subnational-finance"])
    post.save_revision().publish()
    assert titles(q="kofi writer") == ["A post"]
    assert titles(q="subnational") == ["A post"]


def test_a_biography_is_found_as_soon_as_it_is_saved(titles, home):
    person = make_person("Somebody")
    text = Biography.objects.create(person=person, language="en", text="Studied cadastres.")
    assert titles(q="cadastres") == ["Somebody"]
    text.delete()
    assert titles(q="cadastres") == []


def test_a_person_with_a_biography_can_be_deleted(titles, home):
    person = make_person("Somebody")
    Biography.objects.create(person=person, language="en", text="Studied cadastres.")
    person.delete()
    assert titles(q="cadastres") == []


def test_the_index_can_be_made_anew(titles, home, now):
    event = make_event("A meeting", now, body=[("paragraph", "<p>On cadastres.</p>")])
    event.agenda.add(AgendaItem(title="Opening words", contributor_name="Some Contributor"))
    event.save()
    IndexEntry.objects.all().delete()
    assert titles(q="cadastres") == []
    call_command("update_index", verbosity=0)
    assert titles(q="cadastres") == ["A meeting"]
    assert titles(q="opening contributor") == ["A meeting"]


def test_wagtails_own_search_finds_pages_of_all_types(home):
    make_post("A post", body=[("paragraph", "<p>On cadastres.</p>")])
    assert [page.title for page in SitePage.objects.search("cadastres")] == ["A post"]


def test_only_the_text_is_quoted(find, home):
    post = make_post(
        "A post",
        summary="A summary.",
        authors=["Author of Cadastres"],
        body=[("paragraph", "<p>Some text.</p>"), ("paragraph", "<p>Valuation rolls.</p>")],
    )
    post.save_revision().publish()
    (by_author,) = find(q="cadastres")["results"]
    (by_text,) = find(q="valuation")["results"]
    assert by_author["snippet"] == "A summary."
    assert by_text["snippet"] == "A summary. Some text. Valuation rolls."


def test_a_search_makes_no_more_queries_for_more_content(client, home, now):
    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    def add(numbers: range) -> None:
        for number in numbers:
            make_post(f"Transfers {number}", themes=["subnational-finance"], regions=["africa"])
            make_event(f"Transfers at {number}", now, language="fr")
            make_person(f"Somebody {number}")

    addresses = [
        "/search/",
        "/search/?q=transfers",
        "/search/?q=transfers&region=africa&type=post&theme=subnational-finance&year=2026",
    ]
    add(range(12))
    few = [queries(address) for address in addresses]
    add(range(12, 30))
    many = [queries(address) for address in addresses]
    assert many == few
    assert few[0] <= 12
    assert few[1] <= 13


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="is about PostgreSQL")
def test_postgresql_finds_words_by_an_index():
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {POSTGRESQL}", ["'transfers':*"])
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "search_title_and_body" in plan
