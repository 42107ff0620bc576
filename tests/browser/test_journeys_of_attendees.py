"""What people who want to come to an event go through, with their mailbox and the queue."""

import re

import pytest
from playwright.sync_api import Page, expect

from .demo_site import DemoSite

pytestmark = pytest.mark.browser

ONE_SEAT_LEFT = "/groups/mena/mena-group-first-open-meeting/"
PERSON = 2_100  # milliseconds: a form that is sent faster was filled in by a machine


def ask_for_a_place(page: Page, name: str, email: str) -> None:
    """Come from the page of the event and fill in the form as a guest."""
    page.goto(ONE_SEAT_LEFT)
    page.get_by_role("link", name=re.compile("Register|Join the waiting list")).first.click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.wait_for_timeout(PERSON)
    page.get_by_role("button", name=re.compile("Register|Join the waiting list")).click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()


def open_newest_mail(page: Page, site: DemoSite, subject: str) -> None:
    """Look into the demo’s mailbox and open the newest mail with this subject."""
    site.manage("run_mailer", "--once")
    page.goto("/demo/outbox/")
    page.get_by_role("link", name=re.compile(subject)).first.click()


def follow_link(page: Page, part: str) -> None:
    """Open the link of the mail whose address holds this."""
    page.locator(f".outbox-text a[href*='{part}']").first.click()


def confirm(page: Page, site: DemoSite) -> None:
    open_newest_mail(page, site, "Please confirm")
    follow_link(page, "/confirm/")
    page.get_by_role("button", name="Yes, I register").click()


def test_an_event_fills_up_and_who_waits_moves_up_when_somebody_cancels(visitor, site):
    first, second = visitor(), visitor()
    ask_for_a_place(first, "Zuri Sample", "zuri@example.org")
    confirm(first, site)
    expect(first.get_by_role("heading", name="You have a seat")).to_be_visible()

    ask_for_a_place(second, "Yaw Sample", "yaw@example.org")
    confirm(second, site)
    expect(second.get_by_role("heading", name="You are on the waiting list")).to_be_visible()
    expect(second.get_by_text("You are number 1.")).to_be_visible()

    first.get_by_role("button", name="Cancel my registration").click()
    expect(first.get_by_text("Your registration is cancelled.")).to_be_visible()

    open_newest_mail(second, site, "A seat has become free for you")
    expect(second.locator("main")).to_contain_text("yaw@example.org")
    follow_link(second, "/events/registration/")
    expect(second.get_by_role("heading", name="You have a seat")).to_be_visible()
    invitation = site.mails("yaw@example.org")[-1]
    kinds = {part.get_content_type() for part in invitation.walk()}
    assert {"text/plain", "text/html", "text/calendar"} <= kinds
