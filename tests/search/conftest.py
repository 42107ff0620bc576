"""What the tests of the search share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client

from accounts.actions import open_account
from search.projection import changes
from tests.factories.groups import make_group
from working_groups.actions import ensure_access


@pytest.fixture
def ask(client: Client, home) -> Callable[..., HttpResponse]:
    """Return a function that asks for the search page once the index has caught up."""

    def ask(path: str = "/search/", **parameters) -> HttpResponse:
        changes.catch_up()
        return client.get(path, parameters)

    return ask


@pytest.fixture
def find(ask) -> Callable[..., dict[str, Any]]:
    """Return a function that searches, and answers with what the JSON says."""

    def search(path: str = "/search/", **parameters) -> dict[str, Any]:
        response = ask(path, **parameters, format="json")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/json"
        return response.json()

    return search


@pytest.fixture
def titles(find) -> Callable[..., list[str]]:
    """Return a function that searches, and answers with the titles that were found, in order."""

    def search(**parameters) -> list[str]:
        return [result["title"] for result in find(**parameters)["results"]]

    return search


@pytest.fixture
def counts(find) -> Callable[..., dict[str, int]]:
    """Return a function that searches, and answers with the counts of one facet."""

    def search(facet: str, **parameters) -> dict[str, int]:
        options = find(**parameters)["facets"].get(facet, [])
        return {option["value"]: option["count"] for option in options}

    return search


def _log_in(email: str, group: Group) -> Client:
    user = open_account(email, name="Somebody")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def secretariat(home) -> Client:
    """The browser of somebody of the secretariat."""
    return _log_in("sara@example.org", Group.objects.get(name="Secretariat"))


@pytest.fixture
def co_chair(home) -> Client:
    """The browser of a co-chair."""
    return _log_in("amina@example.org", ensure_access(make_group("Africa")).user_group)
