"""The measures are right, the judgements hold together, and the engines reach their bars."""

import io
import math
import os
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from benchmarks.relevance.asking import keys_by_uid, results
from benchmarks.relevance.judgements import (
    DEV,
    HELD_OUT,
    JudgedSearch,
    documents,
    grades,
    searches,
)
from benchmarks.relevance.metrics import dcg, interval, ndcg, reciprocal_rank
from benchmarks.relevance.projecting import filled_cluster, project
from benchmarks.relevance.results import BARS, Bar, Result, figures, missed
from search.engines.database.engine import DatabaseEngine
from search.engines.elastic.engine import ElasticEngine
from search.models import Document

WIKIPEDIA = {"D1": 3, "D2": 2, "D3": 3, "D4": 0, "D5": 1, "D6": 2, "D7": 3, "D8": 2}
SHOWN = ("D1", "D2", "D3", "D4", "D5", "D6")


def linear(grade: int) -> float:
    return grade


def result(*ranking: str, kind: str = "stem", **judged: int) -> Result:
    return Result(JudgedSearch(kind, DEV, "en", "words", judged), ranking)


def test_the_measure_agrees_with_a_published_example():
    """The worked example of Wikipedia’s article on discounted cumulative gain."""
    assert dcg((WIKIPEDIA[key] for key in SHOWN), 6, linear) == pytest.approx(6.861, abs=0.001)
    assert dcg((3, 3, 3, 2, 2, 2), 6, linear) == pytest.approx(8.740, abs=0.001)
    assert ndcg(SHOWN, WIKIPEDIA, 6, linear) == pytest.approx(0.785, abs=0.001)


def test_the_measure_agrees_with_what_a_hand_computes():
    found = 3 + 7 / math.log2(3)
    best = 7 + 3 / math.log2(3)
    assert ndcg(["good", "exact"], {"exact": 3, "good": 2}) == pytest.approx(found / best)


def test_the_best_order_is_worth_one_and_nothing_is_worth_nothing():
    judged = {"exact": 3, "good": 2, "marginal": 1}
    assert ndcg(judged, judged) == 1
    assert ndcg([], judged) == 0
    assert ndcg(["elsewhere"], judged) == 0


def test_what_stands_below_the_tenth_place_is_worth_nothing():
    others = [f"other {number}" for number in range(10)]
    assert ndcg([*others, "exact"], {"exact": 3}) == 0
    assert ndcg([*others[1:], "exact"], {"exact": 3}) == pytest.approx(1 / math.log2(11))


def test_a_document_that_comes_twice_counts_once():
    assert ndcg(["good", "good"], {"good": 2, "also": 2}) < 1


def test_the_first_good_answer_makes_the_reciprocal_rank():
    judged = {"marginal": 1, "good": 2, "exact": 3}
    ranking = ["marginal", "elsewhere", "good", "exact"]
    assert reciprocal_rank(ranking, judged) == pytest.approx(1 / 3)
    assert reciprocal_rank(["marginal"], judged) == 0


def test_the_interval_holds_the_mean_narrows_with_more_searches_and_is_repeatable():
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 1000
    low, high = interval(few)
    assert low < 0.5 < high
    assert interval(few) == (low, high)
    narrow = interval(many)
    assert narrow[1] - narrow[0] < (high - low) / 4
    assert interval([0.8] * 20) == (pytest.approx(0.8), pytest.approx(0.8))


def test_figures_are_means():
    reached = figures([result("exact", exact=3), result(exact=3)])
    assert (reached.searches, reached.ndcg, reached.mrr, reached.empty) == (2, 0.5, 0.5, 0.5)


def test_a_bar_is_missed_by_the_whole_or_by_one_class():
    good = [result("exact", exact=3)] * 9
    bad = [result("elsewhere", kind="typo", exact=3)]
    assert missed(good, Bar(0.9, each_class=0.75)) == []
    assert missed(good + bad, Bar(0.9, each_class=0.75)) == ["nDCG@10 of “typo” is 0.000, not 0.75"]
    assert missed(bad, Bar(0.9)) == ["nDCG@10 is 0.000, not 0.90"]


def test_every_class_has_enough_searches_in_both_parts():
    parts = Counter((search.kind, search.part) for search in searches())
    assert {part for _, part in parts} == {DEV, HELD_OUT}
    assert {kind: number for kind, number in parts.items() if number < 6} == {}
    assert len(searches()) >= 120


def test_no_search_is_judged_twice():
    asked = Counter((search.language, search.words) for search in searches())
    assert [words for words, times in asked.items() if times > 1] == []


def test_a_document_with_two_grades_is_refused():
    with pytest.raises(ValueError, match="b01"):
        grades({"3": "b01", "2": "b02 b01", "1": ""})


def test_every_search_has_a_good_answer_among_the_documents():
    rows = [search for search in searches() if max(search.grades.values(), default=0) < 2]
    assert rows == []
    assert {key for search in searches() for key in search.grades} <= set(documents())


@pytest.fixture(scope="module")
def projected(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The demo with all its documents and the texts of its files, undone at the very end."""
    # In a folder of its own no file gets another name because of one that is there already.
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media:
        atomic = transaction.atomic()
        atomic._from_testcase = True  # like TestCase’s own: durable blocks may stand in it
        atomic.__enter__()
        try:
            call_command("load_demo", stdout=io.StringIO())
            project()
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


def test_every_judged_document_is_in_the_demo_under_its_title(projected, db):
    uids = {key: uid for uid, key in keys_by_uid().items()}
    assert set(documents()) - set(uids) == set()
    titles = dict(Document.objects.values_list("uid", "title"))
    other = {
        key: titles[uids[key]]
        for key, judged in documents().items()
        if not titles[uids[key]].startswith(judged.title)
    }
    assert other == {}


def test_the_database_reaches_its_bar(projected, db):
    found = results(DatabaseEngine(), searches())
    assert missed(found, BARS["sqlite"]) == []


def test_the_cluster_reaches_its_bars(projected, db, settings, elasticsearch_url):
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_INDEX = f"test-relevance-{os.getpid()}"
    with filled_cluster():
        found = results(ElasticEngine(), searches())
    assert missed(found, BARS["elasticsearch"]) == []
