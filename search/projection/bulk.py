"""Documents on their way to the cluster: what is written, in which portions, and what came of it.

Every write carries the version of its document, so one that comes late never wins.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines.elastic import mapping
from search.models import Document

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 500
ANSWER = "items.*._id,items.*.status,items.*.error.type,items.*.error.reason"
CONFLICT, NOT_FOUND, TOO_MANY = 409, 404, 429
FORBIDDEN = frozenset({401, 403})


class Trouble(Exception):
    """The cluster cannot take writes now; that is no document’s fault."""


class NoIndex(Trouble):
    """There is nothing to write to under the name of the index."""


@dataclass(frozen=True)
class Write:
    """A document that is to be indexed or, without a source, deleted; ``row`` is its key."""

    uid: str
    version: int
    source: bytes | None = None
    row: int = 0

    @property
    def lines(self) -> list[bytes]:
        """What stands for it in a request."""
        verb = "delete" if self.source is None else "index"
        action = {"_id": self.uid, "version": self.version, "version_type": "external_gte"}
        head = json.dumps({verb: action}, separators=(",", ":")).encode()
        return [head] if self.source is None else [head, self.source]

    @property
    def size(self) -> int:
        """Its bytes in a request, but for a hundred or so."""
        return len(self.source or b"")


@dataclass
class Outcome:
    """What came of some writes: those that stand, and the reasons of those that never will."""

    done: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def write_of(document: Document) -> Write:
    """Return what brings a document into the cluster, or out of it once it has gone."""
    if document.deleted_at:
        return Write(document.uid, document.version, row=document.pk)
    source = json.dumps(mapping.source(document), ensure_ascii=False, separators=(",", ":"))
    return Write(document.uid, document.version, source.encode(), document.pk)


def portions(writes: Iterable[Write]) -> Iterator[list[Write]]:
    """Yield the writes in portions that a cluster takes at once, in their order."""
    portion: list[Write] = []
    size = 0
    for write in writes:
        if portion and (size + write.size > MOST_BYTES or len(portion) == MOST_ROWS):
            yield portion
            portion, size = [], 0
        portion.append(write)
        size += write.size
    if portion:
        yield portion


def send(client: Elasticsearch, index: str, writes: Sequence[Write], *, alias: bool) -> Outcome:
    """Write to an index; with ``alias`` only if that is the name of an alias.

    So nothing ever comes to an index that the cluster made up because ours was missing. Raises
    ``Trouble`` when nothing was written.
    """
    lines = [line for write in writes for line in write.lines]
    try:
        answer = client.bulk(index=index, operations=lines, require_alias=alias, filter_path=ANSWER)
    except (ApiError, TransportError) as error:
        raise trouble(error) from error
    outcome = Outcome()
    for item in answer["items"]:
        ((_verb, result),) = item.items()
        _settle(result, outcome)
    if outcome.trouble and not outcome.done and not outcome.refused:
        raise _named(outcome.trouble)
    return outcome


def trouble(error: ApiError | TransportError) -> Trouble:
    """Return what to raise for a request that failed as a whole."""
    return _named(f"{type(error).__name__}: {error}")


def _settle(result: Mapping[str, Any], outcome: Outcome) -> None:
    status, error = result["status"], result.get("error")
    if error is None or status == CONFLICT:  # deleting what is not there is no error either
        outcome.done.append(result["_id"])
        return
    reason = f"{error['type']}: {error.get('reason', '')}"
    if status >= 500 or status in {TOO_MANY, NOT_FOUND} or status in FORBIDDEN:
        outcome.trouble = outcome.trouble or reason
    else:
        outcome.refused[result["_id"]] = reason[:1000]


def _named(reason: str) -> Trouble:
    return NoIndex(reason) if "index_not_found" in reason else Trouble(reason)
