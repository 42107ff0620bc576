"""From newcomer to member and back, and from an offer to the chair of a group."""

import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from .accessibility import assert_accessible
from .demo_site import DemoSite

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 360, "height": 740}
THEME = "subnational-finance"
# A form that comes back sooner was filled in by a machine.
TAKES_A_PERSON = 3_500


def press(page: Page, label: str) -> None:
    page.get_by_role("main").get_by_role("button", name=label, exact=True).click()


def join(page: Page, name: str, email: str) -> None:
    """Fill in the form: daily updates on Africa and one theme, and a place in one group."""
    page.goto("/join/")
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    for name, value in (("groups", "africa"), ("regions", "africa"), ("themes", THEME)):
        page.locator(f"main input[name={name}][value={value}]").check()
    page.get_by_role("radio", name="every day").check()
    page.get_by_label("I want to become a member").check()
    page.wait_for_timeout(TAKES_A_PERSON)
    press(page, "Become a member")
    page.wait_for_url("**/join/check-your-mail/")


def open_newest_mail(page: Page, recipient: str) -> None:
    """Find the newest mail to somebody in the demo’s outbox and open it."""
    page.goto("/demo/outbox/")
    line = page.locator(".outbox-line", has_text=recipient).first
    line.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/demo/outbox/\d"), wait_until="networkidle")


def confirm(page: Page, email: str, password: str = "") -> None:
    """Open the link of the mail in the demo’s outbox and press the button there."""
    open_newest_mail(page, email)
    letter = page.frame_locator("iframe")
    letter.locator("a[href*='/join/confirm/']").first.click()
    page.wait_for_url("**/join/confirm/**")
    page.get_by_label("Password").fill(password)
    assert_accessible(page)
    press(page, "Yes, I join")
    page.wait_for_url("**/my/")


def test_a_newcomer_joins_hears_of_news_changes_her_mind_and_leaves(site: DemoSite, visitor):
    email = "newcomer@example.org"
    page = visitor(viewport=TELEPHONE)
    join(page, "Nia Sample", email)
    assert_accessible(page)
    confirm(page, email)
    expect(page.get_by_role("main")).to_contain_text("Africa")
    expect(page.get_by_text("You follow 3 topics.")).to_be_visible()
    assert_accessible(page)

    page.goto("/demo/outbox/")
    press(page, "Send today’s digest now")
    page.wait_for_url("**/demo/outbox/")
    digest = site.mails(email)[-1]
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<(http[^>]+)>", digest["List-Unsubscribe"]).group(1)
    stranger = visitor()
    answer = stranger.request.post(address, form={"List-Unsubscribe": "One-Click"})
    assert answer.ok
    page.goto("/my/")
    expect(page.get_by_text("You follow 0 topics.")).to_be_visible()

    preferences = re.search(
        r"http\S+/preferences/\S+", digest.get_body(("plain",)).get_content()
    ).group()
    stranger.goto(preferences)
    assert_accessible(stranger)
    stranger.locator("select[name='region:africa']").select_option("weekly")
    press(stranger, "Save")
    page.goto("/my/")
    expect(page.get_by_text("You follow 1 topic.")).to_be_visible()

    page.get_by_role("link", name="Take my data along, or leave").click()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^Download my data")).click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert email in archive.read("data.json").decode()
    press(page, "Erase me")
    page.wait_for_url("**/goodbye/")
    assert_accessible(page)
    page.goto("/my/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_somebody_offers_to_chair_a_group_and_once_accepted_sees_it(site, visitor, logged_in):
    email, words = "offers@example.org", "demo-decentralization"
    page = visitor()
    join(page, "Omar Sample", email)
    confirm(page, email, words)
    page.goto("/offers/new/?kind=chair&group=localization")
    expect(page.get_by_role("combobox", name="Working group")).to_have_value("localization")
    page.get_by_label("Why, and what you would bring").fill("Ten years of clinics in counties.")
    assert_accessible(page)
    press(page, "Send the offer")
    page.wait_for_url("**/my/")

    editor = logged_in("editor@example.org")
    editor.goto("/admin/offers/")
    editor.get_by_role("link", name="Omar Sample").first.click()
    editor.get_by_role("radio", name="accept").check()
    editor.get_by_label("Your answer").fill("Welcome!")
    editor.get_by_role("button", name="Send the answer").click()
    expect(editor.get_by_text("Your answer is on its way.")).to_be_visible()
    assert "Welcome!" in site.mails(email)[-1].get_body(("plain",)).get_content()

    page.goto("/admin/")
    expect(page.get_by_role("heading", name=re.compile("^My group: Localizing"))).to_be_visible()
