"""The connection to the cluster: made when it is first needed, one per process."""

import functools
import logging
import os
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines.answers import Unavailable

logger = logging.getLogger(__name__)

Read = TypeVar("Read")

ANSWERS_WITHIN = 1.4  # seconds; with all around it nobody waits longer than 1.5
NO_TIME = 0.05
WRITES_WITHIN = 30.0
TOO_MANY_REQUESTS = 429


class Silent(Unavailable):
    """The cluster did not answer, or said that it cannot; it may be so for a while."""


def index() -> str:
    """Return the name under which the index is asked: an alias for the one in use."""
    return settings.ELASTICSEARCH_INDEX


def ask(body: Mapping, read: Callable[[Mapping], Read], *, within: float = ANSWERS_WITHIN) -> Read:
    """Return what is read from the cluster’s response to a search, which it gives in time.

    Raises ``Silent`` where it does not answer. Where it refuses the request or answers something
    else than a response the fault is ours: that is logged and raised as ``Unavailable``.
    """
    within = max(within, NO_TIME)
    timed = {**body, "timeout": f"{int(within * 900)}ms"}
    try:
        asked = client().options(request_timeout=within).search(index=index(), body=timed)
        return read(asked.body)
    except TransportError as reason:
        raise Silent(str(reason)) from reason
    except ApiError as reason:
        if reason.status_code >= 500 or reason.status_code == TOO_MANY_REQUESTS:
            raise Silent(str(reason)) from reason
        logger.error("Elasticsearch refused a search: %s; asked was %.2000s", reason, body)
        raise Unavailable(str(reason)) from reason
    except (LookupError, TypeError, ValueError) as reason:
        logger.exception("Elasticsearch’s response could not be read; asked was %.2000s", body)
        raise Unavailable(str(reason)) from reason


def client() -> Elasticsearch:
    """Return the client for readers’ questions: it answers soon or raises, and never retries."""
    return _connected(
        settings.ELASTICSEARCH_URL,
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_CA_CERTS,
    )


def indexing_client() -> Elasticsearch:
    """Return the client for the worker: patient, and it leaves trying again to who asks."""
    return client().options(request_timeout=WRITES_WITHIN)


@functools.lru_cache(maxsize=4)
def _connected(url: str, api_key: str, ca_certs: str) -> Elasticsearch:
    more = {"ca_certs": ca_certs} if ca_certs else {}
    return Elasticsearch(
        url,
        api_key=api_key or None,
        request_timeout=ANSWERS_WITHIN,
        max_retries=0,
        retry_on_timeout=False,
        **more,
    )


# A connection that a child shared with its parent would mix up their answers.
os.register_at_fork(after_in_child=_connected.cache_clear)
