"""R24: who organises which events, and what nobody else sees or does."""

import datetime

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from events.models import EventAccess, EventSeats, FormVersion, Registration
from events.registration.lock import Busy
from files.models import ExportLog
from tests.factories.events import make_event
from tests.factories.registration import make_seats, take

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
EMPTY_QUESTIONS = {
    "questions-TOTAL_FORMS": "0",
    "questions-INITIAL_FORMS": "0",
}
TERMS = {
    "seats-capacity": "5",
    "seats-audience": "everybody",
    "seats-mode": "auto",
    "seats-offer_minutes": "1440",
    "access-join_url": "https://meet.example.org/room",
    "access-opens_before_min": "60",
    **EMPTY_QUESTIONS,
}


def settings_of(event) -> str:
    return reverse("event_registration_settings", args=[event.pk])


def test_r24_a_co_chair_opens_registration_for_a_meeting_of_the_own_group(client, africa, meeting):
    client.force_login(africa[1])
    assert client.get(settings_of(meeting)).status_code == 200
    client.post(settings_of(meeting), TERMS)
    assert EventSeats.objects.get(event=meeting).capacity == 5
    assert EventAccess.objects.get(event=meeting).join_url == "https://meet.example.org/room"


def test_r24_nobody_sets_up_the_meetings_of_another_group(client, asia, meeting):
    client.force_login(asia[1])
    assert client.get(settings_of(meeting)).status_code == 404
    assert client.post(settings_of(meeting), TERMS).status_code == 404
    assert not EventSeats.objects.exists()


def test_r24_a_list_of_attendees_shows_those_of_the_own_group_only(
    client, africa, asia, meeting, secretary, now
):
    elsewhere = make_event("Asia meets", now + 9 * DAY, parent=asia[0])
    for event, name in ((meeting, "Amina"), (elsewhere, "Chen")):
        make_seats(event)
        take(event, name, now)
    seen = {}
    for user in (africa[1], asia[1], secretary):
        client.force_login(user)
        page = client.get(reverse("registrations_modeladmin_index")).text
        seen[user.email] = [name for name in ("Amina", "Chen") if f"<strong>{name}" in page]
    assert seen == {
        "africa@example.org": ["Amina"],
        "asia@example.org": ["Chen"],
        "secretary@example.org": ["Amina", "Chen"],
    }


