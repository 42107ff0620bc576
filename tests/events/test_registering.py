"""Registering on the site: members with a click, guests with a mail (R5, R19, R20, R21)."""

import datetime
import uuid
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from events.models import EventAccess, FormVersion, Registration
from events.registration import actions, links
from events.registration.actions.joining import SHOWN
from events.registration.actions.setting_up import ask
from events.registration.questions import Question, as_rows, usual_questions
from mail.models import Delivery
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.registration import guest, make_seats, take

pytestmark = pytest.mark.django_db
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def address(event):
    make_seats(event, 20)
    return f"/events/{event.pk}/register/"


def test_a_member_registers_with_one_click(client, address, sent_to):
    client.force_login(make_member().user)
    assert "You register as" in client.get(address).text
    answer = client.post(address, {"key": str(uuid.uuid4())}, follow=True)
    assert "You have a seat" in answer.text
    assert Registration.objects.get().state == "confirmed"
    assert [mail.subject for mail in sent_to("amina@example.org")] == [
        "You have a seat: Open meeting"
    ]


def test_a_guest_registers_with_a_form_and_a_mail(client, address, filled_in, sent_to, link_in):
    answer = client.post(address, filled_in, follow=True)
    assert "Check your mail" in answer.text
    row = Registration.objects.get()
    assert (row.state, row.country.code, row.organisation) == ("held", "KE", "County of Example")
    link = link_in(sent_to("amina@example.org")[0])
    assert link.endswith("/confirm/")
    assert Registration.objects.get().state == "held"
    answer = client.post(link, follow=True)
    assert "You have a seat" in answer.text
    assert "1 seat" not in answer.text
    assert Registration.objects.get().state == "confirmed"


def test_r19_opening_the_links_changes_nothing(client, address, filled_in, sent_to, link_in):
    client.post(address, filled_in)
    link = link_in(sent_to("amina@example.org")[0])
    for _ in range(3):
        answer = client.get(link)
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert Registration.objects.get().state == "held"


def test_r19_a_link_to_confirm_does_not_manage_and_dies_with_its_version(
    client, address, filled_in, sent_to, link_in
):
    client.post(address, filled_in)
    link = link_in(sent_to("amina@example.org")[0])
    assert client.get(link.removesuffix("confirm/")).status_code == 410
    Registration.objects.update(token_version=2)
    assert client.post(link).status_code == 410
    assert Registration.objects.get().state == "held"


@pytest.mark.parametrize("token", ["x", "a.b:c:d", "é" * 9, "x" * 3_000, "%00"])
def test_r19_a_broken_link_says_so(client, home, token):
    assert client.post(f"/events/registration/{token}/").status_code in {404, 410}


def test_r19_the_link_to_confirm_lives_two_days(client, address, filled_in, sent_to, link_in, now):
    client.post(address, filled_in)
    link = link_in(sent_to("amina@example.org")[0])
    with time_machine.travel(now + datetime.timedelta(hours=49)):
        answer = client.post(link)
    assert answer.status_code == 410
    assert "too old" in answer.text


def test_r19_the_link_to_manage_lives_a_month_longer_than_the_event(client, event, now):
    make_seats(event)
    row = take(event, "Amina", now)
    with time_machine.travel(now + 9 * DAY):
        url = f"/events/registration/{_token(row)}/"
    with time_machine.travel(now + 38 * DAY):
        assert client.get(url).status_code == 200
    with time_machine.travel(now + 41 * DAY):
        assert client.get(url).status_code == 410


def test_r20_known_and_unknown_addresses_get_the_same_answer(
    client, address, event, filled_in, now, planned_for
):
    take(event, "Amina", now - 2 * HOUR)
    before = len(planned_for("amina@example.org"))
    answers = [
        client.post(address, filled_in | {"key": str(uuid.uuid4()), "email": email})
        for email in ("AMINA@example.org", "baraka@example.org")
    ]
    assert len({(a.status_code, a.headers["Location"], a.content) for a in answers}) == 1
    assert len(planned_for("amina@example.org")) == before + 1
    assert planned_for("baraka@example.org") == ["registration_confirm"]


