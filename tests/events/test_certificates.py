"""Certificates: for those who were there, readable, checkable, and telling nothing more."""

import datetime
import io

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from events.attendance import actions
from events.attendance.actions import Mark, Newcomer
from events.attendance.certificates import drawing, numbers
from events.attendance.certificates.content import certificate_of, facts_of, length_words
from events.models import Registration
from events.registration import links
from events.registration.actions.privacy import forget
from tests.factories.events import make_event
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


@pytest.fixture
def after(meeting) -> datetime.datetime:
    return meeting.ends_at + MINUTE


@pytest.fixture
def amina(people, meeting, during) -> Registration:
    """Somebody who was there."""
    actions.set_attendance(meeting, [Mark(people[0].pk, attended=True)], None, during)
    Registration.objects.filter(pk=people[0].pk).update(name="Amina Wanjiru Mfano")
    return Registration.objects.select_related("event__locale", "contact").get(pk=people[0].pk)


@pytest.fixture
def later(after):
    with time_machine.travel(after, tick=False):
        yield


def read(pdf: bytes) -> tuple[str, PdfReader]:
    document = PdfReader(io.BytesIO(pdf))
    return " ".join(page.extract_text() for page in document.pages), document


def by_mail(row: Registration) -> str:
    return reverse("registration_certificate", args=[links.make(links.MANAGE, row)])


# What it says ------------------------------------------------------------------------------------


def test_a_certificate_says_who_was_at_what_when_how_long_and_who_held_it(amina, after):
    text, document = read(drawing.draw(certificate_of(amina, after)))
    for words in (
        *("Certificate of attendance", "Amina Wanjiru Mfano", "Open meeting"),
        *("1 December 2026", "90 minutes", "Online", "Africa"),
        *(numbers.number_of(amina), "Local Public Sector Alliance"),
    ):
        assert words in text
    assert len(document.pages) == 1
    assert document.metadata.title == "Certificate of attendance: Open meeting"


def test_its_fonts_are_embedded_in_parts_and_the_file_is_small(amina, after):
    pdf = drawing.draw(certificate_of(amina, after))
    _text, document = read(pdf)
    fonts = document.pages[0]["/Resources"]["/Font"].values()
    names = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert all("+" in name and "Amiri" in name for name in names)
    assert len(pdf) < 60_000


def test_an_arabic_certificate_is_read_from_right_to_left_in_joined_letters(amina, after):
    Registration.objects.filter(pk=amina.pk).update(name="هدى بنت محمد")
    amina.refresh_from_db()
    with override("ar"):
        certificate = certificate_of(amina, after)
        text, document = read(drawing.draw(certificate))
    assert certificate.is_rtl
    assert document.trailer["/Root"]["/Lang"] == "ar"
    assert {"هدى", "بنت", "محمد"} <= set(text.split())


@pytest.mark.parametrize(
    ("name", "is_set"),
    [
        ("Ђорђе Жёңә", True),
        ("Nguyễn Ậu", True),
        ("Νίκος", True),
        ("محمد Đorđević", True),
        ("ნინო", False),
        ("张伟", False),
    ],
)
def test_a_name_is_set_in_its_letters_or_left_to_be_written(amina, after, name, is_set):
    Registration.objects.filter(pk=amina.pk).update(name=name)
    amina.refresh_from_db()
    text, _document = read(drawing.draw(certificate_of(amina, after)))
    assert drawing.can_set(name) is is_set
    if is_set and name.isascii() is False and "محمد" not in name:
        assert name in text


def test_a_long_name_and_a_long_title_stay_on_the_page(amina, after):
    Registration.objects.filter(pk=amina.pk).update(name="Maria " * 24 + "Sample")
    amina.refresh_from_db()
    amina.event.title = "A very long title of a meeting " * 8
    _text, document = read(drawing.draw(certificate_of(amina, after)))
    assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (datetime.timedelta(minutes=45), "45 minutes"),
        (datetime.timedelta(minutes=60), "60 minutes"),
        (datetime.timedelta(hours=4), "4 hours"),
        (datetime.timedelta(minutes=210), "210 minutes"),
        (datetime.timedelta(days=2, hours=8), "3 days"),
    ],
)
def test_the_length_is_told_in_words(home, now, length, words):
    event = make_event("Meeting", now.replace(hour=6), length=length)
    assert length_words(event) == words
    assert [label for label, _value in facts_of(event)] == ["Date", "Duration"]


# Who gets it -------------------------------------------------------------------------------------


def test_who_was_there_downloads_it_by_the_link_in_the_mail(client, amina, later):
    page = client.get(reverse("registration", args=[links.make(links.MANAGE, amina)])).text
    assert by_mail(amina) in page
    answer = client.get(by_mail(amina))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"%PDF")


