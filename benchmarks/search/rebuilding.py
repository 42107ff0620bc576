"""What building the whole index takes, beside a raw bulk of the same documents."""

import json
import resource
import time
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from wagtail.models import Page

from files.models import SiteDocument
from people.models import Person
from search.engines.elastic.client import indexing_client
from search.engines.elastic.mapping import index_body, source
from search.models import Document
from search.projection import rebuilding

from .cluster import Cluster

AT_A_TIME = 500
RAW_INDEX = "bench-raw"


def raw(most: int = 10_000) -> dict:
    """Return how many documents a second the cluster takes, ready made, one batch at a time."""
    cluster = Cluster(settings.ELASTICSEARCH_URL)
    batches = list(_lines(most))
    body = index_body(replicas=0)
    body["settings"]["refresh_interval"] = "-1"
    cluster.make(RAW_INDEX, body)
    began = time.perf_counter()
    cluster.bulk(batches)
    cluster.send("POST", f"/{RAW_INDEX}/_refresh")
    took = time.perf_counter() - began
    documents = cluster.get(f"/{RAW_INDEX}/_count")["count"]
    cluster.send("DELETE", f"/{RAW_INDEX}")
    size = sum(map(len, batches)) / documents
    return {"raw_documents_per_second": round(documents / took), "bytes_each": round(size)}


def rebuild() -> dict:
    """Return what building the index of all documents takes in time, memory and queries."""
    queries = Queries()
    began = time.perf_counter()
    with connection.execute_wrapper(queries):
        documents = rebuilding.rebuild(indexing_client(), lambda _: None)
    took = time.perf_counter() - began
    return {
        "rebuild_documents_per_second": round(documents / took),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "queries_per_1000_documents": round(queries.number / documents * 1000, 1),
        "content_read": sorted(queries.content),
    }


class Queries:
    """Counts queries, and takes note of the tables of content that they name."""

    def __init__(self) -> None:
        content = (Page, Person, SiteDocument)
        self._tables = {
            model._meta.db_table for model in apps.get_models() if issubclass(model, content)
        }
        self.number = 0
        self.content: set[str] = set()

    def __call__(self, execute, sql: str, params, many: bool, context: dict) -> Any:
        """Let the query pass."""
        self.number += 1
        self.content |= {table for table in self._tables if f'"{table}"' in sql}
        return execute(sql, params, many, context)


def _lines(most: int) -> Iterator[bytes]:
    """Yield the documents as the cluster is sent them, a batch at a time."""
    documents = Document.objects.filter(deleted_at=None).prefetch_related("facets").order_by("pk")
    for start in range(0, most, AT_A_TIME):
        batch = documents[start : min(start + AT_A_TIME, most)]
        lines = (
            line
            for document in batch
            for line in ({"index": {"_index": RAW_INDEX, "_id": document.uid}}, source(document))
        )
        yield b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