def test_r20_known_and_unknown_addresses_cost_as_much_work(client, address, event, filled_in, now):
    """Time is not measured but what takes it: what is asked of the database, and mails."""
    for name in ("Amina", "Baraka"):
        take(event, name, now - 2 * HOUR)
    client.post(address, filled_in | {"key": str(uuid.uuid4()), "email": "warm@example.org"})

    def work(email: str) -> tuple[int, int]:
        mails = Delivery.objects.count()
        form = filled_in | {"key": str(uuid.uuid4()), "email": email}
        with CaptureQueriesContext(connection) as queries:
            client.post(address, form)
        return len(queries), Delivery.objects.count() - mails

    known, unknown = work("amina@example.org"), work("dora@example.org")
    assert known[1] == unknown[1] == 1
    assert 0.7 < known[0] / unknown[0] < 1.4


def test_r20_a_closed_door_is_closed_for_known_addresses_too(client, event, filled_in, now):
    seats = make_seats(event)
    take(event, "Amina", now)
    seats.closes_at = now
    seats.save(update_fields=["closes_at"])
    pages = [
        client.post(f"/events/{event.pk}/register/", filled_in | {"email": email})
        for email in ("amina@example.org", "baraka@example.org")
    ]
    assert pages[0].status_code == pages[1].status_code == 200
    assert all("Registration closed on" in page.text for page in pages)
    assert Registration.objects.count() == 1


def test_r5_the_same_form_sent_twice_counts_once(client, address, filled_in, planned_for):
    answers = [client.post(address, filled_in).headers["Location"] for _ in range(3)]
    assert len(set(answers)) == 1
    assert Registration.objects.count() == 1
    assert planned_for("amina@example.org") == ["registration_confirm"]


def test_r5_the_link_comes_again_at_most_once_an_hour(client, address, filled_in, now, planned_for):
    for minutes in (0, 10, 50):
        with time_machine.travel(now + datetime.timedelta(minutes=minutes), tick=False):
            client.post(address, filled_in | {"key": str(uuid.uuid4())})
    assert planned_for("amina@example.org") == ["registration_confirm"]


def test_r5_the_form_sent_again_for_somebody_else_is_theirs(client, address, filled_in):
    client.post(address, filled_in)
    client.post(address, filled_in | {"email": "baraka@example.org"})
    assert Registration.objects.values("contact").distinct().count() == 2


def test_r21_a_bot_takes_a_fifth_and_a_member_still_gets_in(event, now):
    make_seats(event, 10)
    rows = [
        actions.register(event.pk, guest(f"Bot{n}", now), actions.Asked(), now).registration
        for n in range(30)
    ]
    assert [row.state for row in rows].count("held") == 2
    assert take(event, "Amina", now).state == "confirmed"


