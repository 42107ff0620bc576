"""What a reminder says: when, on the reader’s clock, where one stands, and where the links lead."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from events.models import EventAccess, EventPage, Registration
from events.reminders.planning import plan_reminders
from tests.factories.registration import make_seats, take
from tests.factories.reminders import fates, make_rule, send

pytestmark = pytest.mark.django_db
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
SECRET = "https://meet.example.org/secret-room"


@pytest.fixture
def remind(event, now, mailoutbox):
    """Return a function that lets a reminder go out and returns the mail that Amina gets."""

    def go(**fields):
        rule = make_rule(event, now, **fields)
        at = rule.timing.due_at(rule.timing.anchor(event), datetime.UTC)
        send(at - HOUR)
        mailoutbox.clear()
        plan_reminders(at)
        send(at)
        (mail,) = (mail for mail in mailoutbox if mail.to == ["amina@example.org"])
        return mail

    def prepared(capacity=5, **asked):
        make_seats(event, capacity)
        EventAccess.objects.create(event=event, join_url=SECRET, opens_before_min=45)
        take(event, "Amina", now, **asked)
        return go

    # An event answers as an occasion does: it begins and ends.
    event.over_at = event.ends_at
    return prepared


def html_of(mail) -> str:
    return next(part.content for part in mail.alternatives if part.mimetype == "text/html")


def test_a_reminder_names_the_time_on_three_clocks_and_the_day_on_the_readers(remind):
    go = remind()
    Registration.objects.update(time_zone="Asia/Kathmandu")
    mail = go()
    assert mail.subject == "Tomorrow at 17:45: Open meeting"
    assert "This event begins tomorrow at 17:45 on your clock. You have a seat." in mail.body
    for words in ("Nairobi (UTC+3): 15:00–16:30", "UTC: 12:00–13:30", "Kathmandu (UTC+5:45)"):
        assert words in mail.body
        assert words.split(":")[0] in html_of(mail)


@pytest.mark.parametrize(
    ("minutes", "subject"),
    [
        (60, "Today at 12:00: Open meeting"),
        (24 * 60, "Tomorrow at 12:00: Open meeting"),
        (7 * 24 * 60, "On Tue 1 December at 12:00: Open meeting"),
    ],
)
def test_the_subject_says_when(remind, minutes, subject):
    assert remind()(minutes=minutes).subject == subject


def test_late_but_in_time_it_does_not_speak_of_yesterdays_tomorrow(remind, event, now, mailoutbox):
    remind()
    make_rule(event, now)
    send(now)
    mailoutbox.clear()
    late = event.starts_at - DAY + 12 * HOUR
    plan_reminders(late)
    send(late)
    assert mailoutbox[0].subject == "Today at 12:00: Open meeting"


def test_those_with_a_seat_are_led_to_their_own_page_and_never_to_the_room(remind):
    mail = remind()()
    row = Registration.objects.get()
    assert mail.body.count("/join/") == 1
    assert "from 45 minutes before it begins" in mail.body
    assert "registration/" in html_of(mail)
    assert SECRET not in mail.message().as_string()
    assert row.state == "confirmed"


def test_the_links_of_a_reminder_open(remind, client, event):
    mail = remind()()
    paths = [word.split("/", 3)[3] for word in mail.body.split() if word.startswith("http")]
    assert len(paths) == 4
    for path in paths:
        assert client.get(f"/{path}").status_code == 200, path


def test_in_person_there_is_a_place_and_no_way_to_join(remind, event):
    EventPage.objects.filter(pk=event.pk).update(mode="in-person", venue="Example Hall")
    mail = remind()()
    assert "Example Hall" in mail.body
    assert "/join/" not in mail.body


def test_who_waits_hears_where_they_stand(remind, event, now):
    go = remind(capacity=0)
    mail = go(audience="waiting")
    assert "You are number 1 on the waiting list; you have no seat yet." in mail.body
    assert "/join/" not in mail.body
    assert "Give your seat back" not in mail.body


def test_who_wants_the_recording_hears_of_the_recording(remind):
    mail = remind(recording_only=True)(audience="recording")
    assert "You asked for the recording" in mail.body
    assert "/join/" not in mail.body


def test_the_words_of_the_organisers_stand_in_it_and_are_only_words(remind):
    mail = remind()(words="Bring your <b>budget</b>.\n\nSee https://example.org/tea.")
    assert "Bring your <b>budget</b>.\n\nSee https://example.org/tea." in mail.body
    assert "Bring your &lt;b&gt;budget&lt;/b&gt;." in html_of(mail)
    assert 'href="https://example.org/tea"' in html_of(mail)


def test_words_that_name_the_room_do_not_leave_also_when_it_was_set_later(event, now, mailoutbox):
    make_seats(event)
    make_rule(event, now, words=f"Come to {SECRET} at once.")
    take(event, "Amina", now)
    EventAccess.objects.create(event=event, join_url=SECRET)
    plan_reminders(event.starts_at - DAY)
    send(event.starts_at - DAY)
    assert fates() == [("skipped", "gives the link to join away")]
    assert not [mail for mail in mailoutbox if SECRET in mail.message().as_string()]


def test_afterwards_it_thanks_nobody_for_what_they_did_not_do(remind):
    mail = remind()(basis="end", minutes=60, words="Tell us how it was.")
    assert mail.subject == "After the event: Open meeting"
    assert "Tell us how it was." in mail.body
    for words in ("You have a seat", "/join/", ".ics", "Whoever cancels"):
        assert words not in mail.body


def test_r18_a_reminder_is_no_bulk_mail(remind):
    headers = dict(remind()().message())
    assert "List-Unsubscribe" not in headers
    assert headers["Subject"].startswith("Tomorrow")


def test_answers_go_to_the_group(africa, meeting, now, mailoutbox):
    africa[0].contact_email = "africa@example.org"
    africa[0].save()
    make_seats(meeting)
    make_rule(meeting, now)
    take(meeting, "Amina", now)
    plan_reminders(meeting.starts_at - DAY)
    send(meeting.starts_at - DAY)
    assert mailoutbox[-1].subject.startswith("Tomorrow")
    assert mailoutbox[-1].reply_to == ["africa@example.org"]


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar"])
def test_it_can_be_written_in_every_language(remind, language):
    go = remind()
    Registration.objects.update(language=language)
    mail = go()
    assert f'<html lang="{language}"' in html_of(mail)
    assert fates() == [("sent", "")]
    assert translation.get_language() == "en"


def test_no_line_of_the_text_is_left_empty_twice(remind):
    assert "\n\n\n" not in remind()(words="Bring tea.").body


def test_the_entry_for_calendars_is_offered_where_everybody_may_have_it(remind, event):
    assert reverse("event_ics", args=[event.pk]) in remind()().body
