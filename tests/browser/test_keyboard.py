"""Everything is within reach of somebody who uses no pointer."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 360, "height": 740}
MANY_STEPS = 60
FOCUS = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    text: (element.textContent || element.name || "").trim(),
    tag: element.tagName.toLowerCase(),
    main: Boolean(element.closest("main")),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    shown: box.width > 0 && box.height > 0,
  };
}"""


def tab(page: Page) -> dict:
    """Press the key once and say what has the focus now."""
    page.keyboard.press("Tab")
    return page.evaluate(FOCUS)


@pytest.mark.parametrize("address", ["/", "/events/", "/ar/", "/no-such-page/"])
def test_the_first_stop_is_the_skip_link_and_it_leads_to_the_content(visitor, address):
    page = visitor()
    page.goto(address)
    first = tab(page)
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    assert first["shown"]
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("address", ["/", "/events/", "/search/?q=finance"])
def test_the_focus_is_seen_wherever_it_goes(visitor, address, colours):
    page = visitor(color_scheme=colours)
    page.goto(address)
    stops = [tab(page) for _ in range(MANY_STEPS)]
    unseen = [stop for stop in stops if not (stop["outlined"] and stop["shown"])]
    assert unseen == []


def test_menus_come_before_the_content_in_their_order(visitor):
    page = visitor()
    page.goto("/groups/africa/")
    stops = []
    while len(stops) < MANY_STEPS and not (stops and stops[-1]["main"]):
        stops.append(tab(page))
    names = [stop["text"] for stop in stops]
    wanted = ["Working groups", "Library", "Blog", "Events", "Asia", "MENA", "Gender", "All groups"]
    assert [name for name in names if name in wanted][: len(wanted)] == wanted
    assert stops[-1]["main"]


@pytest.mark.parametrize(
    ("button", "link", "address"),
    [("Menu", "Blog", "/blog/"), ("Topics", "ECA", "/groups/eca/")],
)
def test_a_menu_of_a_telephone_opens_and_leads_on_by_keys(visitor, button, link, address):
    page = visitor(viewport=TELEPHONE)
    page.goto("/")
    for key, wanted in (("Enter", button), ("Enter", link)):
        for _ in range(MANY_STEPS):
            if tab(page)["text"] == wanted:
                break
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile(f"{address}$"))


def test_arrow_keys_move_through_the_zones_without_leaving_the_page(visitor):
    page = visitor()
    page.goto("/events/")
    zones = page.get_by_label("Times in")
    zones.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("/events/$"))
    expect(zones).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Tab")
    expect(page.get_by_label("Times in")).not_to_have_value("")
