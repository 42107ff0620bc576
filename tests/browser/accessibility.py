"""Asking axe about what a tab shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()


def assert_accessible(page: Page) -> None:
    """Fail with axe’s own report where it finds a violation."""
    found = AXE.run(page)
    assert found.violations_count == 0, found.generate_report()
