"""The index is built beside the one in use, by whoever lives long enough, and nobody notices."""

import threading
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from elasticsearch import Elasticsearch

from search.engines.elastic.client import index, indexing_client
from search.models import Document, Upkeep
from search.projection import bulk, changes, indices, rebuilding, sending
from search.projection.bulk import Trouble
from search.projection.rebuilding import Refused
from tests.factories.content import make_post
from tests.search.elastic.doors import somebody_says

from .cluster import bury, change, holds, make_row, should_hold


class Killed(BaseException):
    """What ends a process."""


def silently(_line: str) -> None:
    """Tell nobody."""


@pytest.fixture
def _small_portions(monkeypatch):
    """Make the cluster hear of progress often."""
    monkeypatch.setattr(bulk, "MOST_ROWS", 5)
    monkeypatch.setattr(rebuilding, "AT_ONCE", 7)
    monkeypatch.setattr(rebuilding, "NOTED_EVERY", 1)


def at_line(number: int, act: Callable[[], object]) -> Callable[[str], None]:
    """Return a listener that does something when it is told its so manieth line."""
    lines = []

    def listen(line: str) -> None:
        lines.append(line)
        if len(lines) == number:
            act()

    return listen


def kill() -> None:
    raise Killed


def test_a_first_index_is_built_and_used(empty_cluster):
    for _ in range(3):
        make_row()
    assert rebuilding.ensure(empty_cluster, silently)
    assert holds(empty_cluster) == should_hold()
    assert not sending.waiting().exists()
    assert not rebuilding.ensure(empty_cluster, silently)
    assert Upkeep.objects.get().documents == 3


def test_an_index_of_another_mapping_is_replaced(cluster):
    row = make_row()
    (name,) = indices.in_use(cluster)
    cluster.indices.put_mapping(index=name, meta={"hash": "of yesterday"})
    assert rebuilding.ensure(cluster, silently)
    assert indices.in_use(cluster) != [name]
    assert list(holds(cluster)) == [row.uid]


def test_an_index_that_has_taken_the_name_of_the_alias_is_replaced(empty_cluster):
    row = make_row()
    empty_cluster.index(index=index(), id="made-up", document={"title": "By accident"})
    assert rebuilding.ensure(empty_cluster, silently)
    assert list(holds(empty_cluster)) == [row.uid]
    assert len(indices.in_use(empty_cluster)) == 1


@pytest.mark.parametrize("missing", ["alias", "index"])
def test_what_was_deleted_in_the_cluster_comes_back(cluster, now, missing):
    make_row()
    sending.send_waiting(cluster, now)
    (name,) = indices.in_use(cluster)
    if missing == "alias":
        cluster.indices.delete_alias(index=name, name=index())
    else:
        cluster.indices.delete(index=name)
    assert rebuilding.ensure(cluster, silently)
    assert holds(cluster) == should_hold()


def test_one_generation_is_kept(cluster):
    first = indices.in_use(cluster)
    rebuilding.rebuild(cluster, silently)
    second = indices.in_use(cluster)
    assert indices.generations(cluster) == first + second
    rebuilding.rebuild(cluster, silently)
    assert indices.generations(cluster) == second + indices.in_use(cluster)


@pytest.mark.usefixtures("_small_portions")
def test_a_rebuild_that_was_killed_goes_on_where_it_was(cluster):
    rows = [make_row() for _ in range(60)]
    before = indices.in_use(cluster)
    with pytest.raises(Killed):
        rebuilding.rebuild(cluster, at_line(8, kill))
    assert indices.in_use(cluster) == before
    begun, progress = indices.unfinished(cluster)
    assert rows[0].pk < progress.last_pk < rows[-1].pk
    bury(rows[0])
    change(rows[1], title="Changed between two lives")
    told: list[str] = []
    rebuilding.rebuild(cluster, told.append)
    assert begun in told[0]
    assert indices.in_use(cluster) == [begun]
    assert holds(cluster) == should_hold()


