"""Asking axe about what a tab shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()


def assert_accessible(page: Page, within: str | None = None) -> None:
    """Fail with axe’s own report where it finds a violation, on the page or in a part of it."""
    found = AXE.run(page, context=within)
    assert found.violations_count == 0, found.generate_report()
