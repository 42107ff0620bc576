"""R15: the entry of a meeting keeps its name for life, and its sequence never falls."""

import datetime
from email.message import EmailMessage

import pytest
from icalendar import Calendar
from wagtail.models import Locale

from events import ical
from events.models import EventPage, EventState
from events.published import facts, record
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
LATER = datetime.timedelta(hours=2)


@pytest.fixture(autouse=True)
def _site(home):
    """The site exists."""


@pytest.fixture
def event(now):
    return make_event("Meeting", now + DAY, summary="What it is about.")


def state(event) -> EventState:
    return EventState.objects.get(meeting=event.translation_key)


def publish(event, **changes) -> EventState:
    """Publish the event with these changes, as an editor does."""
    for name, value in changes.items():
        setattr(event, name, value)
    event.save_revision().publish()
    event.refresh_from_db()
    return state(event)


def parsed(content: bytes):
    calendar = Calendar.from_ical(content)
    return calendar, calendar.events[0]


def test_r15_a_new_meeting_has_a_name_and_the_first_sequence(event):
    assert state(event).ical_uid == f"{event.translation_key}@decentralization.net"
    assert state(event).ical_sequence == 0
    assert state(event).starts_utc_published == event.starts_at


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_on": datetime.date(2026, 11, 20)},
        {"end_time": datetime.time(23, 59)},
        {"time_zone": "Africa/Kampala"},
        {"status": "cancelled"},
        {"venue": "Example Hall"},
        {"mode": "hybrid"},
    ],
)
def test_r15_what_a_calendar_must_hear_of_counts_one(event, changes):
    uid = state(event).ical_uid
    assert publish(event, **changes).ical_sequence == 1
    assert state(event).ical_uid == uid


def test_r15_other_words_count_nothing_and_still_change_the_entry(event):
    before = ical.told(event)
    after = publish(event, title="A better title", summary="Other words.")
    assert after.ical_sequence == 0
    assert ical.told(event).changed_at > before.changed_at


def test_r15_a_draft_counts_nothing(event):
    event.starts_on += DAY
    event.ends_on += DAY
    event.save_revision()
    assert state(event).ical_sequence == 0


def test_r15_going_back_to_an_old_draft_counts_on(event):
    first = event.save_revision()
    assert publish(event, venue="Elsewhere").ical_sequence == 1
    first.publish()
    assert state(event).ical_sequence == 2


def test_r15_a_meeting_that_moved_remembers_where_from(event):
    before = event.starts_at
    moved = publish(event, starts_on=event.starts_on + DAY, ends_on=event.ends_on + DAY)
    assert moved.previous_starts_utc == before
    assert moved.starts_utc_published == before + DAY
    assert publish(event, venue="Elsewhere").previous_starts_utc == before


def test_r15_the_name_outlives_its_page(event):
    uid = state(event).ical_uid
    event.delete()
    assert EventState.objects.filter(ical_uid=uid).exists()


def test_r15_a_copy_is_another_meeting(event):
    copy = event.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)
    assert state(copy).ical_uid != state(event).ical_uid
    assert state(copy).ical_sequence == 0


def test_r15_the_date_of_an_entry_is_the_date_of_its_change(event, now):
    entry = parsed(ical.event_ics(event))[1]
    assert entry["dtstamp"].dt == entry["last-modified"].dt
    assert entry["dtstamp"].dt == ical.told(event).changed_at.replace(microsecond=0)


def test_r15_an_invitation_has_an_organiser_and_one_guest(event, settings):
    settings.CALENDAR_MAILBOX = "Decentralization.Net <calendar@example.org>"
    guest = ical.Attendee("amina@example.org", "Amina Sample", note="Your seat: https://x.test/")
    calendar, entry = parsed(ical.event_ics(event, ical.REQUEST, guest))
    assert calendar["method"] == "REQUEST"
    assert entry["organizer"] == "mailto:calendar@example.org"
    assert entry["attendee"] == "mailto:amina@example.org"
    assert entry["attendee"].params["RSVP"] == "FALSE"
    assert entry["attendee"].params["CN"] == "Amina Sample"
    assert entry["status"] == "CONFIRMED"
    assert "Your seat" in entry["description"]


def test_r15_an_invitation_is_taken_back_under_its_name(event):
    guest = ical.Attendee("amina@example.org", at_least=3)
    calendar, entry = parsed(ical.event_ics(event, ical.CANCEL, guest))
    assert calendar["method"] == "CANCEL"
    assert entry["status"] == "CANCELLED"
    assert entry["sequence"] == 3
    assert entry["uid"] == state(event).ical_uid


def test_r15_a_name_cannot_add_lines_of_its_own(event):
    guest = ical.Attendee("a@example.org", 'A"\r\nBEGIN:VEVENT\r\nX:')
    calendar, entry = parsed(ical.event_ics(event, ical.REQUEST, guest))
    assert len(calendar.events) == 1
    assert entry["attendee"].params["CN"] == "ABEGIN:VEVENTX:"


def test_r15_a_mail_can_name_the_method_beside_the_file(event):
    content = ical.event_ics(event, ical.REQUEST, ical.Attendee("a@example.org"))
    mail = EmailMessage()
    mail.add_attachment(
        content.decode(), subtype="calendar", params={"method": "REQUEST"}, filename="event.ics"
    )
    (part,) = mail.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert parsed(part.get_content().encode())[0]["method"] == "REQUEST"


# One meeting in several languages -----------------------------------------------------------------


@pytest.fixture
def french(event, home):
    page = event.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    page.title, page.slug = "Réunion", "reunion"
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def test_r15_a_translation_is_the_same_entry(event, french):
    assert ical.told(french).uid == ical.told(event).uid
    assert EventState.objects.count() == 1


def test_r15_a_translation_is_held_when_the_first_page_says(event, french):
    publish(event, starts_on=event.starts_on + DAY, ends_on=event.ends_on + DAY)
    french.refresh_from_db()
    assert french.starts_at == event.starts_at
    assert state(event).ical_sequence == 1


def test_r15_an_old_translation_moves_nothing(event, french):
    old = french.get_latest_revision()
    publish(event, starts_on=event.starts_on + DAY, ends_on=event.ends_on + DAY, status="cancelled")
    old.publish()
    french.refresh_from_db()
    assert (french.starts_at, french.status) == (event.starts_at, "cancelled")
    assert state(event).ical_sequence == 1


def test_r15_what_a_page_repeats_does_not_count_again(event, now):
    record(event, now + LATER)
    assert state(event).says(vars(facts(event)))
    assert state(event).ical_sequence == 0
