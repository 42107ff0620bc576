"""Whatever the outbox missed is found by comparing, and mended."""

import time

import pytest
from django.core.management import CommandError, call_command

from blog.models import BlogPage
from search.engines.elastic.client import index, indexing_client
from search.models import Document, Upkeep
from search.projection import changes, reconciling, sending
from search.projection.bulk import Trouble, Write, send, write_of
from search.projection.health import health
from search.projection.retries import MOST_ATTEMPTS
from tests.factories.content import make_post
from tests.search.elastic.doors import nobody_is_there

from .cluster import CHANGED_AT, bury, change, holds, make_row, should_hold


def differences(found: reconciling.Differences) -> tuple[list[str], list[str], list[str]]:
    return found.missing, found.stale, found.extra


def test_a_projection_that_went_astray_is_found_and_mended(home):
    missing, stale, fine = (f"page:{make_post().pk}" for _ in range(3))
    changes.catch_up()
    Document.objects.filter(uid=missing).delete()
    Document.objects.filter(uid=stale).update(title="Something else", digest="another")
    extra = make_row(uid="page:999999")
    assert differences(reconciling.check(None, repair=False)["projection"]) == (
        [missing],
        [stale],
        [extra.uid],
    )
    assert not Document.objects.filter(uid=missing).exists()
    reconciling.check(None, repair=True)
    assert not reconciling.check(None, repair=False)["projection"]
    assert {missing, stale, fine} <= should_hold().keys()
    assert extra.uid not in should_hold()


def test_a_page_that_cannot_be_built_stops_no_comparison(home, monkeypatch):
    bad, other = make_post("bad"), make_post("Other")
    changes.catch_up()
    Document.objects.filter(uid=f"page:{other.pk}").delete()

    def findable(post):
        if post.title == "bad":
            raise LookupError("no words")
        return real(post)

    real = BlogPage.findable
    monkeypatch.setattr(BlogPage, "findable", findable)
    found = reconciling.check(None, repair=True)["projection"]
    assert differences(found) == ([f"page:{other.pk}"], [f"page:{bad.pk}"], [])
    assert f"page:{other.pk}" in should_hold()


def test_what_was_given_up_is_tried_again(cluster, now):
    row = make_row(attempts=MOST_ATTEMPTS, error="refused")
    sending.send_waiting(cluster, now)
    assert reconciling.of_cluster(cluster, repair=True).missing == [row.uid]
    assert holds(cluster) == should_hold()


def test_what_waits_in_the_outbox_is_no_difference(home):
    make_post()
    assert not reconciling.check(None, repair=False)["projection"]


def test_a_cluster_that_went_astray_is_found_and_mended(cluster, now):
    missing, stale, fine, gone = (make_row() for _ in range(4))
    sending.send_waiting(cluster, now)
    late = write_of(gone)
    bury(gone)
    change(stale, title="New")
    sending.send_waiting(cluster, now)
    cluster.delete(index=index(), id=missing.uid, version=10**6, version_type="external")
    cluster.delete(index=index(), id=stale.uid, version=10**6, version_type="external")
    cluster.indices.put_settings(index=index(), settings={"index.gc_deletes": "0s"})
    time.sleep(2)  # the cluster forgets a deletion by a clock of its own
    cluster.indices.refresh(index=index())
    send(cluster, index(), [Write(stale.uid, 1, late.source), late], alias=True)
    send(cluster, index(), [Write("page:unheard-of", 1, late.source)], alias=True)
    waiting = make_row()
    assert differences(reconciling.of_cluster(cluster, repair=False)) == (
        [missing.uid],
        [stale.uid],
        sorted([gone.uid, "page:unheard-of"]),
    )
    reconciling.of_cluster(cluster, repair=True)
    assert holds(cluster) == should_hold()
    assert {fine.uid, waiting.uid} <= holds(cluster).keys()
    assert not reconciling.of_cluster(cluster, repair=False)


def test_a_database_from_a_copy_gets_a_new_index(cluster, now):
    row = make_row()
    ahead = Write(row.uid, 10**9, write_of(row).source)
    send(cluster, index(), [ahead], alias=True)
    sending.send_waiting(cluster, now)
    assert reconciling.of_cluster(cluster, repair=True).stale == [row.uid]
    assert holds(cluster) == should_hold()


def test_a_missing_index_is_everything_missing_and_comes_back(empty_cluster):
    row = make_row()
    assert reconciling.of_cluster(empty_cluster, repair=True).missing == [row.uid]
    assert holds(empty_cluster) == should_hold()


def test_a_cluster_that_is_gone_is_trouble(db, settings):
    with nobody_is_there() as settings.ELASTICSEARCH_URL, pytest.raises(Trouble):
        reconciling.of_cluster(indexing_client(), repair=False)


def test_the_command_fails_on_differences_until_they_are_mended(home, capsys, now):
    post = make_post()
    changes.catch_up()
    call_command("search_index", "check")
    Document.objects.filter(uid=f"page:{post.pk}").delete()
    with pytest.raises(CommandError, match="--repair"):
        call_command("search_index", "check")
    assert "1 missing, 0 stale, 0 extra" in capsys.readouterr().out
    assert not health(now).is_well
    call_command("search_index", "check", repair=True)
    call_command("search_index", "check")
    assert health(now).is_well
    assert [row.differences for row in Upkeep.objects.all()] == [0, 1, 1, 0]


def test_health_tells_what_waits_and_since_when(home, now):
    changes.catch_up()
    changes.mark("page:1")
    later = CHANGED_AT.replace(year=CHANGED_AT.year + 1)
    seen = health(later)
    assert (seen.engine, seen.waiting_changes) == ("database", 1)
    assert seen.oldest.days > 100
