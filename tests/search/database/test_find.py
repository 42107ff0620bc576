"""What the database finds, for whom, in which order and with which counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.engines.database import indexing
from search.models import Document
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


def test_what_means_the_same_is_found_too(ask):
    ...
