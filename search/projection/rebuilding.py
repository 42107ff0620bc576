"""Builds the index anew beside the one in use and swaps them in one step.

The source is the projection alone: no page is read and no file opened. Whoever is killed on the
way has lost nothing; the next one goes on after the last portion that the cluster has confirmed.
"""

import datetime
import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from django.db.models import F, QuerySet
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines.answers import PUBLIC
from search.models import Document, Upkeep

from . import changes, indices, sources
from .bulk import Outcome, Trouble, Write, portions, send, trouble, write_of
from .indices import Progress

logger = logging.getLogger(__name__)

Tell = Callable[[str], None]

AT_ONCE = 200  # rows read, or things built, together
SENDERS = 2  # portions on their way to the cluster at the same time
NOTED_EVERY = 10  # portions
ENOUGH = 0.95
GOES_ON_WITHIN = datetime.timedelta(days=1)
SMOKE = 5  # documents that have to be found before the swap


class Refused(Exception):
    """The new index is not good enough to take the place of the one in use."""


def project(tell: Tell) -> int:
    """Build every document from the content, and return how many there are.

    One that was killed is continued after the last document it had come to.
    """
    diary = _diary()
    uids = list(sources.all_uids())
    done = uids.index(diary.note) + 1 if diary.note in uids else 0
    while portion := uids[done : done + AT_ONCE]:
        changes.build(portion, timezone.now())
        done += len(portion)
        diary.note = portion[-1]
        diary.save(update_fields=["note"])
        tell(f"{done} of {len(uids)} built from the content")
    changes.catch_up()
    diary.ended_at, diary.note, diary.documents = timezone.now(), "", len(uids)
    diary.save()
    return len(uids)


def ensure(client: Elasticsearch, tell: Tell) -> bool:
    """Build the index if there is none or one of another mapping; return whether that was so.

    Raises ``Trouble`` when the cluster does not answer.
    """
    try:
        if indices.is_ready(client):
            return False
    except (ApiError, TransportError) as error:
        raise trouble(error) from error
    tell("The cluster has no index of today’s mapping: building it.")
    rebuild(client, tell)
    return True


def rebuild(client: Elasticsearch, tell: Tell) -> int:
    """Build the index anew, put it into use and return how many documents it has.

    Raises ``Refused`` when it is not fit to be used, and ``Trouble`` when the cluster gives up.
    """
    try:
        return _rebuild(client, tell)
    except (ApiError, TransportError) as error:
        raise trouble(error) from error


def _rebuild(client: Elasticsearch, tell: Tell) -> int:
    began_at = timezone.now()
    name, progress = _begin(client, tell)
    _fill(client, name, progress, tell)
    indices.open_for_readers(client, name)
    seen = _send_changes(client, name, since=progress.version)
    number = _inspect(client, name)
    indices.swap(client, name)
    tell(f"{name} is in use.")
    _send_changes(client, name, since=seen)
    _settle(progress)
    progress.is_done = True
    indices.note(client, name, progress)
    indices.remove_old(client, keep=name)
    Upkeep.objects.create(
        kind=Upkeep.Kind.REBUILD, began_at=began_at, ended_at=timezone.now(), documents=number
    )
    return number


def _diary() -> Upkeep:
    """Return the page of the diary for building from the content: today’s, if it is unfinished."""
    now = timezone.now()
    begun = Upkeep.objects.filter(kind=Upkeep.Kind.REBUILD, ended_at=None)
    begun = begun.filter(began_at__gt=now - GOES_ON_WITHIN)
    return begun.first() or Upkeep.objects.create(kind=Upkeep.Kind.REBUILD, began_at=now)


def _begin(client: Elasticsearch, tell: Tell) -> tuple[str, Progress]:
    if begun := indices.unfinished(client):
        tell(f"Going on with {begun[0]} after row {begun[1].last_pk}.")
        return begun
    progress = Progress(version=changes.last_version())
    return indices.create(client, progress, timezone.now()), progress


