"""The sites and the clusters that are measured, each in a folder that goes afterwards."""

import json
import os
from pathlib import Path
from typing import Any

from benchmarks.bench_sites import Workshop

from .node import Node

INDEX = "bench-search"

Figures = dict[str, Any]


class SearchWorkshop(Workshop):
    """The workshop of the search: a site without content, and a cluster."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, sqlite=False)
        self._cluster = self._script("elasticsearch.py", "start", "--for", str(os.getpid())).strip()

    def __enter__(self) -> "SearchWorkshop":
        self._say("a site without content")
        self.new_database("search")
        self.manage("search", "migrate", "-v0")
        self.manage("search", "collectstatic", "--no-input", "-v0")
        self.call("search", "ground.lay()")
        self.new_database("search_pages", like="search")
        return self

    def __exit__(self, *error) -> None:
        self.call("search", f"cluster.clear('{INDEX}*')")
        self._script("elasticsearch.py", "stop", "--for", str(os.getpid()))
        super().__exit__(*error)

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Return what a process of our site is told; each database has an index of its own."""
        cluster = {
            "ELASTICSEARCH_URL": self._cluster,
            "ELASTICSEARCH_API_KEY": "",
            "ELASTICSEARCH_INDEX": f"{INDEX}-{database}",
            "ELASTICSEARCH_REPLICAS": "0",
            "PAGE_CACHE_SECONDS": "0",
            "TASK_WORKER": "true",  # the index of Wagtail’s own search is not our matter
        }
        return super().environment(database, **cluster, **more)

    def call(self, database: str, what: str) -> Figures:
        """Call a function of this package in a new process; return what it returns."""
        module = what.partition(".")[0]
        code = (
            f"import json; from benchmarks.search import {module}; "
            f"print(); print(json.dumps({what}))"
        )
        printed = self.manage(database, "shell", "-v0", "--no-imports", "-c", code)
        return json.loads(printed.splitlines()[-1])


class DatabaseWorkshop(SearchWorkshop):
    """The workshop of the search where there is no cluster."""

    def __init__(self, folder: Path, *, sqlite: bool) -> None:
        Workshop.__init__(self, folder, sqlite=sqlite)
        self._cluster = ""

    def __exit__(self, *error) -> None:
        Workshop.__exit__(self, *error)


class StormWorkshop(Workshop):
    """A site with the demo content, and a cluster that may be mistreated."""

    PAGES = ("--pages", "400", "--events", "100")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, sqlite=False)
        self.node = Node(folder)

    def __enter__(self) -> "StormWorkshop":
        super().__enter__()
        self.manage("demo", "populate", *self.PAGES)
        self._say("a cluster of its own")
        self.node.start_empty()
        return self

    def __exit__(self, *error) -> None:
        self.node.end()
        super().__exit__(*error)

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Return what a process of the site is told."""
        cluster = {
            "ELASTICSEARCH_URL": self.node.url,
            "ELASTICSEARCH_API_KEY": "",
            "ELASTICSEARCH_INDEX": INDEX,
            "ELASTICSEARCH_REPLICAS": "0",
            "PAGE_CACHE_SECONDS": "0",
            "TASK_WORKER": "true",
        }
        return super().environment(database, **cluster, **more)

    def call(self, what: str) -> Figures:
        """Call a function of ``editing`` in a new process; return what it returns."""
        code = (
            "import json; from benchmarks.search import editing; "
            f"print(); print(json.dumps(editing.{what}))"
        )
        printed = self.manage("demo", "shell", "-v0", "--no-imports", "-c", code)
        return json.loads(printed.splitlines()[-1])
