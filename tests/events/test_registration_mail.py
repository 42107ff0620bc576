"""What registration writes to people: the words, the calendar entry, and when it says nothing."""

import email
import email.policy

import pytest
from django.utils import translation
from icalendar import Calendar as Parsed

from events.models import EventSeats, Registration
from events.registration import actions
from events.registration.mail import PURPOSES
from mail import sending
from mail.models import Delivery, DeliveryState
from tests.factories.registration import guest, make_seats, member, take

pytestmark = pytest.mark.django_db


def entries(mail) -> list:
    """Return the calendars that a mail carries, as two readers of mails would find them."""
    sent = email.message_from_bytes(mail.message().as_bytes(), policy=email.policy.default)
    parts = [part for part in sent.walk() if part.get_content_type() == "text/calendar"]
    return [
        (part.get_param("method"), part.get_content_disposition(), Parsed.from_ical(text(part)))
        for part in parts
    ]


def text(part) -> bytes:
    return part.get_payload(decode=True)


def test_r15_a_seat_comes_with_an_invitation_as_text_and_as_file(event, now, sent_to):
    make_seats(event)
    take(event, "Amina", now)
    found = entries(sent_to("amina@example.org")[0])
    assert [(method, place) for method, place, _ in found] == [
        ("REQUEST", None),
        ("REQUEST", "attachment"),
    ]
    calendar = found[0][2]
    entry = next(iter(calendar.walk("VEVENT")))
    assert calendar["method"] == "REQUEST"
    assert str(entry["attendee"]) == "mailto:amina@example.org"
    assert entry["attendee"].params["RSVP"] == "FALSE"
    assert "organizer" in entry
    assert entry["sequence"] == 0


def test_r15_cancelling_takes_the_same_entry_out_and_coming_back_puts_it_in(event, now, sent_to):
    make_seats(event)
    first = take(event, "Amina", now)
    actions.cancel(first, None, "", now)
    take(event, "Amina", now)
    told = [
        (method, str(entry["uid"]), int(entry["sequence"]), str(entry["status"]))
        for mail in sent_to("amina@example.org")
        for method, place, calendar in entries(mail)
        if place is None
        for entry in calendar.walk("VEVENT")
    ]
    assert len({uid for _, uid, _, _ in told}) == 1
    said = [(method, sequence, status) for method, _, sequence, status in told]
    # Mails that were not sent before they were untrue are not sent at all.
    assert said[-1] == ("REQUEST", 2, "CONFIRMED")
    assert [sequence for _, sequence, _ in said] == sorted(sequence for _, sequence, _ in said)


def test_r15_the_cancellation_names_its_method(event, now, sent_to):
    make_seats(event)
    row = take(event, "Amina", now)
    sent_to("amina@example.org")
    actions.cancel(row, None, "", now)
    found = entries(sent_to("amina@example.org")[-1])
    entry = next(iter(found[0][2].walk("VEVENT")))
    assert [method for method, _, _ in found] == ["CANCEL", "CANCEL"]
    assert (str(entry["status"]), int(entry["sequence"])) == ("CANCELLED", 1)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_mail_can_be_written_in_the_readers_language(event, now, language, mailoutbox):
    make_seats(event, 5, mode=EventSeats.Mode.OFFER)
    row = take(event, "Amina", now)
    Registration.objects.update(language=language)
    change = row.log.get()
    for purpose in sorted(PURPOSES):
        payload = {"registration": row.pk} if purpose.endswith("_link") else {"change": change.pk}
        Delivery.objects.create(
            key=purpose,
            purpose=purpose,
            contact=row.contact,
            recipient="x@example.org",
            payload=payload,
            due_at=now,
        )
    while sending.send_batch(now):
        pass
    assert not Delivery.objects.exclude(state=DeliveryState.SENT).exists()
    without_link = [mail for mail in mailoutbox if "registration/" not in mail.body]
    assert len(without_link) == 2  # who is cancelled or declined is led nowhere
    assert translation.get_language() == "en"


def test_r9_what_is_no_longer_true_is_not_sent(event, now, sent_to):
    make_seats(event, 1)
    first, second = take(event, "Amina", now), take(event, "Baraka", now)
    actions.cancel(first, None, "", now)
    subjects = [mail.subject for mail in sent_to("baraka@example.org")]
    assert subjects == ["A seat has become free for you: Open meeting"]
    skipped = Delivery.objects.get(purpose="registration_waiting")
    assert (skipped.state, skipped.error) == ("skipped", "meanwhile confirmed")
    assert second.contact.state == "ok"


def test_each_step_of_the_queue_is_told(event, now, sent_to):
    make_seats(event, 1, mode=EventSeats.Mode.OFFER)
    first = take(event, "Amina", now)
    take(event, "Baraka", now)
    sent_to("baraka@example.org")
    actions.cancel(first, None, "", now)
    mails = sent_to("baraka@example.org")
    assert [mail.subject for mail in mails] == [
        "You are on the waiting list: Open meeting",
        "A seat is free for you: Open meeting",
    ]
    assert "number 1" in mails[0].body
    assert "Take it by" in mails[1].body


def test_r23_a_name_with_line_breaks_smuggles_nothing_into_a_calendar(event, now, sent_to):
    make_seats(event)
    who = member("Amina", now)
    evil = "Amina\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT"
    actions.register(event.pk, type(who)(who.contact, evil, user=who.user), actions.Asked(), now)
    calendar = entries(sent_to("amina@example.org")[0])[0][2]
    assert len(calendar.walk("VEVENT")) == 1


def test_the_link_to_join_stands_in_no_mail_and_no_calendar(event, now, sent_to):
    from events.models import EventAccess  # noqa: PLC0415

    EventAccess.objects.create(event=event, join_url="https://meet.example.org/secret")
    make_seats(event)
    take(event, "Amina", now)
    assert "meet.example.org" not in sent_to("amina@example.org")[0].message().as_string()


def test_a_guest_is_told_nothing_when_an_unconfirmed_request_ends(event, now, planned_for):
    make_seats(event, 5)
    asked = actions.register(event.pk, guest("Guest", now), actions.Asked(), now).registration
    actions.cancel(asked, None, "", now)
    assert planned_for("guest@example.org") == ["registration_confirm"]