def _fill(client: Elasticsearch, name: str, progress: Progress, tell: Tell) -> None:
    """Write all rows after the last one; two portions are on their way while the next is made."""
    kept = Document.objects.filter(deleted_at__isnull=True)
    total, done = kept.count(), kept.filter(pk__lte=progress.last_pk).count()
    on_the_way: deque[tuple[int, Future[Outcome]]] = deque()
    with ThreadPoolExecutor(SENDERS) as senders:
        for number, portion in enumerate(portions(_writes(kept, progress.last_pk)), start=1):
            sent = senders.submit(send, client, name, portion, alias=False)
            on_the_way.append((portion[-1].row, sent))
            if len(on_the_way) > SENDERS:
                done += _confirmed(on_the_way.popleft(), progress)
            if number % NOTED_EVERY == 0:
                indices.note(client, name, progress)
                tell(f"{done} of {total} documents")
        while on_the_way:
            done += _confirmed(on_the_way.popleft(), progress)
    indices.note(client, name, progress)
    tell(f"{done} of {total} documents")


def _writes(rows: QuerySet[Document], after: int = 0) -> Iterator[Write]:
    """Yield what brings these rows into the cluster; only a few of them are in memory."""
    rows = rows.order_by("pk").prefetch_related("facets")
    while batch := list(rows.filter(pk__gt=after)[:AT_ONCE]):
        yield from map(write_of, batch)
        after = batch[-1].pk


def _confirmed(sent: tuple[int, Future[Outcome]], progress: Progress) -> int:
    """Take note that the cluster has a portion; return of how many documents."""
    last_pk, future = sent
    outcome = future.result()
    if outcome.trouble:
        raise Trouble(outcome.trouble)
    for uid, reason in outcome.refused.items():
        logger.error("The cluster refused %s: %s", uid, reason)
    progress.refused += outcome.refused
    progress.last_pk = last_pk
    return len(outcome.done)


def _send_changes(client: Elasticsearch, name: str, *, since: int) -> int:
    """Write what has changed since a version into an index; return the newest version there was.

    Whether these rows were sent already does not matter: until the swap the worker sends them to
    the index that was in use.
    """
    newest = changes.last_version()
    for portion in portions(_writes(Document.objects.filter(version__gt=since))):
        outcome = send(client, name, portion, alias=False)
        if outcome.trouble:
            raise Trouble(outcome.trouble)
    return newest


def _settle(progress: Progress) -> None:
    """Note in the rows that the cluster has them, but for what was refused: the worker tries that.

    What has changed since is left to the worker.
    """
    loaded = Document.objects.filter(version__lte=progress.version)
    refused = loaded.filter(uid__in=progress.refused)
    loaded.exclude(pk__in=refused.values("pk")).update(
        indexed_version=F("version"), attempts=0, retry_at=None, error=""
    )
    refused.update(indexed_version=0, attempts=0, retry_at=None)


def _inspect(client: Elasticsearch, name: str) -> int:
    """Return how many documents an index has; if too few or they hide, remove it and say so."""
    client.indices.refresh(index=name)
    kept = Document.objects.filter(deleted_at__isnull=True)
    number, wanted = client.count(index=name)["count"], kept.count()
    newest = kept.filter(is_public=True).order_by("-version", "pk")[:SMOKE]
    hidden = [row.uid for row in newest if not _finds(client, name, row)]
    if number < wanted * ENOUGH or hidden:
        client.indices.delete(index=name)
        raise Refused(f"{name} has {number} of {wanted} documents and does not find {hidden}.")
    return number


def _finds(client: Elasticsearch, name: str, row: Document) -> bool:
    """Whether everybody finds a document by its title, if it has words."""
    must = [{"match": {"title_x": row.title}}, {"term": {"uid": row.uid}}]
    public = {"term": {"reader": PUBLIC}}
    query = {"bool": {"must": must, "filter": [public]}}
    words = client.indices.analyze(index=name, field="title_x", text=row.title)["tokens"]
    return not words or bool(client.count(index=name, query=query)["count"])
