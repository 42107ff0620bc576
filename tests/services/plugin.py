"""Real services for tests: a pytest plugin that the tests' conftest loads.

A test says what it needs by a marker (``postgres``, ``elasticsearch``, ``browser``) or simply by
asking for the fixture. The service is started when the first such test runs, is shared by all
workers, and stops with the session unless somebody else still holds it. Where it cannot be
started, its tests are skipped and the end of the run says so in red; with CI=true they fail.
"""

import functools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
HOLDER = "TEST_SERVICES_HOLDER"  # the process id of the session, known to its workers too
SERVERS = ("postgres", "elasticsearch")
FIXTURES = {
    "postgres_url": "postgres",
    "elasticsearch_url": "elasticsearch",
    "chromium": "browser",
}
MISSING = pytest.StashKey[dict[str, str]]()
CHROMIUM_SWITCHES = [
    "--no-sandbox",  # Chromium refuses to run as root with its sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def script(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPTS / f"{name}.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


@functools.cache
def find(need: str) -> tuple[str, str]:
    """Return where the service is, or an empty string and the reason why it is not to be had."""
    if need == "browser":
        answer = script("chromium")
    else:
        answer = script(need, "start", "--for", os.environ[HOLDER])
    return answer.stdout.strip(), answer.stderr.strip()


def needed(item: pytest.Item) -> list[str]:
    return [need for need in FIXTURES.values() if item.get_closest_marker(need)]


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MISSING] = {}
    if not is_worker(config):
        os.environ[HOLDER] = str(os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        for name in SERVERS:
            script(name, "stop", "--for", str(os.getpid()))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the services its fixtures need, so that ``-m`` can choose by them."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in FIXTURES:
                item.add_marker(FIXTURES[fixture])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for need in needed(item):
        found, reason = find(need)
        if not found:
            item.user_properties.append(("missing service", f"{need}\n{reason}"))
            refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            refuse(f"{need} could not be started: {reason}")


def pytest_report_teststatus(report: pytest.TestReport, config: pytest.Config) -> None:
    """Take note, in the session's own process, of what the workers could not start."""
    for name, value in getattr(report, "user_properties", ()):
        if name == "missing service":
            need, _, reason = value.partition("\n")
            config.stash[MISSING][need] = reason


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    missing = config.stash[MISSING]
    if missing:
        terminalreporter.section("SERVICES THAT COULD NOT BE STARTED", red=True, bold=True)
        for need, reason in missing.items():
            terminalreporter.line(f"{need}: its tests did not run. {reason}", red=True)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of a PostgreSQL whose user may create databases."""
    return find("postgres")[0]


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The address of a running Elasticsearch; a test names its indices after itself."""
    return find("elasticsearch")[0]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium."""
    return find("browser")[0]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A running headless Chromium: ``browser.new_context(...)`` gives a test its own."""
    # Playwright keeps an event loop in this thread, where Django then refuses to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_SWITCHES)
        yield running
        running.close()


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile with a desktop's window; nothing is kept for the next test."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture
def browser_page(browser_context: BrowserContext) -> Page:
    """An empty tab."""
    return browser_context.new_page()
