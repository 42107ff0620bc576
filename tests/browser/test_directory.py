"""The directory of members, in a real browser, as the demo’s member sees it."""

import pytest

from .accessibility import assert_accessible

pytestmark = pytest.mark.browser

ME = "member@example.org"
SIZES = [{"width": 360, "height": 740}, {"width": 1280, "height": 900}]


@pytest.mark.parametrize("viewport", SIZES, ids=["telephone", "desk"])
@pytest.mark.parametrize("path", ["/my/profile/", "/my/profile/seen/?by=members", "/members/"])
def test_axe_finds_no_violation_for_a_member(logged_in, path, viewport):
    page = logged_in(ME, viewport=viewport)
    page.goto(path)
    assert_accessible(page)


def test_a_member_finds_another_and_writes_to_them(logged_in):
    page = logged_in(ME)
    page.goto("/members/")
    page.get_by_label("Name").fill("ash nam")
    page.get_by_role("button", name="Show members").click()
    page.get_by_role("link", name="Asha Namuna").click()
    page.get_by_role("link", name="Write to Asha Namuna").click()
    assert_accessible(page)
    page.get_by_label("Your message").fill("Shall we compare our ward budgets?")
    page.get_by_role("button", name="Send the message").click()
    page.get_by_text("Your message is on its way").wait_for()