def test_r21_many_forms_from_one_place_are_slowed_down(client, address, filled_in):
    answers = [
        client.post(
            address, filled_in | {"key": str(uuid.uuid4()), "email": f"a{n}@example.org"}
        ).status_code
        for n in range(7)
    ]
    assert answers[:5] == [302] * 5
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"website": "https://example.org"}, "from a machine"),
        ({"opened": ""}, "from a machine"),
        ({"name": "Win money at www.example.org"}, "letters only"),
        ({"name": "A\x00mina"}, "error-summary"),
        ({"email": "amina@example.org\nBcc: all@example.org"}, "error-summary"),
        ({"country": "xx"}, "error-summary"),
        ({"time_zone": "Mars/Olympus"}, "error-summary"),
        ({"key": "no-key"}, "error-summary"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(client, address, filled_in, changes, words):
    answer = client.post(address, filled_in | changes)
    assert answer.status_code == 200
    assert words in answer.text
    assert not Registration.objects.exists()


def test_the_recording_alone_takes_no_seat(client, address, filled_in, sent_to, link_in, event):
    client.post(address, filled_in | {"recording_only": "on"})
    client.post(link_in(sent_to("amina@example.org")[0]))
    event.seats.refresh_from_db()
    assert Registration.objects.get().state == "recording"
    assert event.seats.seats_held == 0


@pytest.mark.parametrize(
    ("recording", "is_said"), [("", True), ("processing", True), ("none", False)]
)
def test_who_registers_reads_that_the_event_may_be_recorded(
    client, address, event, recording, is_said
):
    event.recording = recording
    event.save()
    assert ("The event may be recorded" in client.get(address).text) is is_said


def test_the_usual_question_is_asked_in_the_language_of_who_reads_it(client, address, event, now):
    ask(event, usual_questions(), now)
    assert "captions or sign language" in client.get(address).text
    assert "sous-titres ou de la langue des signes" in client.get(f"/fr{address}").text

    own_words = [replace(question, label="What do you need?") for question in usual_questions()]
    ask(event, own_words, now)
    assert "What do you need?" in client.get(f"/fr{address}").text


def test_extra_questions_are_asked_and_keep_their_version(client, address, event, filled_in, now):
    question = Question("diet", "Do you eat meat?", required=True, purpose="the lunch")
    version = FormVersion.objects.create(
        event=event, number=1, questions=as_rows([question]), made_at=now
    )
    page = client.get(address).text
    assert "Do you eat meat?" in page
    assert "We ask for: the lunch. Deleted 30 days after the event." in page
    assert "error-summary" in client.post(address, filled_in).text
    client.post(address, filled_in | {"q_diet": "no"})
    row = Registration.objects.get()
    assert (row.answers, row.form_version) == ({"diet": "no"}, version)


def test_the_way_in_is_shown_to_those_confirmed_an_hour_before_and_noted(client, home, now):
    event = make_event("Soon", now + 2 * HOUR)
    make_seats(event, 1)
    EventAccess.objects.create(event=event, join_url="https://meet.example.org/secret")
    seated, waiting = take(event, "Amina", now), take(event, "Baraka", now)
    for away, person, is_shown in (
        (0, seated, False),
        (61, seated, True),
        (61, waiting, False),
        (240, seated, False),
    ):
        with time_machine.travel(now + datetime.timedelta(minutes=away), tick=False):
            page = client.get(f"/events/registration/{_token(person)}/join/")
            assert ("meet.example.org/secret" in page.text) is is_shown
    assert seated.log.filter(why=SHOWN).count() == 1


def test_somebody_manages_their_own_registration(client, event, now):
    make_seats(event, 1)
    row, next_one = take(event, "Amina", now), take(event, "Baraka", now)
    url = f"/events/registration/{_token(row)}/"
    client.post(url, {"answers": "1", "organisation": "City of Example"})
    row.refresh_from_db()
    assert row.organisation == "City of Example"
    assert "number 1" in client.get(f"/events/registration/{_token(next_one)}/").text
    assert "cancelled" in client.post(url, {"cancel": "1"}, follow=True).text
    next_one.refresh_from_db()
    assert next_one.state == "confirmed"


def test_the_page_of_an_event_leads_to_its_registration(client, event):
    make_seats(event, 1)
    page = client.get(event.get_url()).text
    assert f"/events/{event.pk}/register/" in page
    assert not client.get(event.get_url()).cookies


def test_an_event_that_is_full_leads_to_its_waiting_list(client, event, now):
    make_seats(event, 1)
    take(event, "Amina", now)
    assert "Join the waiting list" in client.get(event.get_url()).text


def test_a_translation_shares_the_seats(client, event):
    make_seats(event, 1)
    french = event.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.save_revision().publish()
    client.force_login(make_member().user)
    client.post(f"/fr/events/{french.pk}/register/", {"key": str(uuid.uuid4())})
    assert Registration.objects.get().event == event


def test_a_copy_of_an_event_has_neither_seats_nor_people(event, now):
    make_seats(event, 1)
    take(event, "Amina", now)
    copy = event.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert not hasattr(copy, "seats")
    assert not copy.registrations.exists()


def _token(row: Registration) -> str:
    return links.make(links.MANAGE, row)


def test_answers_are_kept_for_as_long_as_the_form_says(event, now):
    make_seats(event)
    questions = [
        Question("diet", "Diet?", purpose="the lunch", retention_days=10),
        Question("topic", "Topics?", purpose="the programme", retention_days=60),
    ]
    version = FormVersion.objects.create(
        event=event, number=1, questions=as_rows(questions), made_at=now
    )
    said = {"diet": "none", "topic": "budgets"}
    row = take(event, "Amina", now, answers=said, form_version=version)
    after = event.ends_at
    assert actions.forget_answers(after + 9 * DAY) == 0
    assert actions.forget_answers(after + 10 * DAY) == 1
    assert actions.forget_answers(after + 10 * DAY) == 0
    row.refresh_from_db()
    assert row.answers == {"topic": "budgets"}


def test_where_no_answers_are_left_nothing_is_looked_for(event, now, django_assert_num_queries):
    make_seats(event)
    questions = as_rows([Question("diet", "Diet?", purpose="the lunch", retention_days=1)])
    for number in range(3):
        FormVersion.objects.create(event=event, number=number, questions=questions, made_at=now)
    with django_assert_num_queries(1):
        actions.forget_answers(event.ends_at + DAY)
