"""The organisers’ list of attendees: filters, answers in its export, looks at the way in."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from events.models import EventAccess, FormVersion, Registration
from events.registration import actions
from events.registration.actions.setting_up import ask
from events.registration.questions import Kind, Question
from files.models import ExportLog
from taxonomy.models import Country
from tests.factories.events import make_event
from tests.factories.registration import make_seats, take

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
LIST = "registrations_modeladmin_index"
MEAT = Question("meat", "Do you eat meat?", kind=Kind.YES.value)
TOPICS = Question("topics", "What about?", kind=Kind.TEXT.value)


@pytest.fixture
def chair(client, africa):
    client.force_login(africa[1])
    return africa[1]


@pytest.fixture
def people(meeting, now):
    """Three who answered differently, and came on different days."""
    make_seats(meeting, None)
    ask(meeting, [MEAT, TOPICS], now)
    version = FormVersion.objects.get()
    said = {
        "Amina": {"meat": True, "topics": "=1+1"},
        "Baraka": {"meat": False, "topics": ""},
        "Chen": {},
    }
    for days, (name, answers) in enumerate(said.items()):
        take(meeting, name, now - days * 5 * DAY, answers=answers, form_version=version)
    kenya = Country.objects.get(slug="ke")
    Registration.objects.filter(name="Amina").update(country=kenya, language="fr")
    return meeting


def shown(client, **filters) -> list[str]:
    """Return who stands in the list under these filters."""
    page = client.get(reverse(LIST), filters).text
    return [name for name in ("Amina", "Baraka", "Chen", "Dora") if f"<strong>{name}" in page]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"country": "ke"}, ["Amina"]),
        ({"country": "xx"}, []),
        ({"language": "fr"}, ["Amina"]),
        ({"language": "en"}, ["Baraka", "Chen"]),
        ({"registered": "1"}, ["Amina"]),
        ({"registered": "7"}, ["Amina", "Baraka"]),
        ({"registered": "30"}, ["Amina", "Baraka", "Chen"]),
        ({"registered": "x"}, ["Amina", "Baraka", "Chen"]),
        ({"event": "{event}", "answered": "meat"}, ["Amina"]),
        ({"event": "{event}", "answered": "topics"}, ["Amina"]),
        ({"event": "{event}", "answered": "isnull"}, ["Amina", "Baraka", "Chen"]),
        ({"answered": "meat"}, ["Amina", "Baraka", "Chen"]),
        ({"event": "99999999999999999999999"}, ["Amina", "Baraka", "Chen"]),
        ({"contact__address__startswith": "a"}, ["Amina", "Baraka", "Chen"]),
    ],
)
def test_the_list_is_narrowed(client, chair, people, now, filters, names):
    filters = {name: value.format(event=people.pk) for name, value in filters.items()}
    with time_machine.travel(now, tick=False):
        assert shown(client, **filters) == names


def test_filters_offer_only_what_there_is(client, chair, people, africa, now):
    page = client.get(reverse(LIST)).text
    assert "country=ke" in page
    assert "country=de" not in page
    assert "answered=" not in page
    assert "answered=topics" in client.get(reverse(LIST), {"event": people.pk}).text


def test_the_list_of_one_event_is_taken_out_with_the_answers(client, chair, people, tmp_path):
    answer = client.get(reverse(LIST), {"event": people.pk, "export": "xlsx"})
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"".join(answer.streaming_content))
    head, *rows = load_workbook(file).active.iter_rows(values_only=True)
    assert head[-2:] == ("Do you eat meat?", "What about?")
    told = {row[0]: row[-2:] for row in rows}
    assert told == {"Amina": ("yes", "=1+1"), "Baraka": ("no", None), "Chen": (None, None)}
    log = ExportLog.objects.get()
    assert log.columns[-1] == "What about?"
    assert log.rows == 3


def test_r22_an_answer_that_looks_like_a_formula_is_quoted_in_csv(client, chair, people):
    answer = client.get(reverse(LIST), {"event": people.pk, "export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "'=1+1" in text


def test_a_question_that_was_taken_away_keeps_its_column_as_long_as_there_are_answers(
    client, chair, people, now
):
    ask(people, [TOPICS], now)
    text = b"".join(
        client.get(reverse(LIST), {"event": people.pk, "export": "csv"}).streaming_content
    ).decode()
    assert "Do you eat meat?" in text


def test_the_list_of_all_events_has_the_usual_columns(client, chair, people):
    text = b"".join(client.get(reverse(LIST), {"export": "csv"}).streaming_content).decode()
    assert "Do you eat meat?" not in text
    assert "amina@example.org" in text


def test_r24_the_answers_of_another_groups_event_are_not_taken_by_its_number(
    client, asia, people, now
):
    client.force_login(asia[1])
    make_seats(make_event("Asia meets", now + DAY, parent=asia[0]))
    text = b"".join(
        client.get(reverse(LIST), {"event": people.pk, "export": "csv"}).streaming_content
    ).decode()
    assert "amina" not in text
    assert "What about?" not in text
    assert "What about?" not in client.get(reverse(LIST), {"event": people.pk}).text


def test_looks_at_the_way_in_are_counted_and_shown(client, chair, people, now):
    EventAccess.objects.create(event=people, join_url="https://meet.example.org/room")
    row = Registration.objects.get(name="Amina")
    for minutes in (0, 5):
        at = people.starts_at + datetime.timedelta(minutes=minutes)
        assert actions.join_url_for(row, at)
    page = client.get(reverse("one_registration", args=[row.pk])).text
    assert "Was shown the way into the event 2 times" in page
    assert "was shown the link to join" not in page
    assert shown(client, **{"way-in": "yes"}) == ["Amina"]
    assert shown(client, **{"way-in": "no"}) == ["Baraka", "Chen"]


def test_the_history_is_told_in_words(client, chair, meeting, now):
    make_seats(meeting, 1)
    first, second = take(meeting, "Amina", now), take(meeting, "Baraka", now)
    actions.cancel(first, None, "", now)
    page = client.get(reverse("one_registration", args=[second.pk])).text
    assert "Registered: on the waiting list" in page
    assert "was next in line" in page


def test_who_cannot_attend_registers_for_the_recording_alone(client, meeting, filled_in, now):
    seats = make_seats(meeting, 1)
    take(meeting, "Baraka", now)
    with time_machine.travel(now, tick=False):
        page = client.get(reverse("event_register", args=[meeting.pk])).text
        assert "send me the recording only" in page
        client.post(
            reverse("event_register", args=[meeting.pk]), filled_in | {"recording_only": "on"}
        )
    row = Registration.objects.get(name="Amina Mfano")
    assert actions.confirm_hold(row, now).state == "recording"
    seats.refresh_from_db()
    assert (seats.seats_held, seats.waiting) == (1, 0)


def test_more_filters_and_people_cost_no_more_queries(client, chair, people, now):
    address, costs = reverse(LIST) + f"?event={people.pk}", []
    for first, last in ((0, 3), (3, 12)):
        for number in range(first, last):
            take(people, f"Member{number}", now)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]