def test_nobody_gets_one_before_the_end_or_without_having_been_there(
    client, amina, people, during, after
):
    with time_machine.travel(during, tick=False):
        assert client.get(by_mail(amina)).status_code == 404
    with time_machine.travel(after, tick=False):
        assert client.get(by_mail(people[1])).status_code == 404
        page = client.get(reverse("registration", args=[links.make(links.MANAGE, people[1])])).text
    assert "certificate" not in page.lower()


def test_a_member_gets_their_own_and_nobody_elses(client, amina, people, later):
    url = reverse("my_certificate", args=[numbers.number_of(amina)])
    assert client.get(url).status_code == 302
    client.force_login(amina.user)
    assert client.get(url).content.startswith(b"%PDF")
    client.force_login(people[1].user)
    assert client.get(url).status_code == 404


def test_a_member_finds_it_on_the_own_page(client, meeting, during, after):
    member = make_member("huda@example.org", "Huda Sample")
    row, _is_new = actions.add_walk_in(meeting, Newcomer("Huda", "huda@example.org"), None, during)
    client.force_login(member.user)
    with time_machine.travel(after, tick=False):
        page = client.get(reverse("my_page")).text
    assert reverse("my_certificate", args=[numbers.number_of(row)]) in page


def test_an_organiser_gets_those_of_the_own_event(client, amina, africa, asia, later):
    url = reverse("certificate_of_somebody", args=[amina.pk])
    client.force_login(africa[1])
    assert url in client.get(reverse("one_registration", args=[amina.pk])).text
    assert client.get(url).content.startswith(b"%PDF")
    client.force_login(asia[1])
    assert client.get(url).status_code == 404


def test_a_walk_in_has_one_too(meeting, during, after, client, africa):
    row, _is_new = actions.add_walk_in(meeting, Newcomer("Huda Sample"), None, during)
    client.force_login(africa[1])
    with time_machine.travel(after, tick=False):
        url = reverse("certificate_of_somebody", args=[row.pk])
        text, _document = read(client.get(url).content)
    assert "Huda Sample" in text


# Checking it -------------------------------------------------------------------------------------


def test_anybody_checks_a_certificate_and_hears_no_name(client, amina, later):
    url = reverse("certificate", args=[numbers.number_of(amina)])
    answer = client.get(url)
    assert "This certificate is genuine" in answer.text
    assert "Open meeting" in answer.text
    assert "Amina" not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "This is the name" in client.post(url, {"name": "amina wanjiru MFANO"}).text
    assert "This is not the name" in client.post(url, {"name": "Amina"}).text
    assert client.post(url, {"name": ""}).status_code == 200


def test_a_number_is_read_however_it_is_typed(amina):
    number = numbers.number_of(amina)
    for typed in (number.lower(), number.replace("-", ""), number.replace("0", "O")):
        assert numbers.find(typed) == amina


def test_no_other_number_opens_anything(client, amina, people, meeting, during, later):
    actions.set_attendance(meeting, [Mark(people[1].pk, attended=True)], None, during)
    mine, other = (numbers.number_of(row).replace("-", "") for row in (amina, people[1]))
    wrong = [
        *(mine[:-1] + ("0" if mine[-1] != "0" else "1"), other[:-12] + mine[-12:], mine[:-12]),
        *("", "U" * 16, "0" * 16, "A" * 500, "é" * 16, mine + "0"),
    ]
    assert [numbers.find(number) for number in wrong] == [None] * len(wrong)
    answer = client.get(reverse("certificate", args=[wrong[0]]))
    assert answer.status_code == 404
    assert "We cannot confirm this certificate." in answer.text


def test_a_number_outlives_a_new_key_as_long_as_the_old_one_is_kept(amina, settings):
    number = numbers.number_of(amina)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert numbers.find(number) == amina
    settings.SECRET_KEY_FALLBACKS = []
    assert numbers.find(number) is None


def test_r25_the_certificate_of_somebody_who_is_forgotten_is_not_confirmed(
    client, amina, after, later
):
    url = reverse("certificate", args=[numbers.number_of(amina)])
    forget(amina.contact, after)
    assert client.get(url).status_code == 404


def test_a_mark_that_is_taken_back_takes_the_certificate_back(client, amina, meeting, after, later):
    url = reverse("certificate", args=[numbers.number_of(amina)])
    actions.set_attendance(meeting, [Mark(amina.pk, attended=None)], None, after)
    assert client.get(url).status_code == 404
    assert client.get(by_mail(amina)).status_code == 404
