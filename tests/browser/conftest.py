"""Fixtures of the browser tests: one demo site for the session, and ways to visit it."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from demo.accounts import PASSWORD

from .demo_site import DemoSite, demo_site, guarded_site

DESKTOP = {"width": 1280, "height": 900}

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> DemoSite:
    """The demo site on a server of its own, shared by all workers of the session."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return demo_site(folder / "demo-site")


@pytest.fixture(scope="session")
def guarded(site: DemoSite) -> DemoSite:
    """The demo site as it is in production: the secretariat needs a second factor."""
    return guarded_site(site)


@pytest.fixture
def visitor(site: DemoSite, browser: Browser) -> Iterator[Visit]:
    """Return a function that opens an empty tab in a fresh profile; options are Playwright’s."""
    contexts = []

    def arrive(**options) -> Page:
        options = {"base_url": site.address, "viewport": DESKTOP, "locale": "en-GB"} | options
        context = browser.new_context(**options)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def logged_in(visitor: Visit) -> Visit:
    """Return a function that logs in to the demo with an address and returns the tab."""

    def log_in(email: str, **options) -> Page:
        page = visitor(**options)
        page.goto("/accounts/login/")
        enter_password(page, email)
        page.wait_for_url("**/accounts/")
        return page

    return log_in


def enter_password(page: Page, email: str) -> None:
    """Fill in the log-in form that the tab shows."""
    form = page.locator("main form")
    form.get_by_label("Email").fill(email)
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Log in", exact=True).click()
