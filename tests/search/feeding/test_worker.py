"""The worker brings everything in step again, whatever happened to the cluster or to it."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import connection
from elasticsearch import Elasticsearch

from search.engines.elastic.client import index
from search.models import Change, Document
from search.projection import indices, rebuilding
from search.projection.bulk import Trouble
from search.projection.worker import LONGEST_PAUSE, Worker, pause
from tests.factories.content import make_post
from tests.search.elastic.doors import nobody_answers, nobody_is_there

from .cluster import holds, make_row, read_only, should_hold


def work() -> None:
    Worker(lambda line: None).run_once()


def test_a_site_that_knew_no_projection_gets_it_and_its_index(home, empty_cluster):
    post = make_post("On land")
    Change.objects.all().delete()
    work()
    assert f"page:{post.pk}" in holds(empty_cluster)
    assert holds(empty_cluster) == should_hold()


def test_without_a_cluster_the_worker_keeps_the_database_in_step(home):
    post = make_post("On land")
    call_command("search_index", "run", once=True)
    assert f"page:{post.pk}" in should_hold()
    post.unpublish()
    call_command("search_index", "run", once=True)
    assert not Document.objects.filter(uid=f"page:{post.pk}").exists()


@pytest.mark.parametrize("loss", ["index", "alias", "everything and a write", "mapping"])
def test_the_worker_mends_what_the_cluster_lost(home, cluster: Elasticsearch, loss):
    make_post("On land")
    work()
    (name,) = indices.in_use(cluster)
    if loss == "alias":
        cluster.indices.delete_alias(index=name, name=index())
    elif loss == "mapping":
        cluster.indices.put_mapping(index=name, meta={})
    else:
        cluster.indices.delete(index=name)
    if loss == "everything and a write":
        cluster.index(index=index(), id="made-up", document={"title": "By accident"})
    make_post("On water")
    work()
    assert holds(cluster) == should_hold() != {}


@pytest.mark.parametrize("door", [nobody_answers, nobody_is_there])
def test_a_cluster_that_is_gone_holds_nothing_up(home, cluster, settings, monkeypatch, door):
    monkeypatch.setattr("search.engines.elastic.client.WRITES_WITHIN", 0.3)
    there = settings.ELASTICSEARCH_URL
    post = make_post("On land")
    with door() as settings.ELASTICSEARCH_URL, pytest.raises(Trouble):
        work()
    assert f"page:{post.pk}" in should_hold()
    settings.ELASTICSEARCH_URL = there
    work()
    assert holds(cluster) == should_hold()


def test_a_full_cluster_catches_up_when_there_is_room_again(home, cluster):
    make_post("On land")
    with read_only(cluster), pytest.raises(Trouble):
        work()
    work()
    assert holds(cluster) == should_hold() != {}


def test_pauses_grow_to_half_a_minute_and_no_longer():
    pauses = [pause(failures) for failures in range(12)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory has one writer")
def test_a_running_worker_survives_a_cluster_that_goes_and_comes(
    empty_cluster, settings, monkeypatch
):
    monkeypatch.setattr("search.projection.worker.LONGEST_PAUSE", 0.5)
    there = settings.ELASTICSEARCH_URL
    worker = Worker(lambda line: None)
    threads = [
        threading.Thread(target=worker._repeat, args=[each])
        for each in (worker._build, worker._feed)
    ]
    with nobody_is_there() as settings.ELASTICSEARCH_URL:
        for thread in threads:
            thread.start()
        make_row()
        time.sleep(1.5)
    settings.ELASTICSEARCH_URL = there
    deadline = time.monotonic() + 20
    while not rebuilding.indices.in_use(empty_cluster) or holds(empty_cluster) != should_hold():
        assert time.monotonic() < deadline
        time.sleep(0.2)
    worker.stopping.set()
    for thread in threads:
        thread.join()


def test_a_worker_stops_when_it_is_told_to(tmp_path):
    """Even when it has no database to work on."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "decentralization.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path),
        "ELASTICSEARCH_URL": "",
    }
    command = [sys.executable, "manage.py", "search_index", "run", "--attached"]
    with subprocess.Popen(
        command,
        cwd=site.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as worker:
        assert "At work" in worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
