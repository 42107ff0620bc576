"""What building the whole index takes, beside a raw bulk of the same documents."""

import json
import time
from collections.abc import Iterator

from django.conf import settings

from search.engines.elastic.mapping import index_body, source
from search.models import Document

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
