"""What changes reaches the cluster in order, once, and whatever the cluster’s state."""

import datetime

import pytest
from elasticsearch import Elasticsearch

from search.engines.elastic import mapping
from search.engines.elastic.client import index, indexing_client
from search.models import Document
from search.projection import bulk, changes, sending
from search.projection.bulk import NoIndex, Trouble, Write
from search.projection.health import health
from search.projection.retries import LONGEST_PAUSE, MOST_ATTEMPTS, next_try
from tests.search.elastic.doors import nobody_answers, nobody_is_there, somebody_says

from .cluster import bury, change, holds, make_row, read_only, should_hold

LATER = datetime.timedelta(hours=1)


def test_rows_reach_the_cluster_with_their_versions_and_go_with_them(cluster, now):
    first, second = make_row(), make_row()
    assert sending.send_waiting(cluster, now).done == 2
    assert holds(cluster) == should_hold() == {first.uid: first.version, second.uid: second.version}
    bury(first)
    change(second, title="Land")
    assert sending.send_waiting(cluster, now).done == 2
    assert holds(cluster) == should_hold()
    assert list(holds(cluster)) == [second.uid]


def test_what_was_sent_is_not_sent_again(cluster, now):
    make_row()
    sending.send_waiting(cluster, now)
    assert sending.send_waiting(cluster, now).done == 0


def test_a_write_that_comes_late_never_wins(cluster, now):
    row = make_row("Old")
    late = bulk.write_of(row)
    change(row, title="New")
    sending.send_waiting(cluster, now)
    assert bulk.send(cluster, index(), [late], alias=True).done == [row.uid]
    assert cluster.get(index=index(), id=row.uid)["_source"]["shown"]["title"] == "New"
    bury(row)
    sending.send_waiting(cluster, now)
    assert bulk.send(cluster, index(), [late], alias=True).done == [row.uid]
    assert holds(cluster) == {}


def test_a_worker_that_dies_before_it_has_noted_the_sending_does_no_harm(cluster, now):
    row = make_row()
    bulk.send(cluster, index(), [bulk.write_of(row)], alias=True)
    assert sending.waiting().get() == row
    assert sending.send_waiting(cluster, now).done == 1
    assert holds(cluster) == should_hold()


def test_a_row_that_changes_while_it_is_sent_is_sent_again(cluster, now):
    row = make_row("Old")
    write = bulk.write_of(row)
    outcome = bulk.send(cluster, index(), [write], alias=True)
    change(row, title="New")
    sending.settle([write], outcome, now)
    assert sending.waiting().get() == row
    sending.send_waiting(cluster, now)
    assert holds(cluster) == should_hold()


# Bad documents ---------------------------------------------------------------------------------


@pytest.fixture
def picky(empty_cluster: Elasticsearch) -> Elasticsearch:
    """A cluster whose index refuses documents with a date."""
    body = mapping.index_body()
    body["mappings"]["properties"]["date"] = {"type": "ip"}
    empty_cluster.indices.create(
        index=f"{index()}-20260101000000",
        settings=body["settings"],
        mappings=body["mappings"],
        aliases={index(): {}},
    )
    return empty_cluster


def test_one_bad_document_stops_no_other(picky, now):
    good, bad, last = make_row(), make_row(date=datetime.date(2026, 1, 1)), make_row()
    sent = sending.send_waiting(picky, now)
    assert (sent.done, sent.refused) == (2, 1)
    assert set(holds(picky)) == {good.uid, last.uid}
    bad.refresh_from_db()
    assert bad.attempts == 1
    assert bad.retry_at == next_try(1, now)
    assert "parsing" in bad.error
    assert sending.send_waiting(picky, now).refused == 0


def test_a_bad_document_is_given_up_and_told_until_it_changes(picky, now):
    bad = make_row(date=datetime.date(2026, 1, 1))
    for _ in range(MOST_ATTEMPTS):
        sending.send_waiting(picky, now)
        now += LATER
    assert sending.send_waiting(picky, now).refused == 0
    assert sending.given_up().get() == bad
    assert any(bad.uid in line for line in health(now).given_up)
    change(bad, date=None, attempts=0, error="", retry_at=None)
    sending.send_waiting(picky, now)
    assert holds(picky) == should_hold()
    assert not sending.given_up().exists()


