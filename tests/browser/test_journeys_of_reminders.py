"""A co-chair gives a reminder words of their own and sends it to themselves first."""

import pytest
from playwright.sync_api import expect

from .accessibility import assert_accessible
from .test_journeys_of_attendees import SKOPJE

pytestmark = pytest.mark.browser
CO_CHAIR, WORDS = "aziz@example.org", "Bring the budget of your town."


def test_a_co_chair_writes_into_a_reminder_looks_at_it_and_tries_it_out(site, logged_in):
    chair = logged_in(CO_CHAIR)
    event = site.page_id(SKOPJE.split("/")[-2])
    chair.goto(f"/admin/events/{event}/reminders/")
    expect(chair.get_by_role("heading", name="1 hour before it begins")).to_be_visible()
    assert_accessible(chair)

    chair.get_by_role("link", name="1 day before it begins", exact=True).click()
    expect(chair.get_by_role("heading", name="As it will look")).to_be_visible()
    assert_accessible(chair)
    chair.get_by_label("Your words").fill(WORDS)
    chair.get_by_role("button", name="Save").click()
    shown = chair.frame_locator("iframe")
    expect(shown.get_by_text(WORDS)).to_be_visible()
    expect(shown.get_by_role("link", name="How to join")).to_be_visible()

    chair.get_by_role("button", name="Send a test to me").click()
    expect(chair.get_by_text(f"A test is on its way to {CO_CHAIR}.")).to_be_visible()
    letter = site.mails(CO_CHAIR)[-1]
    assert letter["Subject"].startswith("Tomorrow at ")
    assert WORDS in letter.get_body(preferencelist=("plain",)).get_content()
