"""An institution joins the Alliance, and its people find it: from the form to the public page."""

import re

import pytest
from playwright.sync_api import Page, expect

from .accessibility import assert_accessible

pytestmark = pytest.mark.browser

EDITOR, MEMBER, SPEAKER = "editor@example.org", "member@example.org", "speaker@example.org"
LAKE_TOWNS = "/institutions/sample-association-of-lake-towns/"


def answer(editor: Page, name: str, decision: str) -> None:
    """Open an application in the admin and answer it."""
    editor.goto("/admin/institution-applications/")
    editor.get_by_role("link", name=name).click()
    editor.get_by_role("radio", name=decision).check()
    editor.get_by_label("Your answer").fill("Good to have you with us.")
    editor.get_by_role("button", name="Send the answer").click()
    expect(editor.locator(".messages")).to_contain_text("on its way")


def test_an_institution_applies_is_approved_and_has_a_page(site, visitor, logged_in):
    name = "Sample Centre for Small Islands"
    applicant = logged_in(MEMBER, java_script_enabled=False)
    applicant.goto("/join/institution/")
    expect(applicant).to_have_url(re.compile("/institutions/apply/$"))
    form = applicant.locator("main form")
    form.get_by_role("button", name="Send the application").click()
    expect(applicant.get_by_role("alert")).to_contain_text("Name of the institution")
    form.get_by_label("Name of the institution").fill(name)
    form.get_by_label("What it does").fill("Counts wells and boats, and who pays for them.")
    form.get_by_label("Your position there").fill("Director")
    form.get_by_role("button", name="Send the application").click()
    expect(applicant.get_by_text("The application is sent")).to_be_visible()

    answer(logged_in(EDITOR), name, "approve")
    letter = site.mails(MEMBER)[-1]
    assert name in letter["Subject"]

    reader = visitor()
    reader.goto("/institutions/?kind=member")
    reader.get_by_role("link", name=name).click()
    expect(reader.get_by_text("Counts wells and boats")).to_be_visible()
    applicant.goto("/my/")
    expect(applicant.get_by_role("link", name=name)).to_be_visible()


def test_a_representative_confirms_who_works_there_and_changes_the_page(visitor, logged_in):
    speaker = logged_in(SPEAKER)
    speaker.goto("/my/")
    speaker.get_by_role("link", name="Somebody waits to be confirmed").click()
    assert_accessible(speaker)
    speaker.get_by_role("button", name=re.compile("^Confirm.*Mele Sample")).click()
    expect(speaker.get_by_text("Confirmed.")).to_be_visible()

    speaker.get_by_role("link", name="Change what the page says").click()
    assert_accessible(speaker)
    speaker.get_by_label("What it does").fill("Forty towns, one lake, two water companies.")
    speaker.get_by_role("button", name="Send to the Secretariat").click()
    reader = visitor()
    reader.goto(LAKE_TOWNS)
    expect(reader.get_by_text("Forty towns, one lake")).to_have_count(0)

    editor = logged_in(EDITOR)
    editor.goto("/admin/institution-pages/")
    editor.get_by_role("link", name="Sample Association of Lake Towns").click()
    editor.get_by_role("radio", name="approve").check()
    editor.get_by_role("button", name="Send the answer").click()
    reader.goto(LAKE_TOWNS)
    expect(reader.get_by_text("Forty towns, one lake")).to_be_visible()