@pytest.mark.parametrize("what", ["cancel", "approve", "decline"])
def test_r24_another_id_in_the_address_opens_nothing(client, asia, meeting, now, what):
    make_seats(meeting)
    row = take(meeting, "Amina", now)
    client.force_login(asia[1])
    url = reverse("one_registration", args=[row.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {what: "1"}).status_code == 404
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_r24_an_organiser_cancels_and_the_next_in_line_moves_up(client, africa, meeting, now):
    make_seats(meeting, 1)
    first, second = take(meeting, "Amina", now), take(meeting, "Baraka", now)
    client.force_login(africa[1])
    url = reverse("one_registration", args=[first.pk])
    page = client.post(url, {"cancel": "1", "why": "You asked for it"}, follow=True).text
    assert "Moved up from the waiting list: Baraka" in page
    assert "You asked for it" in page
    second.refresh_from_db()
    assert second.state == "confirmed"


def test_a_decision_while_the_seats_cannot_be_had_says_so(
    client, africa, meeting, now, monkeypatch
):
    make_seats(meeting)
    row = take(meeting, "Amina", now)

    def busy(*given):
        raise Busy

    monkeypatch.setattr("events.registration.actions.leaving.with_seats", busy)
    client.force_login(africa[1])
    url = reverse("one_registration", args=[row.pk])
    page = client.post(url, {"cancel": "1"}, follow=True).text
    assert "Very many people register at this moment." in page
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_an_organiser_decides_about_each_where_that_was_wanted(client, africa, meeting, now):
    make_seats(meeting, 1, approval=True)
    rows = [take(meeting, name, now) for name in ("Amina", "Baraka", "Chen")]
    assert {row.state for row in rows} == {"pending"}
    client.force_login(africa[1])
    for row, decision in zip(rows, ("approve", "approve", "decline"), strict=True):
        client.post(reverse("one_registration", args=[row.pk]), {decision: "1"})
        row.refresh_from_db()
    assert [row.state for row in rows] == ["confirmed", "waiting", "declined"]


def test_r24_the_list_can_be_taken_out_by_those_who_may_and_is_logged(client, africa, meeting, now):
    make_seats(meeting)
    take(meeting, "Amina", now)
    client.force_login(africa[1])
    address = reverse("registrations_modeladmin_index") + "?export=csv"
    taken = b"".join(client.get(address).streaming_content).decode()
    assert "amina@example.org" in taken
    assert ExportLog.objects.get().rows == 1


def test_r1_the_screen_lowers_the_capacity_below_those_seated(client, africa, meeting, now):
    make_seats(meeting, 3)
    for name in ("Amina", "Baraka", "Chen"):
        take(meeting, name, now)
    client.force_login(africa[1])
    client.post(settings_of(meeting), TERMS | {"seats-capacity": "1"})
    assert "There are 2 more people with a seat" in client.get(settings_of(meeting)).text
    assert Registration.objects.filter(state="confirmed").count() == 3


def test_questions_are_versioned(client, africa, meeting, now):
    client.force_login(africa[1])
    asked = TERMS | {
        "questions-TOTAL_FORMS": "1",
        "questions-0-label": "Do you eat meat?",
        "questions-0-kind": "choice",
        "questions-0-options": "yes\nno",
        "questions-0-purpose": "to order lunch",
        "questions-0-retention_days": "10",
    }
    client.post(settings_of(meeting), asked)
    client.post(settings_of(meeting), asked | {"questions-0-label": "Do you eat fish?"})
    versions = FormVersion.objects.filter(event=meeting)
    assert [version.number for version in versions] == [2, 1]
    assert versions[0].questions[0]["options"] == ["yes", "no"]
    refused = client.post(settings_of(meeting), asked | {"questions-0-purpose": ""})
    assert "Say what the answer is for." in refused.text


def test_a_new_form_asks_what_people_need_unless_its_organisers_take_that_out(
    client, africa, meeting
):
    client.force_login(africa[1])
    proposed = client.get(settings_of(meeting)).context["questions"]
    (needs,) = (form.initial for form in proposed if form.initial)
    assert "captions or sign language" in needs["label"]
    assert needs["retention_days"] == 30

    taken_out = TERMS | {"questions-INITIAL_FORMS": "1", "questions-TOTAL_FORMS": "1"}
    client.post(settings_of(meeting), taken_out | {"questions-0-label": ""})
    assert not FormVersion.objects.filter(event=meeting).exists()
    asked = client.get(settings_of(meeting)).context["questions"]
    assert not [form.initial for form in asked if form.initial]


def test_a_new_form_asks_in_the_language_of_its_event(client, africa, meeting):
    meeting.locale, _ = Locale.objects.get_or_create(language_code="fr")
    meeting.save()
    client.force_login(africa[1])
    assert (
        "sous-titres" in client.get(settings_of(meeting)).context["questions"][0].initial["label"]
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seats-capacity": "-1"}, "greater than or equal"),
        ({"seats-opens_at": "2026-12-02T10:00", "seats-closes_at": "2026-12-01T10:00"}, "closes"),
        ({"seats-offer_minutes": "0"}, "violated"),
        ({"access-join_url": "http://meet.example.org"}, "https://"),
        ({"seats-mode": "lottery"}, "valid choice"),
    ],
)
def test_terms_that_make_no_sense_are_refused_in_words(client, africa, meeting, change, words):
    client.force_login(africa[1])
    page = client.post(settings_of(meeting), TERMS | change)
    assert page.status_code == 200
    assert words in page.text
    assert not EventSeats.objects.exists()


def test_times_are_typed_on_the_clock_of_the_event(client, africa, meeting):
    client.force_login(africa[1])
    client.post(settings_of(meeting), TERMS | {"seats-opens_at": "2026-11-25T10:00"})
    seats = EventSeats.objects.get()
    assert seats.opens_at == datetime.datetime(2026, 11, 25, 7, tzinfo=datetime.UTC)
    assert "2026-11-25T10:00" in client.get(settings_of(meeting)).text


def test_the_page_of_an_event_in_the_admin_leads_to_its_registration(client, africa, meeting):
    client.force_login(africa[1])
    page = client.get(reverse("wagtailadmin_pages:edit", args=[meeting.pk])).text
    assert settings_of(meeting) in page


def test_the_way_in_is_kept_unreadable_where_there_is_a_key(meeting, settings):
    settings.JOIN_LINK_KEYS = [Fernet.generate_key().decode()]
    EventAccess.objects.create(event=meeting, join_url="https://meet.example.org/room")
    with connection.cursor() as cursor:
        cursor.execute("SELECT join_url FROM events_eventaccess")
        assert "meet" not in cursor.fetchone()[0]
    assert EventAccess.objects.get().join_url == "https://meet.example.org/room"
    settings.JOIN_LINK_KEYS = [Fernet.generate_key().decode(), *settings.JOIN_LINK_KEYS]
    assert EventAccess.objects.get().join_url == "https://meet.example.org/room"


def test_a_longer_list_of_attendees_costs_no_more_queries(client, africa, meeting, now):
    make_seats(meeting, None)
    client.force_login(africa[1])
    address, costs = reverse("registrations_modeladmin_index"), []
    for first, last in ((0, 3), (3, 12)):
        for number in range(first, last):
            take(meeting, f"Member{number}", now)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]
