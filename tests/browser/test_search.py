"""Finding: from a word in the box to the page of a file, by pointer, by keys and by touch."""

import io
import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from .accessibility import assert_accessible

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 360, "height": 740}
FRENCH_POST = "Recettes propres : commencer par le registre"


def box(page: Page) -> Locator:
    """Return the box of the search page, or of the header elsewhere."""
    return page.get_by_role("combobox").last


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def typed(page: Page, text: str) -> Locator:
    """Type into the box and return the options once they are there."""
    box(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()
    return options(page)


def test_a_visitor_finds_a_french_post_by_an_english_acronym_and_follows_the_search(visitor):
    page = visitor()
    page.goto("/")
    box(page).fill("OSR")
    box(page).press("Enter")
    results = page.get_by_role("main").locator(".search-result")
    expect(results.filter(has_text=FRENCH_POST)).to_contain_text("in French")
    for name, value in (("region", "africa"), ("theme", "subnational-finance")):
        page.locator(f"input[name={name}][value={value}]").check()
        page.get_by_role("button", name="Apply filters").click()
        expect(page).to_have_url(re.compile(f"{name}={value}"))
    expect(results.filter(has_text=FRENCH_POST)).to_be_visible()
    chips = page.get_by_role("list", name="Criteria in use")
    expect(chips).to_contain_text("Region: Sub-Saharan Africa")
    feed = page.get_by_role("link", name="Follow this search by feed").get_attribute("href")
    channel = ElementTree.fromstring(page.request.get(feed).body())  # noqa: S314 - our own
    titles = [" ".join(item.findtext("title").split()) for item in channel.iter("item")]
    assert FRENCH_POST in titles
    chips.get_by_role("link", name="Theme").click()
    expect(chips).not_to_contain_text("Theme")


def test_a_visitor_opens_a_product_at_the_page_where_the_words_stand(visitor):
    page = visitor()
    page.goto("/search/?q=OSR&region=africa&type=product")
    in_file = page.get_by_role("link", name=re.compile(r"Found in the file, page \d+")).first
    address, number = re.fullmatch(r"(.*)#page=(\d+)", in_file.get_attribute("href")).groups()
    file = page.request.get(address)
    assert file.headers["content-type"] == "application/pdf"
    text = PdfReader(io.BytesIO(file.body())).pages[int(number) - 1].extract_text()
    assert re.search(r"own(-source)?\s+revenue", text, re.IGNORECASE)


def test_the_opening_of_a_result_is_told_without_waiting_for_it(visitor):
    page = visitor()
    page.goto("/search/?q=finance")
    with page.expect_request("**/search/opened/") as told:
        page.locator(".search-result .card__link").first.click()
    assert re.fullmatch(r"words=finance&uid=\w+%3A\d+&place=1", told.value.post_data)
    assert told.value.response().status == 204


def test_titles_are_suggested_and_lead_to_their_pages_by_keys(visitor):
    page = visitor()
    page.goto("/search/")
    offered = typed(page, "gov")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(box(page)).to_be_focused()
    for place in (0, 1):
        page.keyboard.press("ArrowDown")
        expect(offered.nth(place)).to_have_attribute("aria-selected", "true")
        active = offered.nth(place).get_attribute("id")
        expect(box(page)).to_have_attribute("aria-activedescendant", active)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowUp")
    expect(offered.last).to_have_attribute("aria-selected", "true")
    title = offered.last.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_escape_puts_the_suggestions_away_and_keeps_what_was_typed(visitor):
    page = visitor()
    page.goto("/search/")
    typed(page, "gov")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("gov")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(options(page)).to_have_count(0)


def test_enter_searches_for_what_was_typed_while_nothing_is_chosen(visitor):
    page = visitor()
    page.goto("/")
    typed(page, "gov")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=gov$"))


def test_a_suggestion_can_be_touched(visitor):
    page = visitor(viewport=TELEPHONE, has_touch=True, is_mobile=True)
    page.goto("/search/")
    offered = typed(page, "climate")
    title = offered.first.inner_text()
    offered.first.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_suggestions_read_from_right_to_left_in_arabic(visitor):
    page = visitor(viewport=TELEPHONE)
    page.goto("/ar/search/")
    offered = typed(page, "الشرق")
    field, first = box(page).bounding_box(), offered.first.bounding_box()
    assert first["y"] >= field["y"] + field["height"] - 1
    assert first["x"] >= 0
    assert first["x"] + first["width"] <= TELEPHONE["width"]
    assert offered.first.evaluate("option => getComputedStyle(option).direction") == "rtl"


@pytest.mark.parametrize(("path", "text"), [("/search/", "gov"), ("/ar/search/", "ال")])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_no_violation_in_open_suggestions(visitor, path, text, colours):
    page = visitor(color_scheme=colours)
    page.goto(path)
    typed(page, text)
    page.keyboard.press("ArrowDown")
    assert_accessible(page)


def test_how_many_suggestions_there_are_is_announced(visitor):
    page = visitor()
    page.goto("/search/")
    count = typed(page, "gov").count()
    status = page.locator(".search-box--large").get_by_role("status")
    expect(status).to_have_text(f"{count} suggestions")


def test_a_group_is_searched_by_a_box_of_its_own(visitor):
    page = visitor()
    page.goto("/groups/africa/")
    own_box = page.get_by_role("combobox", name="Search in this group")
    own_box.fill("registers")
    own_box.press("Enter")
    expect(page).to_have_url(re.compile(r"\?group=africa&q=registers$"))
    expect(page.get_by_role("list", name="Criteria in use")).to_contain_text("Africa")


def test_the_library_leads_to_the_full_search_with_its_filters(visitor):
    page = visitor()
    page.goto("/library/?region=africa&kind=policy-brief&kind=guide")
    page.get_by_role("link", name="Search the texts of the products").click()
    expect(page).to_have_url(re.compile(r"\?region=africa&type=guide&type=policy-brief$"))
