"""What a notice of a change says, and what it does to the reader’s calendar (R15, R23)."""

import pytest
from wagtail.models import Locale

from events.models import EventAccess, Registration
from events.registration import actions
from mail.models import Delivery
from tests.events.notices import DAY, SETTLED, move, notices, publish, send_all, settle
from tests.events.test_r15_two_libraries import read_twice
from tests.events.test_registration_mail import entries
from tests.factories.registration import make_seats, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(event, now) -> Registration:
    make_seats(event, 1)
    return take(event, "Amina", now)


@pytest.fixture
def last_mail(mailoutbox):
    """Return a function that settles and sends, and returns the last mail to an address."""

    def find(at, name: str = "amina"):
        settle(at)
        send_all(at + SETTLED)
        return [mail for mail in mailoutbox if mail.to == [f"{name}@example.org"]][-1]

    return find


def html_of(mail) -> str:
    return next(part.content for part in mail.alternatives if part.mimetype == "text/html")


def told(mail) -> list[tuple]:
    """Return method, sequence, status and begin of the calendars in a mail, read twice."""
    found = []
    for method, _, calendar in entries(mail):
        (entry,) = read_twice(calendar.to_ical())
        found.append((method, entry["sequence"], entry["status"], entry["starts"]))
    return found


def test_a_meeting_that_moved_says_before_and_now_on_the_readers_clock(
    event, amina, now, last_mail
):
    Registration.objects.update(time_zone="America/New_York")
    move(event, now)
    mail = last_mail(now)
    assert mail.subject == "New time: Open meeting"
    before, after = mail.body.index("Before: "), mail.body.index("Now: ")
    assert "Tue 1 December 2026, 15:00–16:30, Nairobi (UTC+3)" in mail.body[before:after]
    assert "Tue 1 December 2026, 07:00–08:30, New York (UTC−5), your time" in mail.body
    assert "Wed 2 December 2026, 15:00–16:30, Nairobi (UTC+3)" in mail.body[after:]
    assert "Your seat is kept." in mail.body
    assert '<th scope="col"' in html_of(mail)


def test_r15_the_meeting_moves_and_her_calendar_follows(event, amina, now, last_mail):
    move(event, now)
    said = told(last_mail(now))
    assert said == [("REQUEST", 1, "CONFIRMED", event.starts_at)] * 2


def test_r15_a_cancelled_meeting_leaves_her_calendar_and_comes_back(event, amina, now, last_mail):
    publish(event, now, status="cancelled", status_note="The speaker is ill.")
    off = last_mail(now)
    assert off.subject == "Cancelled: Open meeting"
    assert "This mail takes it out of your calendar." in off.body
    assert "What the organisers say: The speaker is ill." in off.body
    assert "Your seat is kept." not in off.body
    assert told(off) == [("CANCEL", 1, "CANCELLED", event.starts_at)] * 2
    publish(event, now + DAY, status="scheduled", status_note="")
    on = last_mail(now + DAY)
    assert on.subject == "It takes place after all: Open meeting"
    assert told(on) == [("REQUEST", 2, "CONFIRMED", event.starts_at)] * 2


def test_a_postponed_meeting_stays_tentative(event, amina, now, last_mail):
    publish(event, now, status="postponed", status_note="A new date follows.")
    mail = last_mail(now)
    assert mail.subject == "Postponed: Open meeting"
    assert "your registration stands" in mail.body
    assert [said[:3] for said in told(mail)] == [("REQUEST", 1, "TENTATIVE")] * 2


def test_a_new_place_is_named_beside_the_old_one(event, amina, now, last_mail):
    publish(event, now, mode="hybrid", venue="Example Hall")
    mail = last_mail(now)
    assert mail.subject == "New place: Open meeting"
    assert "Before: Online" in mail.body
    assert "Now: Example Hall, and online" in mail.body


def test_another_zone_with_the_same_hour_is_named(event, amina, now, last_mail):
    publish(event, now, time_zone="Africa/Kampala")
    mail = last_mail(now)
    assert mail.subject == "Changed: Open meeting"
    assert "Before: Nairobi (UTC+3)" in mail.body
    assert "Now: Kampala (UTC+3)" in mail.body


def test_who_waits_gets_no_calendar_and_keeps_the_place(event, amina, now, last_mail):
    take(event, "Baraka", now)
    move(event, now)
    mail = last_mail(now, "baraka")
    assert entries(mail) == []
    assert "Your place in the line is kept." in mail.body


def test_r15_who_moves_up_before_the_notice_leaves_gets_the_entry_with_it(event, amina, now):
    take(event, "Baraka", now)
    move(event, now)
    settle(now)
    actions.cancel(amina, None, "", now + SETTLED)
    baraka = Registration.objects.get(name="Baraka")
    assert (baraka.state, baraka.ics_sequence_sent) == ("confirmed", 1)


def test_who_gives_the_seat_back_after_a_notice_takes_the_newer_entry_out(
    event, amina, now, last_mail
):
    move(event, now)
    last_mail(now)
    actions.cancel(amina, None, "", now + DAY)
    assert [said[:2] for said in told(last_mail(now + DAY))] == [("CANCEL", 2)] * 2


def test_each_reads_it_in_the_own_language(event, amina, now, last_mail):
    french = event.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.title, french.slug = "Réunion ouverte", "reunion-ouverte"
    french.save_revision().publish()
    Registration.objects.update(language="fr")
    move(event, now)
    mail = last_mail(now)
    assert "Réunion ouverte" in mail.subject
    assert 'lang="fr"' in html_of(mail)
    assert settle(now + DAY) == 0, "the translation that follows is no change of its own"


def test_r18_it_is_an_answer_to_a_registration_and_no_bulk_mail(event, amina, now, last_mail):
    move(event, now)
    mail = last_mail(now)
    assert "List-Unsubscribe" not in mail.extra_headers
    assert mail.to == ["amina@example.org"]
    assert "/registration/" in mail.body


def test_r23_a_title_with_line_breaks_adds_no_header(event, amina, now, last_mail):
    publish(event, now, title="Open\r\nBcc: all@example.org", venue="Hall", mode="hybrid")
    sent = last_mail(now).message()
    assert sent["Bcc"] is None
    assert "\n" not in sent["Subject"]


def test_the_way_in_stands_in_no_notice(event, amina, now, last_mail):
    EventAccess.objects.create(event=event, join_url="https://meet.example.org/secret")
    move(event, now)
    assert "meet.example.org" not in last_mail(now).message().as_string()


def test_an_address_that_sends_mails_back_is_left_alone(event, amina, now):
    move(event, now)
    settle(now)
    contact = amina.contact
    contact.state = "suppressed"
    contact.save()
    send_all(now + SETTLED)
    assert notices()[0].state == "skipped"


def test_r25_a_forgotten_person_is_not_written_to(event, amina, now):
    move(event, now)
    settle(now)
    Registration.objects.filter(pk=amina.pk).update(state="cancelled", contact=None)
    send_all(now + SETTLED)
    assert Delivery.objects.get(purpose="event_changed").error == "erased"
