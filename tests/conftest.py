"""Fixtures for every test. The real services have a plugin of their own."""

import datetime
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from accounts.actions import open_account
from accounts.models import User
from home.actions import ensure_site
from working_groups.actions import ensure_secretariat

pytest_plugins = ["tests.services.plugin"]

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
MIGRATED = pytest.StashKey[str | None]()


def really_commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return marker is not None and marker.kwargs.get("transaction", False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what the migrations wrote to tests that really commit."""
    for item in filter(really_commits, items):
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), False)


@pytest.fixture(autouse=True)
def _language_of_the_site():
    """Leave each test the site’s language: whoever asked for a French page leaves French behind."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None) -> None:
    """Keep what the migrations wrote where every connection finds it.

    Django keeps it on the connection. Once a browser runs, Playwright’s event loop runs in this
    thread, and Django gives the thread another connection, which knows nothing of it.
    """
    request.config.stash[MIGRATED] = getattr(connection, "_test_serialized_contents", None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Give it to the tests after them too: such a test ends by emptying the database.

    After the last test there is no database of tests any more.
    """
    migrated = item.config.stash.get(MIGRATED, None) if really_commits(item) else None
    if migrated:
        connection._test_serialized_contents = migrated
    yield
    if migrated and nextitem:
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(migrated)


@pytest.fixture(autouse=True)
def _empty_caches():
    """No test sees what another one left in a cache."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def _mail_goes_the_usual_way(settings):
    """Undo what Django’s test runner does to mail: the last step only, MAIL_TRANSPORT, is faked."""
    settings.EMAIL_BACKEND = "mail.backends.DeliveryBackend"


@pytest.fixture
def now() -> datetime.datetime:
    """The time at which the tests take place."""
    return NOW


@pytest.fixture
def home(db, now):
    """The front page of a site with its languages, sections and rights."""
    return ensure_site(now)


@pytest.fixture
def secretary(home) -> User:
    """Somebody of the secretariat."""
    user = open_account("secretary@example.org", name="Sam Sample")
    user.groups.add(ensure_secretariat())
    return user


@pytest.fixture
def count_queries(client):
    """Return a function that says how many queries a GET makes, with warm caches."""

    def count(url: str) -> int:
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return count
