"""Reading in the reports of meeting tools: every row’s fate first, then all of it or nothing."""

import datetime
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from accounts.retention import purge
from events.attendance import reports
from events.attendance.actions import NotBegun
from events.attendance.importing import columns, stays
from events.attendance.reports import Wishes
from events.models import AttendanceReport, AttendanceRow, Registration
from events.registration.actions.privacy import forget
from files.lists import Unreadable
from files.models import ExportLog
from tests.factories.events import make_event
from tests.factories.registration import take
from tests.members.tables import tables_that_know

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 0000 0000,Open meeting,12/01/2026 12:00:00 PM,12/01/2026 01:30:00 PM,host@example.org,90,4

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room
Amina,AMINA@example.org,12/01/2026 12:01:00 PM,12/01/2026 12:31:00 PM,30,No,No
Amina,amina@example.org,12/01/2026 12:40:00 PM,12/01/2026 01:12:00 PM,32,No,No
B. from City (Bàraka),,12/01/2026 12:01:00 PM,12/01/2026 01:00:00 PM,59,Yes,No
Chen,chen@example.org,12/01/2026 11:50:00 AM,12/01/2026 11:55:00 AM,5,Yes,Yes
Dewi Sample,dewi@example.org,12/01/2026 12:01:00 PM,12/01/2026 12:21:00 PM,20,Yes,No
,,,,,,
iPhone,,12/01/2026 12:01:00 PM,12/01/2026 12:03:00 PM,2,Yes,No
=HYPERLINK(1),,12/01/2026 12:01:00 PM,12/01/2026 12:03:00 PM,2,Yes,No
"""
TEAMS = (
    "1. Summary\nMeeting title\tOpen meeting\nAttended participants\t2\n"
    "Start time\t12/1/26, 12:00:00 PM\n\n2. Participants\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Amina\t12/1/26, 12:00:06 PM\t12/1/26, 1:05:09 PM\t1h 5m 3s\tamina@example.org\t\tPresenter\n"
    "Baraka (Guest)\t12/1/26, 12:10:00 PM\t12/1/26, 12:55:00 PM\t45m\t\t\tAttendee\n\n"
    "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    "Amina\t12/1/26, 12:00:06 PM\t12/1/26, 1:05:09 PM\t1h 5m 3s\tamina@example.org\tPresenter\n"
)
MEET = (
    "First name,Last name,Email,Duration,Time joined,Time exited\n"
    "Amina,,amina@example.org,1 hr 5 min,12:00 PM,1:05 PM\nBaraka,,,45 min,12:10 PM,12:55 PM\n"
)
REGISTRANTS = (
    "Registration Report\nTopic,Open meeting\n\nAttendee Details,\n"
    "Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,"
    "Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name\n"
    "Yes,Amina,Amina,,amina@example.org,,approved,,,65,No,Kenya\n"
    "No,Baraka,Baraka,,baraka@example.org,,approved,--,--,--,--,\n\nOther Attended,\n"
    "User Name,Join Time,Leave Time,Time in Session (minutes)\n1555,,,3\n"
)


@pytest.fixture
def tried(meeting, people, during, africa):
    """Return a function that tries a report and says which rows have which fate."""

    def try_it(text: str | bytes, encoding: str = "utf-8") -> AttendanceReport:
        raw = text if isinstance(text, bytes) else text.encode(encoding)
        read = reports.read(io.BytesIO(raw))
        return reports.try_report(read, "report.csv", meeting, africa[1], during)

    return try_it


@pytest.fixture
def taken_over(tried, during, africa):
    """Return a function that takes a report over and says who was there, and for how long."""

    def take_it(text: str, *wishes: bool, encoding: str = "utf-8"):
        done = reports.take_over(tried(text, encoding), Wishes(*wishes), africa[1], during)
        rows = Registration.objects.order_by("pk")
        return done, {row.name: (row.attended, row.minutes_present) for row in rows}

    return take_it


def fates(report: AttendanceReport) -> list[str]:
    return list(report.lines.order_by("number").values_list("fate", flat=True))


# What is understood ------------------------------------------------------------------------------


def test_every_row_of_a_zoom_report_has_its_fate(tried):
    report = tried(ZOOM)
    assert fates(report) == [
        *("matched", "matched", "by-name", "not-let-in", "unknown", "unknown", "unreadable"),
    ]
    assert report.counts == {
        "matched": 2,
        "by-name": 1,
        "unknown": 2,
        "not-let-in": 1,
        "unreadable": 1,
    }
    assert not Registration.objects.exclude(attended=None).exists()


def test_stays_of_one_person_are_summed(taken_over):
    done, there = taken_over(ZOOM)
    assert (done.report.marked, done.added, done.absent) == (2, 0, 0)
    assert there == {"Amina": (True, 62), "Baraka": (True, 59), "Chen": (None, None)}


@pytest.mark.parametrize("text", [TEAMS, MEET])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le", "cp1252"])
def test_teams_and_meet_are_understood_in_any_encoding(taken_over, text, encoding):
    _done, there = taken_over(text, encoding=encoding)
    minutes = 66 if text == TEAMS else 65
    assert there == {"Amina": (True, minutes), "Baraka": (True, 45), "Chen": (None, None)}


def test_a_report_that_says_who_did_not_attend_marks_them_as_absent(taken_over):
    _done, there = taken_over(REGISTRANTS)
    assert there == {"Amina": (True, 65), "Baraka": (False, None), "Chen": (None, None)}


@pytest.mark.parametrize(
    "heading",
    [
        "Nom (nom original);Adresse e-mail;Heure d’arrivée;Heure de départ;Durée (minutes)",
        "Nombre (nombre original);Correo electrónico;Hora para unirse;Hora para salir;Duración",
        "Nome (nome original);E-mail do usuário;Hora de entrada;Hora de saída;Duração (minutos)",
        "الاسم;البريد الإلكتروني;وقت الانضمام;وقت المغادرة;المدة (دقائق)",
        "Nom;Courriel;Première connexion;Dernière déconnexion;Durée de la réunion",
    ],
)
def test_headings_are_understood_in_five_languages(taken_over, heading):
    assert columns.fields_of(heading.split(";")) == ["name", "email", "joined", "left", "minutes"]
    _done, there = taken_over(f"{heading}\nAmina;amina@example.org;;;62\n")
    assert there["Amina"] == (True, 62)


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Nom,Prénom,E-mail", ["last_name", "first_name", "email"]),
        ("Nombre,Apellidos,Correo", ["first_name", "last_name", "email"]),
        ("Vorname,Email", ["", "email"]),
        ("Nombre,Duración", ["name", "minutes"]),
        ("Name,Country/Region Name,Organisation", ["name", "", ""]),
    ],
)
def test_halves_of_names_are_told_from_whole_ones(heading, fields):
    assert columns.fields_of(heading.split(",")) == fields


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("62", 62),
        ("1h 5m 3s", 66),
        ("1 h 5 min", 65),
        ("1 hr 5 min", 65),
        ("1:05:00", 65),
        ("45:30", 46),
        ("12 s", 1),
        ("0", 0),
        ("1 ساعة و5 دقائق", 65),
        ("٦٢", 62),
        ("1,5 h", 90),
        ("--", None),
        ("", None),
        ("5 apples", None),
        ("soon", None),
        ("99999999999999999999", None),
    ],
)
def test_lengths_are_read_as_tools_write_them(written, minutes):
    assert stays.minutes(written) == minutes


@pytest.mark.parametrize(
    ("joined", "left", "minutes"),
    [
        ("12/1/26, 12:00:06 PM", "12/1/26, 1:05:09 PM", 66),
        ("2026-12-01 12:00:00", "2026-12-01 13:00:00", 60),
        ("01/12/2026 23:50:00", "02/12/2026 00:10:00", 20),
        ("12:00 PM", "1:05 PM", 65),
        ("13:00", "12:00", None),
        ("", "", None),
        ("noon", "later", None),
    ],
)
def test_a_stay_without_a_length_is_reckoned_from_its_moments(joined, left, minutes):
    assert stays.between(joined, left) == minutes


# Whom it means -----------------------------------------------------------------------------------


def test_two_with_the_same_name_are_told_apart_by_address_or_left_open(tried, meeting, now):
    make_row = Registration.objects.filter(name="Baraka")
    make_row.update(name="Amina")
    report = tried("Name,Email,Duration\nAMINA,,30\nAmina,baraka@example.org,30\n")
    assert fates(report) == ["ambiguous", "matched"]


def test_words_of_a_name_may_stand_in_another_order(tried):
    Registration.objects.filter(name="Baraka").update(name="Baraka José Sample")
    assert fates(tried('Name,Duration\n"SAMPLE, Baraka Jose",30\n')) == ["by-name"]


def test_who_waits_or_wants_the_recording_is_found_and_not_marked(
    tried, meeting, people, now, during
):
    take(meeting, "Farah", now, recording_only=True)
    assert fates(tried("Name,Email\nF,farah@example.org\nFarah,\n")) == ["no-seat", "no-seat"]


def test_others_can_be_added_once_each_with_their_minutes(taken_over):
    text = (
        "Name,Email,Duration\nDewi,dewi@example.org,20\nDewi S.,dewi@example.org,10\n"
        "Emeka,,5\nEMEKA,,6\nAmina,amina@example.org,62\n"
    )
    done, there = taken_over(text, True)
    assert done.added == 2
    assert there["Dewi"] == (True, 30)
    assert there["Emeka"] == (True, 11)
    assert Registration.objects.filter(state="walk-in").count() == 2


def test_who_wanted_the_recording_and_came_is_added_with_their_address(taken_over, meeting, now):
    take(meeting, "Farah", now, recording_only=True)
    taken_over("Name,Email,Duration\nFarah,farah@example.org,62\n", True)
    states = Registration.objects.filter(contact__address="farah@example.org")
    assert sorted(states.values_list("state", flat=True)) == ["recording", "walk-in"]


def test_everybody_else_can_be_marked_as_absent(taken_over):
    done, there = taken_over(ZOOM, False, True)
    assert done.absent == 1
    assert there["Chen"] == (False, None)


# All or nothing ----------------------------------------------------------------------------------


def test_a_report_is_taken_over_once_and_what_it_said_of_people_is_deleted(tried, during, africa):
    report = tried(ZOOM)
    assert reports.take_over(report, Wishes(), africa[1], during) is not None
    assert reports.take_over(report, Wishes(), africa[1], during) is None
    assert not AttendanceRow.objects.exists()
    assert AttendanceReport.objects.get().counts["matched"] == 2
    assert tables_that_know("dewi@example.org", "iPhone") == []


def test_nothing_is_taken_over_before_the_event_or_when_it_fails_half_way(
    tried, now, during, africa, monkeypatch
):
    report = tried(ZOOM)
    with pytest.raises(NotBegun):
        reports.take_over(report, Wishes(), africa[1], now)

    def fails(*given):
        raise RuntimeError

    monkeypatch.setattr("events.attendance.actions.add_walk_in", fails)
    with pytest.raises(RuntimeError):
        reports.take_over(report, Wishes(adds_others=True), africa[1], during)
    report.refresh_from_db()
    assert report.state == "tried"
    assert not Registration.objects.exclude(attended=None).exists()


def test_who_gave_the_seat_back_since_the_trial_is_not_marked(tried, during, africa, people):
    report = tried(ZOOM)
    Registration.objects.filter(pk=people[0].pk).update(state="cancelled")
    done = reports.take_over(report, Wishes(), africa[1], during)
    assert (done.report.marked, done.report.refused) == (1, 1)


def test_r25_nothing_of_somebody_who_is_forgotten_stays_in_a_report(tried, during, meeting, people):
    tried(ZOOM)
    contact = people[0].contact
    forget(contact, during)
    contact.delete()
    assert tables_that_know("amina@example.org") == ["account_emailaddress", "accounts_user"]
    assert not AttendanceRow.objects.filter(name="Amina").exists()


def test_a_report_that_is_only_tried_goes_after_a_week_and_one_taken_over_after_a_year(
    tried, during, africa
):
    reports.take_over(tried(ZOOM), Wishes(), africa[1], during)
    tried(ZOOM)
    purge(during + 8 * DAY)
    assert [each.state for each in AttendanceReport.objects.all()] == ["done"]
    purge(during + 366 * DAY)
    assert not AttendanceReport.objects.exists()


# Files that are none -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\n\n \n", "The file is empty."),
        (b"PK\x03\x04rest", "This is an Excel or OpenDocument file."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"\x00\x01\x02" * 100, "This is no text."),
        (b"Hello\nWorld\n", "No row names the columns."),
        (b"Name,Email\n", "The list has a heading and no rows."),
        (b"Name,Email\n" + b"x" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=[
        *("nothing", "blank lines", "excel", "pdf", "binary", "no heading", "no rows"),
        "too large",
    ],
)
def test_a_file_that_is_no_report_is_refused_in_words_and_leaves_nothing(tried, content, words):
    with pytest.raises(Unreadable, match=words):
        tried(content)


def test_a_report_with_too_many_rows_is_refused_and_leaves_nothing(tried, monkeypatch):
    assert reports.MOST_ROWS == 100_000
    monkeypatch.setattr(reports, "MOST_ROWS", 20)
    assert tried("Name,Email\n" + "a,\n" * 20).counts == {"unknown": 20}
    with pytest.raises(Unreadable, match="more than 20 rows"), transaction.atomic():
        tried("Name,Email\n" + "a,\n" * 21)
    assert AttendanceReport.objects.count() == 1


def test_a_broken_row_does_not_spoil_the_others(tried):
    report = tried('Name,Email\n"Amina,amina@example.org\nBaraka,baraka@example.org\na,b,c,d\n')
    assert fates(report) == ["unreadable", "matched", "unreadable"]


# The screens -------------------------------------------------------------------------------------


@pytest.fixture
def screen(client, africa, meeting, people, during):
    client.force_login(africa[1])
    with time_machine.travel(during, tick=False):
        yield reverse("event_attendance_report", args=[meeting.pk])


def upload(text: str | bytes) -> dict:
    raw = text if isinstance(text, bytes) else text.encode()
    return {"file": SimpleUploadedFile("zoom.csv", raw, "text/csv")}


def test_a_co_chair_tries_a_report_looks_at_it_and_takes_it_over(client, screen, meeting):
    answer = client.post(screen, upload(ZOOM), follow=True)
    page = answer.text
    assert "This is a trial. Nobody is marked yet." in page
    for words in ("Found by e-mail", "Found by name", "Not registered", "Cannot be read"):
        assert words in page
    assert "in the waiting room" in page
    url = answer.redirect_chain[-1][0]
    page = client.post(url, {"adds_others": "on", "rest_is_absent": "on"}, follow=True).text
    assert "2 people with a seat are marked." in page
    assert "2 who came without registering are on the list." in page
    assert "1 person is marked as absent." in page
    assert "Taken over on" in client.get(url).text
    page = client.post(url, follow=True).text
    assert "This report was taken over already." in page
    assert (
        "The very same file was taken over on"
        in client.post(screen, upload(ZOOM), follow=True).text
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_rows_fate_can_be_taken_away_and_that_is_logged(client, screen, form):
    url = client.post(screen, upload(ZOOM)).url
    answer = client.get(url, {"format": form})
    content = b"".join(answer.streaming_content)
    assert ExportLog.objects.get().what == "attendance-report"
    if form == "csv":
        assert "6,Found by e-mail,Amina,amina@example.org,32" in content.decode()
    assert client.get(url, {"format": "exe"}).status_code == 404


def test_a_file_that_is_no_report_is_refused_on_the_screen(client, screen):
    answer = client.post(screen, upload(b""))
    assert answer.status_code == 422
    assert "The file is empty." in answer.text
    assert not AttendanceReport.objects.exists()


def test_r24_nobody_reads_the_reports_of_another_group(client, screen, asia):
    url = client.post(screen, upload(ZOOM)).url
    client.force_login(asia[1])
    for address in (screen, url):
        assert client.get(address).status_code == 404
        assert client.post(address, upload(ZOOM)).status_code == 404


def test_a_report_of_another_event_is_not_found_under_this_one(
    client, screen, meeting, africa, now
):
    other = make_event("Another", now, parent=africa[0])
    url = client.post(screen, upload(ZOOM)).url
    assert client.get(url.replace(f"/{meeting.pk}/", f"/{other.pk}/")).status_code == 404


def test_before_the_event_a_report_is_tried_and_not_taken_over(
    client, africa, meeting, people, now
):
    client.force_login(africa[1])
    screen = reverse("event_attendance_report", args=[meeting.pk])
    with time_machine.travel(now, tick=False):
        assert "The event has not begun." in client.get(screen).text
        url = client.post(screen, upload(ZOOM)).url
        page = client.post(url, follow=True).text
    assert "Nobody can be marked before the event has begun." in page
    assert not Registration.objects.exclude(attended=None).exists()


def test_a_large_report_costs_few_queries(tried, django_assert_max_num_queries):
    text = "Name,Email,Duration\n" + "".join(
        f"Guest {number},guest{number}@example.org,30\n" for number in range(3_000)
    )
    with django_assert_max_num_queries(50):
        report = tried(text)
    assert report.counts == {"unknown": 3_000}
