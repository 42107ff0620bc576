"""What is searched and opened is counted, without anything about who it was."""

import datetime

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from search import usage
from search.models import Click, Question
from search.rules import may_be_counted
from tests.search.documents import make_document
from tests.side_by_side import side_by_side

DAY = datetime.date(2026, 11, 22)
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def record(words: str, total: int = 3, language: str = "en", day: datetime.date = DAY) -> None:
    usage.record(words, language, total, day=day)
    usage.write_pending()


def counted() -> list[tuple[str, str, int, int, int]]:
    rows = Question.objects.order_by("day", "words", "language")
    return list(rows.values_list("words", "language", "asked", "found_nothing", "results"))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("own-source revenue", True),
        ("sdg 2030", True),
        ("budget 2024-2025", False),
        ("amina@example.org", False),
        ("amina＠example.org", False),
        ("+254 700 123 456", False),
        ("١٢٣٤٥٦", False),
        ("", False),
        ("w" * 80, True),
        ("w" * 81, False),
    ],
)
def test_what_could_be_personal_is_not_kept(words, kept):
    assert may_be_counted(words) is kept


def test_searches_of_one_day_are_one_line(db):
    record("Budget")
    record("  budget\x00", total=0)
    record("budget", language="fr")
    assert counted() == [("budget", "en", 2, 1, 0), ("budget", "fr", 1, 0, 3)]


def test_each_day_has_a_line_of_its_own(db):
    record("budget")
    record("budget", day=DAY + datetime.timedelta(days=1))
    assert list(Question.objects.order_by("day").values_list("asked", flat=True)) == [1, 1]


def test_personal_and_empty_searches_leave_no_trace(db):
    record("amina@example.org")
    record("")
    record("***")
    assert counted() == []


def test_one_search_costs_one_statement(db, django_assert_num_queries):
    record("budget")
    usage.record("budget", "en", 3, day=DAY)
    with django_assert_num_queries(3):  # the statement, and the savepoint around it
        usage.write_pending()


def test_a_search_is_written_when_the_response_has_been_sent(db, client, home):
    usage.record("budget", "en", 3, day=DAY)
    assert counted() == []
    client.get("/blog/")
    assert [row[0] for row in counted()] == ["budget"]


def test_the_search_page_counts_first_pages_only(client, home):
    for parameters in ({}, {"q": "", "theme": "gender-equity"}, {"q": "zebra", "page": "2"}):
        client.get("/search/", parameters)
    client.get("/search/", {"q": "zebra", "format": "json"})
    assert counted() == []
    client.get("/fr/search/", {"q": "Zebra"})
    assert counted() == [("zebra", "fr", 1, 1, 0)]


def test_that_filters_left_nothing_says_nothing_of_the_words(client, home):
    client.get("/search/", {"q": "zebra", "type": "post"})
    assert counted() == [("zebra", "en", 1, 0, 0)]
    client.get("/search/", {"q": "zebra"})
    assert counted() == [("zebra", "en", 2, 1, 0)]


def test_what_cannot_be_written_fails_nothing(db, monkeypatch, caplog):
    def broken(asked):
        raise DatabaseError("no room left")

    usage.record("budget", "en", 3, day=DAY)
    with monkeypatch.context() as patch:
        patch.setattr(usage, "_write", broken)
        usage.write_pending()
    assert "could not be counted" in caplog.text
    record("budget")
    assert [row[2] for row in counted()] == [1]


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_the_same_words_at_once():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory is one connection; its writers wait for each other anyway")

    def ask() -> None:
        for _ in range(20):
            record("budget")

    side_by_side(ask, 4)
    assert [row[2] for row in counted()] == [80]


def test_a_click_counts_for_words_that_were_searched(db):
    record("budget")
    assert usage.record_click("Budget", "en", "page:7", 3, day=DAY)
    assert usage.record_click("budget", "en", "page:7", 1, day=DAY + datetime.timedelta(days=1))
    assert not usage.record_click("something else", "en", "page:7", 1, day=DAY)
    assert not usage.record_click("budget", "fr", "page:7", 1, day=DAY)
    assert not usage.record_click("budget", "en", "page:7", 1, day=DAY + datetime.timedelta(days=2))
    assert list(Click.objects.values_list("words", "uid", "number", "sum_of_places")) == [
        ("budget", "page:7", 2, 4)
    ]
    assert Question.objects.get().opened == 2


def test_what_is_older_than_thirteen_months_is_deleted(db, now):
    for day in (datetime.date(2025, 9, 30), datetime.date(2025, 10, 1), DAY):
        record("budget", day=day)
        usage.record_click("budget", "en", "page:7", 1, day=day)
    assert usage.purge(now) == 2
    kept = [datetime.date(2025, 10, 1), DAY]
    assert list(Question.objects.order_by("day").values_list("day", flat=True)) == kept
    assert list(Click.objects.order_by("day").values_list("day", flat=True)) == kept


# The view --------------------------------------------------------------------------------------


@pytest.fixture
def searched(db):
    """Somebody searched for “budget” today, and there is a page to open."""
    usage.record("budget", "en", 3)
    usage.write_pending()
    make_document("page:7", "Budgets")


def send(client: Client, headers: dict[str, str] = SAME_ORIGIN, **fields) -> int:
    given = {"words": "budget", "uid": "page:7", "place": "2"} | fields
    return client.post("/search/opened/", given, headers=headers).status_code


def clicks() -> int:
    return sum(Click.objects.values_list("number", flat=True))


def test_the_page_reports_what_was_opened(client, searched):
    assert send(client) == 204
    assert send(client, {"Origin": "http://testserver"}) == 204
    assert clicks() == 2


def test_no_token_is_needed(searched):
    assert send(Client(enforce_csrf_checks=True)) == 204
    assert clicks() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_other_sites_report_nothing(client, searched, headers):
    assert send(client, headers) == 403
    assert clicks() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"uid": "page:8"},
        {"uid": "page:7; drop table"},
        {"uid": "x" * 5_000},
        {"words": "never searched"},
        {"words": "\x00" * 100},
        {"place": "0"},
        {"place": "-1"},
        {"place": "999999999999"},
        {"place": "first"},
    ],
)
def test_what_makes_no_sense_is_not_counted(client, searched, fields):
    assert send(client, **fields) == 204
    assert clicks() == 0


@pytest.mark.parametrize("fields", [{"is_public": False, "readers": ["members"]}])
def test_a_result_that_is_not_public_is_not_counted(client, searched, fields):
    make_document("page:8", "Members only", **fields)
    assert send(client, uid="page:8") == 204
    assert clicks() == 0


def test_one_reader_cannot_count_without_end(client, searched, monkeypatch):
    monkeypatch.setattr("search.opened.MOST_A_MINUTE", 2)
    assert [send(client) for _ in range(4)] == [204, 204, 429, 429]
    assert clicks() == 2


def test_only_posts_are_heard(client, db):
    assert client.get("/search/opened/", headers=SAME_ORIGIN).status_code == 405
