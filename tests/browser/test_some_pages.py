"""What is asked of some pages only: dark colours, open menus, telephones, states of forms."""

import pytest

from .accessibility import assert_accessible
from .addresses import PUBLIC
from .first_view import assert_within_budget, first_view

pytestmark = pytest.mark.browser

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
IN_THE_DARK = (
    "home",
    "group with two co-chairs",
    "post",
    "events, month",
    "event cancelled",
    "product superseded",
    "search with results",
    "log-in",
)
WITH_PICTURES = ("home", "blog", "post", "project", "group with two co-chairs", "home in Arabic")


@pytest.mark.parametrize("name", IN_THE_DARK)
def test_axe_finds_no_violation_in_dark_colours(visitor, name):
    page = visitor(color_scheme="dark")
    page.goto(PUBLIC[name])
    assert_accessible(page)


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_a_first_view_on_a_telephone_keeps_to_its_budget(visitor, site, name):
    assert_within_budget(first_view(visitor(**TELEPHONE), PUBLIC[name]), site.host)


def test_axe_finds_no_violation_in_open_menus(visitor):
    page = visitor(**TELEPHONE)
    page.goto("/groups/africa/")
    for menu in ("Menu", "Topics"):
        page.locator("summary", has_text=menu).click()
    assert_accessible(page)


def test_axe_finds_no_violation_in_a_refused_log_in(visitor):
    page = visitor()
    page.goto("/accounts/login/")
    form = page.locator("main form")
    form.get_by_label("Email").fill("nobody@example.org")
    form.get_by_label("Password").fill("not the password")
    form.get_by_role("button", name="Log in").click()
    page.locator(".error-summary").wait_for()
    assert_accessible(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation_on_ones_own_account(logged_in, width):
    assert_accessible(logged_in("amina@example.org", viewport={"width": width, "height": 900}))


def test_a_missing_page_says_so_and_leads_on(visitor):
    page = visitor()
    assert page.goto("/no-such-page/").status == 404
    assert page.get_by_role("main").get_by_role("link").count() > 0
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Library").click()
    assert page.title().startswith("Library")
