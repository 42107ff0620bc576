"""What holds on every type of page. Each page is opened once, with an empty cache."""

import pytest

from .accessibility import assert_accessible
from .addresses import MISSING, PUBLIC
from .conftest import DESKTOP
from .first_view import assert_within_budget, first_view

pytestmark = pytest.mark.browser

# The element that sticks out furthest says most about the cause.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return null;
  const beyond = (box) => Math.max(box.right - width, -box.left);
  const widest = [...document.body.querySelectorAll("*")]
    .map((element) => [beyond(element.getBoundingClientRect()), element])
    .sort(([first], [second]) => second - first)[0];
  return `${Math.round(widest[0])} px: ${widest[1].outerHTML.slice(0, 200)}`;
}"""
UNFINISHED_PICTURES = """pictures => pictures
  .filter((picture) => !["width", "height", "alt"].every((name) => picture.hasAttribute(name)))
  .map((picture) => picture.outerHTML)"""


@pytest.fixture(scope="module", params=PUBLIC)
def view(request, site, browser):
    """A page after its first view on a desktop; its tests share the tab."""
    with browser.new_context(base_url=site.address, viewport=DESKTOP) as context:
        yield first_view(context.new_page(), PUBLIC[request.param])


@pytest.fixture
def page(view):
    view.page.set_viewport_size(DESKTOP)
    return view.page


def test_a_page_arrives_whole_and_the_console_stays_silent(view, request):
    if request.node.callspec.params["view"] in MISSING:
        # The browser notes that this one is missing; nothing else may be.
        assert view.failures == [view.page.url]
        assert len(view.complaints) == 1
    else:
        assert (view.failures, view.complaints) == ([], [])


def test_a_first_view_keeps_to_its_budget(view, site):
    assert_within_budget(view, site.host)


def test_a_page_has_a_title_one_heading_and_one_main_part(page):
    assert page.title().strip()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("main").count() == 1


def test_pictures_reserve_their_place_and_say_what_they_show(page):
    assert page.locator("img").evaluate_all(UNFINISHED_PICTURES) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    assert_accessible(page)


def test_a_page_fits_into_320_pixels(page):
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(STICKS_OUT) is None
