"""Elasticsearch without the site’s client: bytes over one connection, as fast as it can go."""

import http.client
import json
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from django.conf import settings

JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}


class Cluster:
    """One connection that stays open."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(address.hostname, address.port, timeout=120)

    def send(self, method: str, path: str, body: bytes = b"", headers: Mapping = JSON) -> bytes:
        """Return the bytes that the cluster answers; anything but success is an error."""
        self._connection.request(method, path, body=body, headers=dict(headers))
        response = self._connection.getresponse()
        answer = response.read()
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {answer[:500]!r}")
        return answer

    def get(self, path: str) -> dict:
        """Return what the cluster answers to a GET."""
        return json.loads(self.send("GET", path))

    def searches(self, index: str) -> int:
        """Return how many searches the index has answered so far."""
        total = self.get(f"/{index}/_stats/search")["_all"]["primaries"]["search"]
        return total["query_total"]

    def make(self, index: str, body: Mapping) -> None:
        """Make an index anew."""
        self.send("DELETE", f"/{index}?ignore_unavailable=true")
        self.send("PUT", f"/{index}", json.dumps(body).encode())

    def bulk(self, batches: Iterable[bytes]) -> None:
        """Send batches of lines; an item that fails is an error."""
        for lines in batches:
            answer = self.send("POST", "/_bulk?filter_path=errors", lines, LINES)
            if json.loads(answer)["errors"]:
                raise RuntimeError("A document was refused.")


def clear(pattern: str) -> None:
    """Delete the indices whose names are like this."""
    cluster = Cluster(settings.ELASTICSEARCH_URL)
    for index in cluster.get(f"/{pattern}/_settings?filter_path=*.settings.index.uuid"):
        cluster.send("DELETE", f"/{index}")
