"""What people who want to come to an event go through, with their mailbox and the queue."""

import contextlib
import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import icalendar
import pytest
from playwright.sync_api import Page, expect

from .accessibility import assert_accessible
from .demo_site import DemoSite
from .editors import approve, submit

pytestmark = pytest.mark.browser

ONE_SEAT_LEFT = "/groups/mena/mena-group-first-open-meeting/"
SKOPJE = "/groups/eca/round-table-in-skopje-shared-services/"
TELEPHONE = {"width": 360, "height": 740}
NAIROBI = ZoneInfo("Africa/Nairobi")
CO_CHAIR, EDITOR = "aziz@example.org", "editor@example.org"
PERSON = 2_100  # milliseconds: a form that is sent faster was filled in by a machine


def ask_for_a_place(page: Page, event: str, name: str, email: str) -> None:
    """Come from the page of the event and fill in the form as a guest."""
    page.goto(event)
    page.get_by_role("link", name=re.compile("Register|Join the waiting list")).first.click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.wait_for_timeout(PERSON)
    page.get_by_role("button", name=re.compile("Register|Join the waiting list")).click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()


def open_newest_mail(page: Page, site: DemoSite, email: str, subject: str) -> None:
    """Look into the demo’s mailbox and open the newest mail to somebody with this subject."""
    site.manage("run_mailer", "--once")
    page.goto("/demo/outbox/")
    lines = page.locator(".outbox-line", has_text=email)
    wanted = lines.get_by_role("link", name=re.compile(subject))
    # Others write at the same time, to many at once.
    while not wanted.count():
        page.get_by_role("link", name="Older").click()
    wanted.first.click()


def follow_link(page: Page, part: str) -> None:
    """Open the link of the mail whose address holds this."""
    page.locator(f".outbox-text a[href*='{part}']").first.click()


def confirm(page: Page, site: DemoSite, email: str) -> None:
    open_newest_mail(page, site, email, "Please confirm")
    follow_link(page, "/confirm/")
    page.get_by_role("button", name="Yes, I register").click()


def test_an_event_fills_up_and_who_waits_moves_up_when_somebody_cancels(visitor, site):
    first, second = visitor(), visitor()
    ask_for_a_place(first, ONE_SEAT_LEFT, "Zuri Sample", "zuri@example.org")
    confirm(first, site, "zuri@example.org")
    expect(first.get_by_role("heading", name="You have a seat")).to_be_visible()

    ask_for_a_place(second, ONE_SEAT_LEFT, "Yaw Sample", "yaw@example.org")
    confirm(second, site, "yaw@example.org")
    expect(second.get_by_role("heading", name="You are on the waiting list")).to_be_visible()
    expect(second.get_by_text("You are number 1.")).to_be_visible()

    first.get_by_role("button", name="Cancel my registration").click()
    expect(first.get_by_text("Your registration is cancelled.")).to_be_visible()

    open_newest_mail(second, site, "yaw@example.org", "A seat has become free for you")
    expect(second.locator("main")).to_contain_text("yaw@example.org")
    follow_link(second, "/events/registration/")
    expect(second.get_by_role("heading", name="You have a seat")).to_be_visible()
    invitation = site.mails("yaw@example.org")[-1]
    kinds = {part.get_content_type() for part in invitation.walk()}
    assert {"text/plain", "text/html", "text/calendar"} <= kinds


def starts(page: Page) -> datetime.datetime:
    """Return when the event begins, as its page tells machines."""
    facts = json.loads(page.locator("script[type='application/ld+json']").first.inner_text())
    (event,) = (part for part in facts.get("@graph", [facts]) if part["@type"] == "Event")
    return datetime.datetime.fromisoformat(event["startDate"])


def calendar_entry(site: DemoSite, email: str) -> tuple[str, icalendar.Event]:
    """Return what the newest mail with a calendar file tells the reader’s calendar to do."""
    site.manage("run_mailer", "--once")
    for letter in reversed(site.mails(email)):
        for part in letter.walk():
            if part.get_content_type() == "text/calendar":
                calendar = icalendar.Calendar.from_ical(part.get_content())
                return str(calendar["METHOD"]), calendar.events[0]
    raise AssertionError(f"No mail to {email} holds a calendar entry.")


