"""How long after its publication a page is found, while many are published."""

import contextlib
import json
import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.models import F
from django.utils import timezone

from blog.models import BlogIndexPage, BlogPage
from search.models import Change, Document

from .cluster import Cluster
from .timing import p50, p95

PROJECT = Path(__file__).resolve().parents[2]
PUBLISHERS = 4
BETWEEN_LOOKS = 0.05
PATIENCE = 60  # seconds until what is not found counts as lost

Pressed = tuple[float, float]  # when the button to publish was pressed, how long that took


def measure(rate: int = 20, seconds: int = 10) -> dict:
    """Return how long pages took from the press of a button until the cluster found them."""
    posts = _drafts(rate * seconds + PUBLISHERS)
    with _worker() as worker, _publishers() as publishers:
        _settle(worker)
        list(publishers.map(_publish, posts[:PUBLISHERS], [0] * PUBLISHERS))
        watch = Watch([f"page:{post}" for post in posts[PUBLISHERS:]])
        watch.start()
        published = _publish_often(publishers, posts[PUBLISHERS:], rate)
        found = watch.end()
    lags = [(found[uid] - at) * 1000 for uid, (at, _) in published.items() if uid in found]
    pressed = [at for at, _ in published.values()]
    reached = (len(published) - 1) / (max(pressed) - min(pressed))
    return {
        "publishes_per_second": round(reached, 1),
        "share_of_the_rate": round(reached / rate, 2),
        "publish_p50_ms": round(p50([took * 1000 for _, took in published.values()])),
        "lag_p50_ms": round(p50(lags)),
        "lag_p95_ms": round(p95(lags)),
        "lag_at_most_ms": round(max(lags)),
        "lost": len(published) - len(lags),
    }


class Watch(threading.Thread):
    """Looks into the cluster, again and again, for what is not found yet."""

    def __init__(self, uids: list[str]) -> None:
        super().__init__(daemon=True)
        self._missing = set(uids)
        self._found: dict[str, float] = {}
        self._until = float("inf")
        self._cluster = Cluster(settings.ELASTICSEARCH_URL)

    def run(self) -> None:
        while self._missing and time.monotonic() < self._until:
            seen, now = self._look(), time.monotonic()
            self._found |= dict.fromkeys(seen, now)
            self._missing -= seen
            time.sleep(BETWEEN_LOOKS)

    def end(self) -> dict[str, float]:
        """Return when each was found, after waiting for the last ones."""
        self._until = time.monotonic() + PATIENCE
        self.join()
        return self._found

    def _look(self) -> set[str]:
        body = {
            "query": {"terms": {"uid": sorted(self._missing)}},
            "size": 1000,
            "_source": ["uid"],
            "track_total_hits": False,
        }
        path = f"/{settings.ELASTICSEARCH_INDEX}/_search?filter_path=hits.hits._source.uid"
        answer = json.loads(self._cluster.send("POST", path, json.dumps(body).encode()))
        return {hit["_source"]["uid"] for hit in answer.get("hits", {}).get("hits", ())}


def _drafts(number: int) -> list[int]:
    """Return the ids of posts that wait to be published, each with its draft."""
    blog = BlogIndexPage.objects.get(locale__language_code="en")
    today, name = timezone.localdate(), time.time_ns()
    posts = []
    for place in range(number):
        title = f"Local finance {name}-{place}"
        post = blog.add_child(instance=BlogPage(title=title, date=today, live=False))
        post.save_revision()
        posts.append(post.pk)
    return posts


@contextlib.contextmanager
def _publishers() -> Iterator[ProcessPoolExecutor]:
    """Run processes that publish, as those of a web server do."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(PUBLISHERS, mp_context=context) as pool:
        connections.close_all()  # a child must not go on with its parent’s
        pool.submit(int).result()  # begins all of them
        yield pool


def _publish_often(
    publishers: ProcessPoolExecutor, posts: list[int], rate: int
) -> dict[str, Pressed]:
    """Publish so many posts a second."""
    began = time.monotonic() + 0.5
    times = [began + place / rate for place in range(len(posts))]
    pressed = publishers.map(_publish, posts, times)
    return {f"page:{post}": each for post, each in zip(posts, pressed, strict=True)}


def _publish(post: int, at: float) -> Pressed:
    """Publish a post at this time, or as soon as possible."""
    page = BlogPage.objects.get(pk=post)
    time.sleep(max(0, at - time.monotonic()))
    pressed = time.monotonic()
    page.latest_revision.publish()
    return pressed, time.monotonic() - pressed


def _settle(worker: subprocess.Popen) -> None:
    """Wait until everything that has changed before is in the cluster."""
    until = time.monotonic() + PATIENCE
    to_send = Document.objects.filter(version__gt=F("indexed_version"))
    while Change.objects.exists() or to_send.exists():
        if worker.poll() is not None or time.monotonic() > until:
            raise SystemExit("The worker has ended, or does not catch up.")
        time.sleep(0.2)
    time.sleep(2)


@contextlib.contextmanager
def _worker() -> Iterator[subprocess.Popen]:
    """Run the worker that the site runs beside its server."""
    command = [sys.executable, PROJECT / "manage.py", "search_index", "run"]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)
