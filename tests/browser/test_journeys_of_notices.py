"""A meeting moves: what its editor chooses, what those who are registered get."""

import re

import pytest
from playwright.sync_api import expect

from .accessibility import assert_accessible
from .editors import publish

pytestmark = pytest.mark.browser
EDITOR, TITLE = "editor@example.org", "MENA group: first open meeting"
SLUG = "mena-group-first-open-meeting"


def test_a_meeting_moves_and_the_calendars_of_those_who_come_follow(site, logged_in):
    event = site.page_id(SLUG)
    editor = logged_in(EDITOR)
    editor.goto(f"/admin/pages/{event}/edit/")
    choice = editor.get_by_role("checkbox", name="Tell those who are registered")
    expect(choice).to_be_checked()
    expect(editor.get_by_text(re.compile(r"^\d+ people are registered\."))).to_be_visible()
    editor.locator("#id_end_time").fill("23:45")
    publish(editor)

    editor.goto(f"/admin/events/{event}/notices/")
    expect(editor.get_by_role("heading", name="A change")).to_be_visible()
    expect(editor.get_by_role("rowheader", name="When").first).to_be_visible()
    assert_accessible(editor)
    editor.get_by_role("button", name="Tell them now").click()
    expect(editor.get_by_text(re.compile("A mail is on its way to"))).to_be_visible()

    site.manage("run_mailer", "--once")
    letter = site.mails("abena@example.org")[-1]
    assert letter["Subject"].startswith("New time: ")
    calendar = next(p for p in letter.walk() if p.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert "T234500" in calendar.get_content()

    editor.goto("/demo/outbox/")
    editor.get_by_role("link", name=re.compile("^New time: ")).first.click()
    expect(editor.get_by_text("Before").first).to_be_visible()


def test_before_a_meeting_goes_off_the_site_its_editor_learns_who_is_registered(site, logged_in):
    editor = logged_in(EDITOR)
    editor.goto(f"/admin/pages/{site.page_id(SLUG)}/unpublish/")
    expect(editor.get_by_text("registered and are not told that the page is gone")).to_be_visible()
    assert_accessible(editor)