@dataclass(frozen=True)
class Organisers:
    """The co-chair of the round table, and the editor who approves what the co-chair changes."""

    site: DemoSite
    co_chair: Page
    editor: Page

    @property
    def event(self) -> int:
        return self.site.page_id(SKOPJE.split("/")[-2])

    def move(self, start: datetime.datetime, *, tells: bool) -> None:
        """Give the round table another day and hour."""
        end = start + datetime.timedelta(minutes=90)
        with self._editing() as page:
            page.locator("#id_starts_on").fill(f"{start:%Y-%m-%d}")
            page.locator("#id_start_time").fill(f"{start:%H:%M}")
            page.locator("#id_ends_on").fill(f"{end:%Y-%m-%d}")
            page.locator("#id_end_time").fill(f"{end:%H:%M}")
            page.get_by_role("checkbox", name="Tell those who are registered").set_checked(tells)

    def record(self) -> None:
        """Say where the recording is."""
        with self._editing() as page:
            page.locator("#id_recording").select_option("available")
            page.locator("#id_recording_url").fill("https://example.org/recordings/skopje")

    def tick_off(self, name: str) -> None:
        """Say that somebody is there."""
        self.co_chair.goto(f"/events/{self.event}/attendance/")
        assert_accessible(self.co_chair)
        person = self.co_chair.get_by_role("checkbox", name=re.compile(name))
        person.check()
        self.co_chair.get_by_role("button", name="Save").first.click()
        expect(person).to_be_checked()

    def tell_now(self) -> None:
        """Wait no longer than the demo has to."""
        self.co_chair.goto("/demo/outbox/")
        self.co_chair.get_by_role("button", name="Tell of changes and recordings now").click()
        self.co_chair.wait_for_url("**/demo/outbox/")

    @contextlib.contextmanager
    def _editing(self) -> Iterator[Page]:
        screen = f"/admin/pages/{self.event}/edit/"
        self.co_chair.goto(screen)
        yield self.co_chair
        submit(self.co_chair)
        self.editor.goto(screen)
        approve(self.editor)


def subjects(site: DemoSite, email: str, words: str) -> list[str]:
    return [letter["Subject"] for letter in site.mails(email) if words in letter["Subject"]]


def test_a_meeting_from_the_first_look_in_nairobi_to_its_recording(visitor, logged_in, site):
    guest, other = visitor(viewport=TELEPHONE), visitor()
    guest.goto(SKOPJE)
    guest.get_by_label("Times in").select_option("Africa/Nairobi")
    first_hour = starts(guest)
    hers = first_hour.astimezone(NAIROBI)
    expect(guest.locator("main")).to_contain_text(f"{hers:%H:%M}–")
    assert_accessible(guest)

    ask_for_a_place(guest, SKOPJE, "Njeri Sample", "njeri@example.org")
    confirm(guest, site, "njeri@example.org")
    expect(guest.get_by_role("heading", name="You have a seat")).to_be_visible()
    her_page = guest.url
    _, entry = calendar_entry(site, "njeri@example.org")
    assert entry.start == first_hour

    ask_for_a_place(other, SKOPJE, "Olga Sample", "olga@example.org")
    confirm(other, site, "olga@example.org")
    expect(other.get_by_role("heading", name="You are on the waiting list")).to_be_visible()

    organisers = Organisers(site, logged_in(CO_CHAIR), logged_in(EDITOR))
    later = first_hour + datetime.timedelta(days=7, hours=2)
    organisers.move(later, tells=True)
    organisers.tell_now()
    assert len(subjects(site, "njeri@example.org", "New time")) == 1
    assert len(subjects(site, "olga@example.org", "New time")) == 1
    method, moved = calendar_entry(site, "njeri@example.org")
    assert (method, moved["UID"]) == ("REQUEST", entry["UID"])
    assert moved.start == later
    assert moved["SEQUENCE"] > entry["SEQUENCE"]

    guest.goto(her_page)
    guest.get_by_role("button", name="Cancel my registration").click()
    expect(guest.get_by_text("Your registration is cancelled.")).to_be_visible()
    assert calendar_entry(site, "njeri@example.org")[0] == "CANCEL"
    assert subjects(site, "olga@example.org", "A seat has become free for you")

    yesterday = datetime.datetime.now(ZoneInfo("Europe/Skopje")) - datetime.timedelta(days=1)
    organisers.move(yesterday.replace(hour=10, minute=0), tells=False)
    organisers.tick_off("Olga Sample")
    organisers.record()
    for _ in range(2):
        organisers.tell_now()
    assert len(subjects(site, "olga@example.org", "The recording is up")) == 1
    assert not subjects(site, "njeri@example.org", "The recording is up")
    assert len(subjects(site, "olga@example.org", "New time")) == 1
