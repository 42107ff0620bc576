"""What visitors and members come for, from the first page to the end."""

import datetime
import re
import zoneinfo

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NAIROBI, TOKYO = "Africa/Nairobi", "Asia/Tokyo"
IN_BUDAPEST = "/groups/eca/eca-group-june-2026/"
IN_JOHANNESBURG = "/groups/gender-equity/gender-group-november-2026/"


def begins_in(page: Page, zone: str) -> str:
    """Return the hour at which the event on this page begins in a zone, worked out anew."""
    moment = page.locator(".times time").first.get_attribute("datetime")
    begins_at = datetime.datetime.fromisoformat(moment)
    return begins_at.astimezone(zoneinfo.ZoneInfo(zone)).strftime("%H:%M")


def shown_in(page: Page, city: str):
    """Return the line with the time in this city."""
    return page.locator(".times__row").filter(has=page.locator("dt", has_text=city)).first


def test_a_visitor_finds_a_product_and_downloads_it(visitor):
    page = visitor()
    page.goto("/")
    search = page.get_by_role("search")
    search.get_by_role("combobox").fill("climate councils")
    search.get_by_role("combobox").press("Enter")
    page.locator("input[name=type][value=product]").check()
    page.get_by_role("button", name="Apply filters").click()
    page.get_by_role("link", name="Five choices for councils in climate finance").first.click()
    expect(page).to_have_url(re.compile("/library/five-choices"))
    file = page.locator(".download-line").first
    expect(file).to_contain_text("PDF")
    expect(file).to_contain_text("page")
    answer = page.request.get(file.get_by_role("link").first.get_attribute("href"))
    assert answer.ok
    assert answer.body().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("address", "city", "hour"),
    [(IN_BUDAPEST, "Budapest", "16:00"), (IN_JOHANNESBURG, "Johannesburg", "14:00")],
)
def test_a_visitor_in_nairobi_sees_when_a_meeting_begins_there(visitor, address, city, hour):
    page = visitor()
    page.goto("/events/")
    with page.expect_navigation():
        page.get_by_label("Times in").select_option(NAIROBI)
    page.goto(address)
    expect(shown_in(page, city)).to_contain_text(hour)
    expect(shown_in(page, "Nairobi")).to_contain_text(begins_in(page, NAIROBI))


def test_a_choice_of_zone_is_ones_own(visitor):
    chooser, other = visitor(), visitor()
    chooser.goto(IN_JOHANNESBURG)
    with chooser.expect_navigation():
        chooser.get_by_label("Times in").select_option(TOKYO)
    other.goto(IN_JOHANNESBURG)
    expect(shown_in(chooser, "Tokyo")).to_be_visible()
    expect(other.get_by_label("Times in")).to_have_value("")


def test_a_visitor_reads_the_hour_on_the_clock_of_the_device(visitor):
    page = visitor(timezone_id=NAIROBI)
    page.goto(IN_JOHANNESBURG)
    hint = page.locator("[data-local-time]")
    expect(hint).to_be_visible()
    expect(hint).to_contain_text(begins_in(page, NAIROBI))


def test_a_member_sets_a_zone_which_the_times_of_events_follow(logged_in):
    page = logged_in("member@example.org")
    page.get_by_role("combobox", name="Time zone").select_option(TOKYO)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
    page.goto(IN_JOHANNESBURG)
    expect(shown_in(page, "Tokyo")).to_contain_text(begins_in(page, TOKYO))


def test_a_member_is_kept_out_of_the_admin(logged_in):
    page = logged_in("member@example.org")
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/accounts/"))
    expect(page.get_by_text("Write a post")).to_have_count(0)


def test_an_event_goes_into_ones_calendar(visitor):
    page = visitor()
    page.goto(IN_JOHANNESBURG)
    with page.expect_download() as download:
        page.get_by_role("link", name="Add to calendar").first.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert "TZID=Africa/Johannesburg" in text
