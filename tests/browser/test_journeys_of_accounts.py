"""Logging in: by passkey, with a second factor that the secretariat needs, and elsewhere."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from .accessibility import assert_accessible
from .conftest import enter_password
from .demo_site import DemoSite
from .first_view import assert_within_budget, first_view

pytestmark = pytest.mark.browser

OPEN_ACCOUNT = """
from django.contrib.auth.models import Group
from accounts.actions import open_account
user = open_account("{email}", "demo-decentralization", name="{name}")
user.groups.set(Group.objects.filter(name__in={groups}))
"""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
TELEPHONE = {"width": 360, "height": 740}


def open_account(site: DemoSite, email: str, name: str, *groups: str) -> None:
    """Make an account of its own for a test, so that no other test meets its second factor."""
    words = OPEN_ACCOUNT.format(email=email, name=name, groups=list(groups))
    site.manage("shell", "-v0", "-c", words)


def give_device(page: Page) -> None:
    """Let the browser keep passkeys on a device that always finds the right finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def shown_by_app(key: str) -> str:
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


def confirm_password(page: Page) -> None:
    page.get_by_label("Password").fill("demo-decentralization")
    page.get_by_role("button", name="Go on").click()


def press(page: Page, label: str) -> None:
    page.get_by_role("main").get_by_role("button", name=label, exact=True).click()


def log_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    press(page, "Log out")


def test_an_editor_is_sent_to_set_up_an_app_and_comes_back(guarded, visitor):
    open_account(guarded, "sara@example.org", "Sara Sample", "Secretariat")
    page = visitor(base_url=guarded.address, viewport=TELEPHONE)
    page.goto("/accounts/login/?next=/admin/reports/locked/")
    enter_password(page, "sara@example.org")
    expect(page.get_by_text("needs a second factor")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Set up an app").click()
    confirm_password(page)
    assert_accessible(page)
    page.get_by_label("Authenticator code").fill(shown_by_app(page.locator("#secret").inner_text()))
    press(page, "Set up the app")
    codes = page.locator(".codes__code")
    expect(codes).to_have_count(10)
    assert_accessible(page)
    code = codes.first.inner_text()
    page.get_by_role("link", name="Go on to the editing pages").click()
    expect(page).to_have_url(re.compile("/admin/reports/locked/"))

    log_out(page)
    page.goto("/accounts/login/?next=/admin/")
    enter_password(page, "sara@example.org")
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Code").fill(code)
    press(page, "Log in")
    expect(page).to_have_url(re.compile("/admin/$"))


def test_a_member_makes_a_passkey_and_logs_in_with_it_alone(site, visitor):
    open_account(site, "keyholder@example.org", "Kira Sample")
    page = visitor(base_url=site.address.replace("127.0.0.1", "localhost"))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    give_device(page)
    page.goto("/accounts/login/")
    enter_password(page, "keyholder@example.org")
    page.get_by_role("link", name="Second factor and passkeys").click()
    page.get_by_role("link", name="Add a passkey").click()
    confirm_password(page)
    page.get_by_label("Name of the passkey").fill("My telephone")
    assert_accessible(page)
    press(page, "Add a passkey")
    expect(page.locator(".codes__code")).to_have_count(10)
    page.goto("/accounts/second-factor/webauthn/")
    expect(page.get_by_role("main")).to_contain_text("My telephone")
    assert_accessible(page)

    log_out(page)
    page.goto("/accounts/login/?next=/accounts/sessions/")
    press(page, "Use a passkey")
    expect(page.get_by_role("heading", name="Where you are logged in")).to_be_visible()
    assert [text for text in complaints if "Security Policy" in text] == []


def test_without_a_passkey_on_the_device_the_log_in_says_so(site, visitor):
    page = visitor(base_url=site.address.replace("127.0.0.1", "localhost"))
    page.goto("/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error()) }")
    press(page, "Use a passkey")
    expect(page.get_by_text("No passkey was used.")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/login/code/"])
def test_the_log_in_works_without_scripts(visitor, address):
    page = visitor(java_script_enabled=False)
    page.goto(address)
    expect(page.get_by_role("button", name="passkey")).to_be_hidden()
    expect(page.locator("main form input[type=email]").first).to_be_visible()


def test_somebody_logs_out_elsewhere(site, visitor):
    open_account(site, "traveller@example.org", "Tala Sample")
    here, elsewhere = visitor(viewport=TELEPHONE), visitor()
    for page in (elsewhere, here):
        page.goto("/accounts/login/")
        enter_password(page, "traveller@example.org")
        page.wait_for_url("**/accounts/")
    here.get_by_role("link", name="Where you are logged in").click()
    expect(here.locator(".session")).to_have_count(2)
    assert_accessible(here)
    here.get_by_role("button", name="Log out there").click()
    expect(here.get_by_text("You are logged out in 1 other place.")).to_be_visible()
    expect(here.locator(".session")).to_have_count(1)
    elsewhere.goto("/accounts/")
    expect(elsewhere).to_have_url(re.compile("/accounts/login/"))


@pytest.mark.parametrize("address", ["/join/", "/accounts/login/", "/preferences/"])
def test_pages_for_newcomers_keep_to_their_budget(visitor, site, address):
    assert_within_budget(first_view(visitor(viewport=TELEPHONE), address), site.host)


def test_pages_of_preferences_keep_to_their_budget(site, visitor):
    page = visitor(viewport=TELEPHONE)
    page.goto("/preferences/")
    page.locator("main input[type=email]").fill("member@example.org")
    press(page, "Send me my link")
    page.wait_for_url("**/check-your-mail/")
    letter = site.mails("member@example.org")[-1].get_body(("plain",)).get_content()
    address = re.search(r"http\S+/preferences/\S+", letter).group()
    assert_within_budget(first_view(visitor(viewport=TELEPHONE), address), site.host)
