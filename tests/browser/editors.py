"""What editors do in the admin, step by step, as they would with the mouse."""

import contextlib
import re
from collections.abc import Iterator

from playwright.sync_api import Locator, Page, Response, expect

from .demo_site import DemoSite


def write_post(page: Page, *, title: str) -> None:
    """Open “Write a post” from the dashboard and give the post a title, nothing else yet."""
    page.goto("/admin/")
    page.get_by_role("link", name="Write a post").click()
    page.locator("#id_title").fill(title)


def complete_post(page: Page, *, summary: str, words: str, theme: str) -> None:
    """Fill in what the checks ask of a post."""
    page.get_by_role("tab", name=re.compile("^Content")).click()
    page.locator("#id_summary").fill(summary)
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="text", exact=True).click()
    body = page.locator("#panel-child-content-body-content")
    body.locator("[contenteditable=true]").first.press_sequentially(words)
    # The editor of the text hands it to the form a moment later.
    expect(body.locator("input[name=body-0-value]")).to_have_value(re.compile(re.escape(words)))
    choose_theme(page, theme)


def choose_theme(page: Page, theme: str) -> None:
    page.get_by_role("tab", name=re.compile("^Tags")).click()
    page.get_by_role("region", name="Themes").get_by_label(theme).check()


def more_action(page: Page, name: str | re.Pattern) -> Locator:
    """Open the menu beside “Save draft” and return the button of this name."""
    page.get_by_role("button", name="More actions").click()
    return page.locator("footer").get_by_role("button", name=name, exact=isinstance(name, str))


@contextlib.contextmanager
def sending(page: Page) -> Iterator[None]:
    """Wait until the form was sent; the autosave, which changes the address too, is not meant."""

    def is_answer(response: Response) -> bool:
        return response.request.is_navigation_request() and response.request.method == "POST"

    with page.expect_response(is_answer):
        yield
    page.wait_for_load_state()


def submit(page: Page) -> None:
    """Ask for approval."""
    with sending(page):
        more_action(page, re.compile("^Submit to")).click()


def approve(page: Page) -> None:
    """Approve the page as it is; after the last step that publishes it."""
    with sending(page):
        more_action(page, "Approve").click()


def publish(page: Page) -> None:
    """Publish without asking anybody, as the secretariat may."""
    with sending(page):
        more_action(page, "Publish").click()


def refuse(page: Page, *, reason: str) -> None:
    """Send the page back to its author with a reason."""
    more_action(page, "Request changes").click()
    dialog = page.locator(".modal-content")
    dialog.get_by_label("What should change, and why?").fill(reason)
    with sending(page):
        dialog.get_by_role("button", name="Request changes").click()


def screen_to_approve(site: DemoSite, title: str) -> str:
    """Return the address to which the last mail to the editor about this page leads."""
    letter = last_letter(site, "editor@example.org", title)
    return re.search(r"http\S+/admin/\S+", letter).group()


def last_letter(site: DemoSite, recipient: str, title: str) -> str:
    """Return the words of the last mail to somebody that names this page."""
    letters = [letter for letter in site.mails(recipient) if title in letter["Subject"]]
    assert letters, f"No mail to {recipient} about “{title}”"
    return letters[-1].get_body(("plain",)).get_content()
