"""The main jobs of those who write and approve, from log-in to what readers see."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from .accessibility import assert_accessible
from .conftest import enter_password
from .editors import (
    approve,
    choose_theme,
    complete_post,
    last_letter,
    publish,
    refuse,
    screen_to_approve,
    submit,
    write_post,
)

pytestmark = pytest.mark.browser

AMINA, AZIZ, EDITOR = "amina@example.org", "aziz@example.org", "editor@example.org"


def test_the_admin_sends_everybody_to_the_one_log_in(visitor):
    page = visitor()
    page.goto("/admin/")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/admin/"))
    enter_password(page, AMINA)
    expect(page).to_have_url(re.compile("/admin/$"))
    expect(page.get_by_role("heading", name="My group: Africa (Sub-Saharan)")).to_be_visible()


def test_a_post_goes_from_a_co_chair_past_the_checks_and_the_editor_to_its_readers(
    site, visitor, logged_in
):
    title, group = "What councils owe their markets", "/groups/africa/"
    reader = visitor()
    for address in (group, "/blog/"):
        reader.goto(address)
        expect(reader.get_by_text(title)).to_have_count(0)

    author = logged_in(AMINA)
    write_post(author, title=title)
    submit(author)
    for advice in ("Write a summary of one or two sentences", "Tick at least one theme"):
        expect(author.get_by_text(advice).first).to_be_attached()
    complete_post(
        author,
        summary="Market fees pay for drains, when somebody writes them down.",
        words="A fee is a promise.",
        theme="Local democracy",
    )
    submit(author)
    expect(author.locator(".messages")).to_contain_text("submitted for moderation")

    editor = logged_in(EDITOR)
    editor.goto(screen_to_approve(site, title))
    expect(editor.locator("#id_title")).to_have_value(title)
    approve(editor)

    for address in (group, "/blog/"):
        reader.goto(address)
        expect(reader.get_by_role("link", name=title)).to_have_count(1)
    reader.get_by_role("link", name=title).click()
    expect(reader).to_have_url(re.compile(group))
    expect(reader.get_by_text("A fee is a promise.")).to_be_visible()
    expect(reader.get_by_role("main")).to_contain_text("Amina Sample")
    assert reader.url in last_letter(site, AMINA, title)


def test_a_refusal_tells_the_author_why(site, visitor, logged_in):
    title, reason = "Lamps before roads", "The second figure is from 2019."
    author = logged_in(AMINA)
    write_post(author, title=title)
    complete_post(
        author, summary="A street is safe first.", words="Lamps.", theme="Localizing services"
    )
    submit(author)
    expect(author.locator(".messages")).to_contain_text("submitted for moderation")
    editor = logged_in(EDITOR)
    editor.goto(screen_to_approve(site, title))
    refuse(editor, reason=reason)

    assert reason in last_letter(site, AMINA, title)
    author.goto("/admin/")
    waiting = author.get_by_role("heading", name=re.compile("^Waiting for you"))
    expect(waiting).to_be_visible()
    expect(author.get_by_role("link", name=title).first).to_be_visible()
    reader = visitor()
    reader.goto("/blog/")
    expect(reader.get_by_text(title)).to_have_count(0)


@pytest.mark.parametrize("screen", ["edit/", "history/", "delete/", "unpublish/", "view_draft/"])
@pytest.mark.parametrize("slug", ["mena", "gender-group-november-2026"])
def test_a_co_chair_gets_nowhere_near_the_pages_of_another_group(site, logged_in, slug, screen):
    page = logged_in(AMINA)
    answer = page.goto(f"/admin/pages/{site.page_id(slug)}/{screen}")
    if answer.status != 403:
        expect(page).to_have_url(re.compile("/admin/$"))
        expect(page.locator(".messages")).to_contain_text("do not have permission")


def test_a_co_chair_writes_nothing_below_another_group(site, logged_in):
    page = logged_in(AMINA)
    page.goto(f"/admin/pages/add/blog/blogpage/{site.page_id('mena')}/")
    expect(page).to_have_url(re.compile("/admin/$"))
    expect(page.locator(".messages")).to_contain_text("do not have permission")


def test_a_meeting_with_its_recording_reaches_the_page_of_the_group(site, visitor, logged_in):
    title, recording = "Africa group: markets at night", "https://video.example.org/markets"
    held_on = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=9)
    author = logged_in(AMINA)
    author.goto("/admin/")
    author.get_by_role("link", name="Add a meeting").click()
    expect(author.locator("#id_time_zone")).to_have_value("Africa/Nairobi")
    author.locator("#id_title").fill(title)
    author.locator("#id_summary").fill("How councils light their markets, and who pays.")
    for name, value in {
        "starts_on": held_on.isoformat(),
        "start_time": "15:00",
        "end_time": "16:30",
    }.items():
        author.locator(f"#id_{name}").fill(value)
        author.keyboard.press("Escape")
    author.locator("#id_recording").select_option("available")
    author.locator("#id_recording_url").fill(recording)
    choose_theme(author, "Local democracy")
    submit(author)
    expect(author.locator(".messages")).to_contain_text("submitted for moderation")
    editor = logged_in(EDITOR)
    editor.goto(screen_to_approve(site, title))
    approve(editor)

    reader = visitor()
    reader.goto("/groups/africa/")
    meeting = reader.get_by_role("listitem").filter(has=reader.get_by_role("link", name=title))
    expect(meeting.last).to_contain_text("Watch the recording")
    reader.get_by_role("link", name=title).first.click()
    watch = reader.get_by_role("main").locator(f"a[href='{recording}']")
    expect(watch.first).to_be_visible()
    expect(reader.get_by_role("main")).to_contain_text("15:00–16:30")


def test_a_recording_is_added_to_a_meeting_that_was_held(site, visitor, logged_in):
    title = "Grupo LAC: reunión trimestral abierta"
    recording = "https://video.example.org/lac"
    editor = logged_in(EDITOR)
    editor.goto("/admin/")
    editor.get_by_role("link", name=title).first.click()
    editor.locator("#id_recording").select_option("available")
    editor.locator("#id_recording_url").fill(recording)
    publish(editor)
    reader = visitor()
    reader.goto("/groups/lac/grupo-lac-noviembre-2026/")
    expect(reader.locator(f"main a[href='{recording}']").first).to_be_visible()


def test_somebody_in_two_groups_sees_both_on_the_dashboard(logged_in):
    page = logged_in(AZIZ)
    page.goto("/admin/")
    for group in ("Europe and Central Asia", "Subnational Finance"):
        block = page.get_by_role("region", name=f"My group: {group}")
        for button in ("Write a post", "Add a meeting", "Add a recording"):
            expect(block.get_by_role("link", name=button)).to_be_visible()


def test_axe_finds_no_violation_in_what_the_site_adds_to_the_dashboard(logged_in):
    page = logged_in(AZIZ)
    page.goto("/admin/")
    assert_accessible(page, within="section[aria-labelledby^=my-group]")
