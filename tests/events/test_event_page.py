"""The page of an event, before it is held and ever after."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from blog.models import BlogIndexPage, BlogPage
from events.models import AgendaItem, EventDocument, Speaker
from files.models import SiteDocument
from pages.models import PageRegion
from people.models import Person
from taxonomy.models import Region
from tests.factories.events import make_event
from tests.factories.groups import make_group

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
VIDEO = "https://www.video.example.org/watch/1"


@pytest.fixture(autouse=True)
def _site(home, monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def read(client):
    """Return a function that reads the page of an event."""

    def read(event) -> str:
        response = client.get(event.get_url())
        assert response.status_code == 200
        return response.content.decode()

    return read


def test_before_it_is_held_the_page_says_when_and_how(read, now):
    group = make_group("Africa", contact_email="africa@example.org")
    event = make_event(
        "Open meeting", now + 3 * DAY, parent=group, interpretation="English, French"
    )
    html = read(event)
    assert "In 3 days" in html
    assert "Nairobi (UTC+3)" in html
    assert "15:00–16:30" in html
    assert "Wednesday 25 November 2026" in html
    assert "The link to join comes by e-mail" in html
    assert "mailto:africa@example.org" in html
    assert "English, French" in html
    assert f"/events/{event.pk}.ics" in html


@pytest.mark.parametrize(
    ("away", "facts", "words"),
    [
        (5 * HOUR, {}, "Starts in"),
        (-HOUR, {}, "Now"),
        (3 * DAY, {"status": "save-the-date"}, "Save the date"),
        (3 * DAY, {"status": "postponed"}, "This event was postponed."),
        (3 * DAY, {"status": "cancelled", "status_note": "The speaker fell ill."}, "fell ill"),
        (-3 * DAY, {"recording": "processing"}, "The recording is being prepared"),
        (-3 * DAY, {"recording": "none"}, "There is no recording of this event."),
        (-3 * DAY, {}, "Held"),
    ],
)
def test_every_state_has_words(read, now, away, facts, words):
    assert words in read(make_event("Meeting", now + away, **facts))


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_does_not_take_place_cannot_be_joined(read, now, status):
    html = read(make_event("Off", now + DAY, status=status))
    assert "How to take part" not in html


def test_after_it_was_held_the_recording_is_a_plain_link(read, now):
    event = make_event(
        "Held", now - DAY, recording="available", recording_url=VIDEO, recording_minutes=74
    )
    html = read(event)
    assert f'href="{VIDEO}"' in html
    assert "74 minutes, opens at video.example.org" in html
    assert "<iframe" not in html
    assert "How to take part" not in html


def test_agenda_speakers_and_documents_are_shown(read, now):
    event = make_event("Meeting", now - DAY)
    person = Person.objects.create(name="Amina Sample", slug="amina-sample")
    AgendaItem.objects.create(event=event, title="Transfers", person=person, recording_url=VIDEO)
    AgendaItem.objects.create(event=event, title="News", contributor_name="Everybody")
    Speaker.objects.create(event=event, person=person, part="Moderator")
    Speaker.objects.create(event=event, name="João Exemplo", affiliation="Example University")
    document = SiteDocument(title="Minutes", file=ContentFile(b"minutes", name="minutes.txt"))
    document.save()
    EventDocument.objects.create(event=event, document=document, label="Minutes of the meeting")
    html = read(event)
    for words in ("Transfers", "Everybody", "Moderator", "João Exemplo", "Minutes of the meeting"):
        assert words in html
    assert html.count('href="/people/amina-sample/"') == 2


def test_a_document_whose_file_is_gone_does_not_break_the_page(read, now):
    event = make_event("Meeting", now - DAY)
    document = SiteDocument(title="Lost", file=ContentFile(b"x", name="lost.txt"))
    document.save()
    document.file.storage.delete(document.file.name)
    EventDocument.objects.create(event=event, document=document)
    assert "Lost" in read(event)


def test_the_cities_are_those_of_the_audience(read, now):
    event = make_event("Meeting", now + DAY, zone="America/New_York")
    assert "Manila" in read(event)
    PageRegion.objects.create(content_object=event, tag=Region.objects.get(slug="africa"))
    html = read(event)
    assert "Lagos" in html
    assert "Manila (" not in html.partition("<aside>")[2].partition("time-zone-switch")[0]


def test_a_post_about_the_event_is_linked_from_it(read, now):
    event = make_event("Meeting", now - DAY)
    blog = BlogIndexPage.objects.get(locale__language_code="en")
    recap = BlogPage(
        title="Notes from it", slug="notes", kind="recap", about=event, date=now.date()
    )
    blog.add_child(instance=recap)
    assert "Notes from it" in read(event)


def test_other_events_of_the_group_follow_the_next_first(
    read, now, django_capture_on_commit_callbacks
):
    group = make_group("Africa")
    event = make_event("This", now - DAY, parent=group)
    make_event("Off", now + DAY, parent=group, status="cancelled")
    make_event("Elsewhere", now + DAY)
    assert "Other events" not in read(event)
    with django_capture_on_commit_callbacks(execute=True):
        make_event("Before", now - 9 * DAY, parent=group)
    assert "Before" in read(event)
    with django_capture_on_commit_callbacks(execute=True):
        make_event("Next", now + 9 * DAY, parent=group)
    html = read(event)
    assert "Next" in html.partition("Other events")[2]
    assert "Before" not in html.partition("Other events")[2]


def test_the_time_of_the_reader_is_shown_first_in_words(client, now):
    event = make_event("Meeting", now + DAY)
    client.cookies["tz"] = "Asia/Jakarta"
    html = client.get(event.get_url()).content.decode()
    assert "Jakarta (UTC+7), your time" in html
    assert "19:00–20:30" in html


def test_an_event_in_several_places_says_where(read, now):
    event = make_event("Workshop", now + DAY, mode="hybrid", venue="Example Hall, Nairobi")
    assert "Example Hall, Nairobi, and online" in read(event)


def test_a_preview_of_a_draft_without_a_date_works(now, rf):
    event = make_event("Draft", now + DAY, live=False)
    event.starts_on = event.starts_at = event.ends_at = None
    assert event.make_preview_request().status_code == 200


def test_more_agenda_and_speakers_cost_no_more_queries(client, count_queries, now):
    group = make_group("Africa")
    event = make_event("Meeting", now + DAY, parent=group)

    def fill(numbers):
        for number in numbers:
            person = Person.objects.create(name=f"Person {number}", slug=f"person-{number}")
            AgendaItem.objects.create(event=event, title=f"Item {number}", person=person)
            Speaker.objects.create(event=event, person=person)
            make_event(f"Other {number}", now + 2 * DAY, parent=group)

    fill(range(3))
    few = count_queries(event.get_url())
    fill(range(3, 12))
    assert count_queries(event.get_url()) == few
    assert few <= 12