def test_pauses_double_up_to_ten_minutes(now):
    pauses = [next_try(attempts, now) - now for attempts in range(1, MOST_ATTEMPTS + 1)]
    assert pauses == sorted(pauses)
    assert pauses[1] == 2 * pauses[0]
    assert pauses[-1] == LONGEST_PAUSE


# A cluster in trouble --------------------------------------------------------------------------


def test_a_full_cluster_blames_no_document(cluster, now):
    row = make_row()
    with read_only(cluster), pytest.raises(Trouble):
        sending.send_waiting(cluster, now)
    row.refresh_from_db()
    assert (row.attempts, row.indexed_version) == (0, 0)
    sending.send_waiting(cluster, now)
    assert holds(cluster) == should_hold()


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_cluster_that_says_no_to_everything_blames_no_document(db, settings, now, status):
    row = make_row()
    with somebody_says(status) as settings.ELASTICSEARCH_URL, pytest.raises(Trouble):
        sending.send_waiting(indexing_client(), now)
    row.refresh_from_db()
    assert row.attempts == 0


@pytest.mark.parametrize("door", [nobody_answers, nobody_is_there])
def test_a_cluster_that_is_gone_or_hangs_blames_no_document(db, settings, now, door):
    row = make_row()
    with door() as settings.ELASTICSEARCH_URL, pytest.raises(Trouble):
        sending.send_waiting(indexing_client().options(request_timeout=0.3), now)
    row.refresh_from_db()
    assert row.attempts == 0


def test_nothing_is_written_to_an_index_that_the_cluster_would_make_up(empty_cluster, now):
    make_row()
    with pytest.raises(NoIndex):
        sending.send_waiting(empty_cluster, now)
    assert not empty_cluster.indices.exists(index=index())


def test_an_index_that_has_taken_the_alias_gets_nothing_either(empty_cluster, now):
    empty_cluster.indices.create(index=index())
    make_row()
    with pytest.raises(NoIndex):
        sending.send_waiting(empty_cluster, now)
    assert holds(empty_cluster) == {}


# Portions and tombstones -----------------------------------------------------------------------


def test_portions_are_bounded_in_bytes_and_rows():
    large = [Write(f"page:{number}", 1, b"x" * 1024 * 1024) for number in range(12)]
    portions = list(bulk.portions(large))
    assert [len(portion) for portion in portions] == [5, 5, 2]
    assert [write for portion in portions for write in portion] == large
    small = [Write(f"page:{number}", 1) for number in range(bulk.MOST_ROWS + 1)]
    assert [len(portion) for portion in bulk.portions(small)] == [bulk.MOST_ROWS, 1]
    assert list(bulk.portions([])) == []


def test_a_tombstone_is_kept_for_a_day_after_the_cluster_has_confirmed_it(cluster, now):
    row = make_row()
    sending.send_waiting(cluster, now)
    bury(row)
    much_later = now + datetime.timedelta(days=9)
    assert sending.remove_tombstones(much_later, has_cluster=True) == 0
    sending.send_waiting(cluster, much_later)
    assert sending.remove_tombstones(much_later + LATER, has_cluster=True) == 0
    next_day = much_later + datetime.timedelta(days=1, seconds=1)
    assert sending.remove_tombstones(next_day, has_cluster=True) == 1
    assert not Document.objects.exists()


def test_without_a_cluster_tombstones_go_at_once(db, now):
    kept, gone = make_row(), make_row()
    bury(gone)
    assert sending.remove_tombstones(now, has_cluster=False) == 1
    assert Document.objects.get() == kept


def test_versions_only_grow(db):
    drawn = [changes.last_version() for _ in range(3)]
    changes.mark("page:1")
    assert drawn == sorted(set(drawn))
    assert changes.last_version() > drawn[-1]
