"""Everything works for readers whose browser runs no JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import enter_password

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 360, "height": 740}


@pytest.fixture
def plain(visitor):
    """Return a function that opens a tab without JavaScript."""

    def arrive(**options):
        return visitor(java_script_enabled=False, **options)

    return arrive


@pytest.mark.parametrize(
    ("button", "menu", "link", "address"),
    [
        ("Menu", "Main menu", "Library", "/library/"),
        ("Topics", "Topics", "Asia", "/groups/asia/"),
    ],
)
def test_a_menu_opens_on_a_telephone(plain, button, menu, link, address):
    page = plain(viewport=TELEPHONE)
    page.goto("/")
    target = page.get_by_role("navigation", name=menu).get_by_role("link", name=link)
    expect(target).to_be_hidden()
    page.locator("summary", has_text=button).click()
    target.click()
    expect(page).to_have_url(re.compile(f"{address}$"))


def test_filters_of_a_list_apply_by_their_button(plain):
    page = plain()
    page.goto("/library/")
    page.get_by_role("checkbox", name="Policy brief").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"kind=policy-brief"))
    expect(page.get_by_role("checkbox", name="Policy brief")).to_be_checked()
    titles = page.get_by_role("main").get_by_role("heading", level=2)
    expect(titles.filter(has_text="Five choices for councils in climate finance")).to_be_visible()
    expect(page.get_by_text("InFER Framework: method note")).to_have_count(0)


def test_filters_open_on_a_telephone(plain):
    page = plain(viewport=TELEPHONE)
    page.goto("/library/")
    apply = page.get_by_role("button", name="Apply filters")
    expect(apply).to_be_hidden()
    page.locator("summary", has_text="Filter").first.click()
    page.get_by_role("checkbox", name="Policy brief").check()
    apply.click()
    expect(page).to_have_url(re.compile(r"kind=policy-brief"))


def test_the_calendar_turns_its_months(plain):
    page = plain()
    page.goto("/events/")
    page.get_by_role("navigation", name="Views of the calendar").get_by_text("Month").click()
    shown = page.get_by_role("caption")
    steps = page.get_by_role("navigation", name="Months").get_by_role("link")
    this_month, next_month = shown.inner_text(), steps.last.inner_text()
    steps.last.click()
    expect(shown).to_have_text(next_month)
    expect(steps.first).to_have_text(this_month)
    steps.first.click()
    expect(shown).to_have_text(this_month)


def test_a_time_zone_is_remembered_from_page_to_page(plain):
    page = plain()
    page.goto("/events/")
    page.get_by_label("Times in").select_option("Africa/Nairobi")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Times in")).to_have_value("Africa/Nairobi")
    for address in ("/groups/gender-equity/gender-group-november-2026/", "/fr/evenements/"):
        page.goto(address)
        expect(page.locator("select[name=tz]")).to_have_value("Africa/Nairobi")
        expect(page.locator(".times__zone", has_text="Nairobi").first).to_be_visible()


def test_a_search_finds_and_is_narrowed(plain):
    page = plain()
    page.goto("/")
    search = page.get_by_role("search")
    search.get_by_role("searchbox").fill("climate")
    search.get_by_role("button").click()
    results = page.get_by_role("main")
    expect(results.get_by_role("status")).to_contain_text("for “climate”")
    everything = int(results.get_by_role("status").locator("strong").inner_text())
    page.locator("input[name=type][value=product]").check()
    page.get_by_role("button", name="Apply filters").click()
    products = int(results.get_by_role("status").locator("strong").inner_text())
    assert 0 < products < everything


def test_a_workbook_is_downloaded(plain):
    page = plain()
    page.goto("/library/logica-score-card-workbook/")
    with page.expect_download() as download:
        page.locator(".download-line a").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    assert download.value.path().read_bytes().startswith(b"PK")


def test_a_pdf_file_opens(plain):
    page = plain()
    page.goto("/library/five-choices-for-councils-in-climate-finance/")
    with page.expect_response(lambda answer: "/documents/" in answer.url) as opened:
        page.locator(".download-line a").first.click()
    assert opened.value.ok
    assert opened.value.headers["content-type"] == "application/pdf"


def test_the_language_is_switched_on_the_same_page(plain):
    page = plain()
    page.goto("/groups/lac/")
    switch = page.get_by_role("navigation", name="Language")
    switch.get_by_role("link", name="Español").click()
    expect(page).to_have_url(re.compile("/es/grupos/lac/$"))
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("América Latina y el Caribe")


def test_arabic_reads_from_right_to_left(plain):
    page = plain()
    page.goto("/")
    page.get_by_role("navigation", name="Language").get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_one_logs_in_and_out(plain):
    page = plain()
    page.goto("/accounts/login/")
    enter_password(page, "member@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    page.get_by_role("link", name="Log out").click()
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    page.goto("/accounts/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
