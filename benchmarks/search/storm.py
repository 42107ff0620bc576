"""Minutes of searches and of editing, while everything happens to the cluster that can.

A real site under gunicorn, the search’s worker, an Elasticsearch of its own. Every misfortune
lasts as long as the calm after it. What has to hold: no page fails, no save fails, and at the end
the index is what the content says.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from benchmarks.bench_load import Server
from benchmarks.bench_sites import PROJECT

from .node import Node
from .visiting import Visitors

SETTLES_WITHIN = 180


@dataclass(frozen=True)
class Cluster:
    """The node and the index on it, to which misfortunes happen."""

    node: Node
    alias: str
    manage: Callable[..., str]

    def client(self) -> Elasticsearch:
        """Return a connection that waits."""
        return Elasticsearch(self.node.url, request_timeout=60)

    @contextlib.contextmanager
    def killed(self) -> Iterator[None]:
        """It dies, and comes back with what it had."""
        self.node.kill()
        yield
        self.node.start_again()

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """It takes no writes, as one does whose disk is full."""
        block = "index.blocks.read_only_allow_delete"
        self.client().indices.put_settings(index=f"{self.alias}*", settings={block: True})
        yield
        self.client().indices.put_settings(index=f"{self.alias}*", settings={block: None})

    @contextlib.contextmanager
    def emptied(self) -> Iterator[None]:
        """It dies, and another comes in its place, without any index."""
        self.node.kill()
        self.node.start_empty()
        yield

    @contextlib.contextmanager
    def misunderstood(self) -> Iterator[None]:
        """An index with another mapping, and nothing in it, takes the place of ours."""
        client = self.client()
        wrong = f"{self.alias}-20000101000000000000"
        client.indices.create(index=wrong, mappings={"properties": {"title": {"type": "long"}}})
        found = client.options(ignore_status=404).indices.get_alias(name=self.alias)
        before = list(found.body) if found.meta.status == 200 else []
        client.indices.update_aliases(
            actions=[
                {"add": {"index": wrong, "alias": self.alias}},
                *({"remove_index": {"index": name}} for name in before),
            ]
        )
        yield

    @contextlib.contextmanager
    def rebuilt(self) -> Iterator[None]:
        """The index is built anew."""
        self.manage("search_index", "rebuild")
        yield

    @contextlib.contextmanager
    def killed_while_rebuilt(self) -> Iterator[None]:
        """It dies while the index is built anew."""
        with contextlib.ExitStack() as dying:
            rebuilding = threading.Thread(target=self._rebuild_in_vain)
            rebuilding.start()
            time.sleep(4)  # a start of Django, and some portions
            dying.enter_context(self.killed())
            yield
        rebuilding.join()

    def _rebuild_in_vain(self) -> None:
        with contextlib.suppress(SystemExit):
            self.manage("search_index", "rebuild")

    @property
    def misfortunes(self) -> Mapping[str, Callable[[], AbstractContextManager[None]]]:
        """What can happen, by name."""
        return {
            "nothing": contextlib.nullcontext,
            "killed": self.killed,
            "hung": self.node.hanging,
            "slow": self.node.slow,
            "full": self.full,
            "restarted empty": self.emptied,
            "another mapping": self.misunderstood,
            "rebuilt": self.rebuilt,
            "killed while rebuilt": self.killed_while_rebuilt,
        }


def weather(
    server: Server, cluster: Cluster, minutes: float, tell: Callable[[str], None]
) -> dict[str, dict]:
    """Let everything happen, one after the other; return what visitors got meanwhile."""
    each = minutes * 60 / len(cluster.misfortunes) / 2
    accounts = {}
    with Visitors(server) as visitors:
        for name, misfortune in cluster.misfortunes.items():
            tell(f"{name}, for {each:.0f} s")
            visitors.begin()
            with misfortune():
                time.sleep(each)
            time.sleep(each)
            account = visitors.begin()
            accounts[name] = account.told()
            tell(f"  {accounts[name]}")
            for line in account.failed[:5]:
                tell(f"  failed: {line}")
    return accounts


@contextlib.contextmanager
def working(environment: Mapping[str, str]) -> Iterator[None]:
    """Run the search’s worker."""
    command = [sys.executable, PROJECT / "manage.py", "search_index", "run"]
    process = subprocess.Popen(
        command, cwd=PROJECT, env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def settle(status: Callable[[], str]) -> float:
    """Wait until nothing is left to be built or sent; return for how many seconds."""
    began = time.monotonic()
    while time.monotonic() < began + SETTLES_WITHIN:
        lines = status().splitlines()
        if {"waiting changes: 0", "waiting documents: 0"} <= set(lines):
            return round(time.monotonic() - began, 1)
        time.sleep(1)
    raise SystemExit("The worker does not catch up.")
