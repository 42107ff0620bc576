"""A page costs the same number of queries on a small site and on a large one."""

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST_WARM, MOST_COLD = 12, 20
ADDRESSES = (
    "/",
    "/groups/",
    "/groups/africa/",
    "/groups/africa/workplan-2026-27/",
    "/blog/",
    "/blog/?theme=subnational-finance&region=africa",
    "/groups/africa/notes-from-the-africa-groups-october-meeting/",
    "/events/",
    "/events/?view=month",
    "/events/?view=past",
    "/groups/africa/africa-group-october-2026/",
    "/library/",
    "/library/decentralization-multilevel-governance-primer/",
    "/projects/",
    "/projects/inlog/",
    "/people/",
    "/people/amina-sample/",
    "/regions/africa/",
    "/themes/subnational-finance/",
    "/countries/",
    "/countries/ke/",
    "/about/",
    "/search/",
    "/search/?q=budget",
    "/ar/",
    "/ar/groups/mena/",
)


def counts(client) -> dict[str, tuple[int, int]]:
    """Return the queries of each page with cold and with warm caches."""
    found = {}
    for address in ADDRESSES:
        client.get(address)  # makes what is made once for good, such as renditions
        for name in ("default", "pages"):
            caches[name].clear()
        states = []
        for _state in ("cold", "warm"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, address
            states.append(len(queries))
        found[address] = tuple(states)
    return found


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_queries_do_not_grow_with_the_site(client):
    # Enough that a list shows each kind of line, such as one with a picture.
    call_command("populate", pages=60, events=30, seed=1, verbosity=0)
    small = counts(client)
    call_command("populate", pages=2000, events=500, seed=2, verbosity=0)
    large = counts(client)
    grown = {
        address: (small[address], large[address])
        for address in ADDRESSES
        if large[address][0] > small[address][0] or large[address][1] > small[address][1]
    }
    assert grown == {}
    dear = {
        address: (cold, warm)
        for address, (cold, warm) in large.items()
        if cold > MOST_COLD or warm > MOST_WARM
    }
    assert dear == {}
