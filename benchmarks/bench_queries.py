"""Print the queries of each page as JSON; run by `manage.py shell` with BENCH_PATHS set."""

import json
import os

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

settings.PAGE_CACHE_SECONDS = 0
client = Client(headers={"x-forwarded-proto": "https"})
counted = {}
for name, path in json.loads(os.environ["BENCH_PATHS"]).items():
    client.get(path)  # makes what is made once for good, such as renditions
    for alias in ("default", "pages"):
        caches[alias].clear()
    counts = {}
    for state in ("queries_cold", "queries_warm"):
        with CaptureQueriesContext(connection) as queries:
            status = client.get(path).status_code
        assert status == 200, (path, status)  # noqa: S101
        counts[state] = len(queries)
    counted[name] = counts
print(json.dumps(counted))
