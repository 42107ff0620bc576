"""The secretariat sees whether the search is well."""

import datetime

import pytest
from django.core.management import call_command

from search import usage
from search.engines.choosing import cluster_breaker
from search.models import Question, Upkeep
from search.projection.health import Health, health
from search.state import Fact, facts
from tests.search.documents import make_document

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


def made(**numbers) -> Health:
    well = {
        "engine": "elasticsearch",
        "index": "decentralization-1",
        "is_reachable": True,
        "documents": 12_345,
        "waiting_changes": 0,
        "waiting_documents": 0,
        "oldest": datetime.timedelta(0),
        "given_up": (),
        "last_rebuild": None,
        "last_check": None,
        "files_waiting": 0,
        "files_failed": 0,
    }
    return Health(**well | numbers)


def compared(**numbers) -> Upkeep:
    return Upkeep(kind=Upkeep.Kind.CHECK, began_at=NOW, ended_at=NOW, **numbers)


def bad(**numbers) -> list[Fact]:
    return [fact for fact in facts(made(**numbers)) if fact.is_bad]


@pytest.fixture
def _with_cluster(settings):
    settings.ELASTICSEARCH_URL = "http://search.example:9200"


@pytest.mark.usefixtures("_with_cluster")
def test_nothing_is_wrong_with_a_search_that_is_well():
    assert bad() == []
    assert bad(last_check=compared()) == []
    assert bad(last_check=compared(missing=3, repaired=True)) == []
    assert bad(waiting_changes=40, oldest=datetime.timedelta(seconds=5)) == []
    assert bad(engine="database", index="") == []


@pytest.mark.usefixtures("_with_cluster")
@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ({"is_reachable": False, "index": ""}, "is silent"),
        ({"index": ""}, "no index yet"),
        ({"given_up": ("page:7: too long",)}, "1"),
        ({"waiting_changes": 3, "oldest": datetime.timedelta(minutes=5)}, "300 seconds"),
        ({"last_check": compared(missing=3, stale=1)}, "3 missing, 1 outdated"),
    ],
)
def test_what_is_wrong_is_said(numbers, says):
    (fact,) = bad(**numbers)
    assert says in fact.value


@pytest.mark.usefixtures("_with_cluster")
def test_a_cluster_that_was_silent_a_moment_ago_is_named(monkeypatch):
    monkeypatch.setattr(type(cluster_breaker), "is_open", property(lambda breaker: True))
    (fact,) = bad()
    assert "a moment ago" in fact.value


def test_the_state_is_shown_to_the_secretariat_alone(secretariat, co_chair):
    make_document("page:1", "Own revenue")
    page = secretariat.get("/admin/search-state/").content.decode()
    assert "There is no search cluster." in page
    assert secretariat.get("/admin/").content.decode().count("/admin/search-state/") == 1
    assert co_chair.get("/admin/search-state/").status_code in {302, 403}


def test_the_state_is_that_of_the_projection(db):
    make_document("page:1", "Own revenue")
    found = {fact.label: fact.value for fact in facts(health(NOW))}
    assert found["To be found"] == "1"


def test_old_searches_are_forgotten_by_a_command(db, capsys):
    usage.record("budget", "en", 1, day=datetime.date(2020, 1, 1))
    usage.write_pending()
    call_command("search_index", "tidy")
    assert "1 lines forgotten" in capsys.readouterr().out
    assert not Question.objects.exists()