@pytest.mark.usefixtures("_small_portions")
def test_what_changes_during_a_rebuild_is_in_the_new_index(cluster, now):
    rows = [make_row() for _ in range(40)]
    sending.send_waiting(cluster, now)

    def meanwhile():
        change(rows[0], title="Changed after it was read")
        change(rows[39], title="Changed before it is read")
        bury(rows[1])
        make_row("New")
        sending.send_waiting(cluster, now)  # the worker, to the index in use
        change(rows[2], title="Changed and not sent")

    rebuilding.rebuild(cluster, at_line(4, meanwhile))
    sending.send_waiting(cluster, now)
    assert holds(cluster) == should_hold()
    assert not sending.waiting().exists()


@pytest.mark.usefixtures("_small_portions")
def test_what_changes_at_the_swap_is_in_the_new_index(cluster, now):
    row = make_row()
    sending.send_waiting(cluster, now)

    def at_the_swap(line: str) -> None:
        if "in use" in line:
            change(row, title="At the last moment")
            Document.objects.filter(pk=row.pk).update(indexed_version=changes.last_version())

    rebuilding.rebuild(cluster, at_the_swap)
    row.refresh_from_db()
    assert holds(cluster) == {row.uid: row.version}


def test_nobody_ever_sees_another_number_of_documents(cluster):
    for _ in range(30):
        make_row()
    rebuilding.rebuild(cluster, silently)
    counts, is_over = set(), threading.Event()

    def probe():
        while not is_over.is_set():
            counts.add(cluster.count(index=index())["count"])

    prober = threading.Thread(target=probe)
    prober.start()
    for _ in range(3):
        rebuilding.rebuild(cluster, silently)
    is_over.set()
    prober.join()
    assert counts == {30}


@pytest.mark.usefixtures("_small_portions")
def test_an_index_that_lacks_documents_is_not_used(cluster, now):
    for _ in range(40):
        make_row()
    sending.send_waiting(cluster, now)
    before = indices.in_use(cluster)

    def lose():
        cluster.indices.refresh(index=indices.unfinished(cluster)[0])
        cluster.delete_by_query(
            index=indices.unfinished(cluster)[0], query={"match_all": {}}, conflicts="proceed"
        )

    with pytest.raises(Refused, match="of 40 documents"):
        rebuilding.rebuild(cluster, at_line(7, lose))
    assert indices.in_use(cluster) == indices.generations(cluster) == before
    assert holds(cluster) == should_hold()


def test_a_bad_document_is_left_out_and_told(cluster, monkeypatch):
    good = make_row()
    bad = make_row(uid="page:bad")
    real = bulk.mapping.source

    def source(document):
        return real(document) | ({"no such field": 1} if document.uid == bad.uid else {})

    monkeypatch.setattr(bulk.mapping, "source", source)
    monkeypatch.setattr(rebuilding, "ENOUGH", 0.5)
    monkeypatch.setattr(rebuilding, "SMOKE", 0)
    rebuilding.rebuild(cluster, silently)
    assert list(holds(cluster)) == [good.uid]
    assert sending.waiting().get() == bad


def test_a_cluster_that_fails_on_the_way_is_trouble(db, settings):
    with somebody_says(503) as settings.ELASTICSEARCH_URL, pytest.raises(Trouble):
        rebuilding.rebuild(indexing_client(), silently)


# From the content ------------------------------------------------------------------------------


def test_everything_can_be_built_from_the_content(home, monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 3)
    posts = [make_post() for _ in range(5)]
    assert not Document.objects.exists()
    with pytest.raises(Killed):
        rebuilding.project(at_line(2, kill))
    begun = Document.objects.count()
    told: list[str] = []
    rebuilding.project(told.append)
    assert begun
    assert {f"page:{post.pk}" for post in posts} <= should_hold().keys()
    assert not told[0].startswith("3 of")
    changes.mark("everything")
    versions = should_hold()
    changes.catch_up()
    assert should_hold() == versions


def test_the_command_builds_both(home, cluster: Elasticsearch, capsys):
    make_post("On land")
    call_command("search_index", "rebuild", from_content=True)
    assert "in the cluster" in capsys.readouterr().out
    assert holds(cluster) == should_hold() != {}


def test_without_a_cluster_there_is_only_the_content_to_build(home):
    with pytest.raises(CommandError, match="from-content"):
        call_command("search_index", "rebuild")
    call_command("search_index", "rebuild", from_content=True)
    assert Document.objects.exists()
