"""The indices of the cluster: one is in use behind an alias, a newer one may be in the making.

Each is named after the alias and the moment it was begun. Its ``_meta`` says how far it has come,
so that whoever builds it may die and another go on.
"""

import datetime
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

from search.engines.elastic import mapping
from search.engines.elastic.client import index as alias


@dataclass
class Progress:
    """How far the making of an index has come; ``version`` is the last one before it began."""

    version: int
    last_pk: int = 0
    refused: list[str] = field(default_factory=list)
    is_done: bool = False


def wanted_hash() -> str:
    """Return the sign of the mapping that the code needs today."""
    return mapping.index_body()["mappings"]["_meta"]["hash"]


def in_use(client: Elasticsearch) -> list[str]:
    """Return the names of the indices behind the alias: one, or none when it is missing."""
    found = client.options(ignore_status=404).indices.get_alias(name=alias())
    return sorted(found.body) if found.meta.status == 200 else []


def is_ready(client: Elasticsearch) -> bool:
    """Whether one index is in use and has the mapping that the code needs."""
    names = in_use(client)
    return len(names) == 1 and _meta(client, names[0]).get("hash") == wanted_hash()


def has_false_index(client: Elasticsearch) -> bool:
    """Whether an index has taken the name of the alias: a write once made it up."""
    found = client.options(ignore_status=404).indices.get(index=alias(), features="aliases")
    return found.meta.status == 200 and alias() in found.body


def generations(client: Elasticsearch) -> list[str]:
    """Return all indices of ours, oldest first."""
    found = client.options(ignore_status=404).indices.get(
        index=f"{alias()}-*", features="aliases", allow_no_indices=True
    )
    ours = re.compile(rf"{re.escape(alias())}-\d{{14,}}")
    return sorted(name for name in found.body if ours.fullmatch(name))


def unfinished(client: Elasticsearch) -> tuple[str, Progress] | None:
    """Return the index that somebody began to make for today’s code and did not finish."""
    for name in reversed(generations(client)):
        meta = _meta(client, name)
        progress = Progress(**meta["progress"]) if "progress" in meta else None
        if progress and not progress.is_done and meta.get("hash") == wanted_hash():
            return name, progress
    return None


def create(client: Elasticsearch, progress: Progress, now: datetime.datetime) -> str:
    """Make an empty index that is to be filled fast, and return its name."""
    name = f"{alias()}-{now.astimezone(datetime.UTC):%Y%m%d%H%M%S%f}"
    body = mapping.index_body(replicas=0)
    body["settings"]["refresh_interval"] = "-1"
    body["mappings"]["_meta"]["progress"] = asdict(progress)
    client.indices.create(index=name, settings=body["settings"], mappings=body["mappings"])
    return name


def note(client: Elasticsearch, name: str, progress: Progress) -> None:
    """Write into an index how far it has come."""
    meta = {"hash": wanted_hash(), "progress": asdict(progress)}
    client.indices.put_mapping(index=name, meta=meta)


def open_for_readers(client: Elasticsearch, name: str) -> None:
    """Give a filled index the settings of everyday use, and let searches see all of it."""
    client.indices.put_settings(
        index=name,
        settings={
            "refresh_interval": None,
            "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        },
    )
    client.indices.refresh(index=name)


def swap(client: Elasticsearch, name: str) -> None:
    """Put an index into use in the place of the one before, in one step for every reader."""
    actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": alias()}}]
    if has_false_index(client):
        actions.append({"remove_index": {"index": alias()}})
    else:
        before = [each for each in in_use(client) if each != name]
        actions += [{"remove": {"index": each, "alias": alias()}} for each in before]
    client.indices.update_aliases(actions=actions)


def remove_old(client: Elasticsearch, *, keep: str) -> None:
    """Remove all indices but this one, the newest finished one before it, and newer ones."""
    older = [name for name in generations(client) if name < keep]
    finished = [name for name in older if _meta(client, name).get("progress", {}).get("is_done")]
    for name in older:
        if name not in finished[-1:]:
            client.options(ignore_status=404).indices.delete(index=name)


def _meta(client: Elasticsearch, name: str) -> dict[str, Any]:
    found = client.options(ignore_status=404).indices.get_mapping(index=name)
    return found.body.get(name, {}).get("mappings", {}).get("_meta", {})
