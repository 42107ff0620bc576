"""The index follows the documents."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from search.engines.answers import PUBLIC
from search.engines.database import indexing
from search.engines.database.engine import DatabaseEngine
from search.models import Document, Entry
from tests.search.elastic.library import Thing

from .conftest import keep, titles

pytestmark = pytest.mark.django_db


def test_what_is_written_again_is_found_by_its_new_words_only(ask):
    (document,) = keep(Thing("page:1", "Water", body="Pipes"))
    document.title, document.body = "Fire", {"en": "Hoses"}
    indexing.write([document])
    assert ask("water").total == ask("pipes").total == 0
    assert titles(ask("fire hoses")) == ["Water"]  # the row itself was not saved
    assert Entry.objects.count() == 1


def test_what_is_removed_is_gone_from_everything(ask):
    (document,) = keep(Thing("page:1", "Unmistakable"))
    indexing.remove([document.pk])
    assert ask("unmistakable").total == ask("").total == 0
    assert DatabaseEngine().suggest("unmi", frozenset({PUBLIC}), "en", 5) == []
    assert ask("unmistakible").did_you_mean == ""


def test_a_deleted_document_takes_its_words_along(ask):
    (document,) = keep(Thing("page:1", "Water"))
    document.delete()
    assert ask("water").total == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "select (select count(*) from search_words),"
                " (select count(*) from search_titles), (select count(*) from search_spelling)"
            )
            assert cursor.fetchone() == (0, 0, 0)


def test_a_tombstone_is_taken_out(ask):
    (document,) = keep(Thing("page:1", "Water"))
    document.deleted_at, document.title = timezone.now(), ""
    indexing.write([document])
    assert ask("").total == 0


def test_writing_belongs_to_the_transaction_of_the_documents(ask):
    with transaction.atomic():
        keep(Thing("page:1", "Water"))
        transaction.set_rollback(True)
    assert ask("water").total == 0


def test_everything_can_be_indexed_anew(ask):
    kept, gone, _dead = keep(
        Thing("page:1", "Water", facets={"theme": ("rivers",)}),
        Thing("page:2", "Fire"),
        Thing("page:3", "Air"),
    )
    Entry.objects.filter(pk=kept.pk).delete()
    Document.objects.filter(pk=gone.pk).update(deleted_at=timezone.now(), title="", is_public=False)
    said = StringIO()
    call_command("search_index", "reindex", stdout=said)
    assert said.getvalue() == "2 documents in the database’s own index.\n"
    assert set(titles(ask(""))) == {"Water", "Air"}
    assert ask("water").facets["theme"] == {"rivers": 1}


def test_a_document_of_any_size_can_be_indexed(ask):
    words = " ".join(f"unheard{number}of" for number in range(100_000))
    long_words = " ".join(f"{number}" * 40 for number in range(10_000, 40_000))
    keep(
        Thing("page:1", "Large", body=words),
        Thing("page:2", "Larger", body=long_words, files={"A file": (words, words)}),
    )
    assert titles(ask("unheard7of large")) == ["Large"]


def test_page_marks_are_no_words_and_cut_no_phrase(ask):
    text = "one two three four five six seven eight nine ten eleven twelve"
    keep(Thing("page:1", "Numbers", files={"File": (text, text)}))
    assert ask('"one two three four five six seven eight nine ten eleven twelve"').total == 1


def test_no_phrase_reaches_from_one_text_into_the_next(ask):
    keep(Thing("page:1", "Local", summary="government", body="finance"))
    assert ask('"local government"').total == 0
    assert ask('"government finance"').total == 0
    assert ask("local government finance").total == 1


def test_a_quoted_phrase_of_any_length_stands_in_a_row(ask):
    keep(
        Thing("page:1", "The transfer of powers to cities"),
        Thing("page:2", "The transfer of power and of powers to cities"),
    )
    assert titles(ask('"transfer of powers to cities"')) == ["The transfer of powers to cities"]
    assert ask('"transfers of powers"').total == 0
