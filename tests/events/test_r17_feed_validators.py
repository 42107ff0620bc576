"""R17: a feed that has not changed costs one query, and no removal is ever missed."""

import datetime
import gzip

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.feeds import writing
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
URL = "/events/calendar.ics"


@pytest.fixture(autouse=True)
def _site(home, now):
    """The site exists."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def event(now):
    return make_event("Meeting", now + DAY)


def again(client, first, url: str = URL, **headers: str):
    return client.get(url, headers={"if-none-match": first["ETag"], **headers})


@pytest.mark.parametrize("form", ["ics", "atom", "json"])
def test_r17_a_feed_that_did_not_change_is_not_sent_again(client, event, form):
    url = f"/events/calendar.{form}"
    first = client.get(url)
    assert first["ETag"].startswith('"')
    assert first["Last-Modified"]
    assert first["Cache-Control"] == "public, max-age=900"
    second = again(client, first, url)
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]
    assert second["Last-Modified"] == first["Last-Modified"]


def test_r17_not_modified_costs_one_query_however_many_events(client, event, now):
    def queries() -> int:
        first = client.get(f"{URL}?kind=group-meeting")
        with CaptureQueriesContext(connection) as made:
            assert again(client, first, f"{URL}?kind=group-meeting").status_code == 304
        return len(made)

    assert queries() <= 2
    for number in range(20):
        make_event(f"Meeting {number}", now + number * DAY)
    assert queries() <= 2


def test_r17_a_feed_is_written_with_as_many_queries_for_many_events(client, event, now):
    def queries() -> int:
        client.get("/events/calendar.json")
        with CaptureQueriesContext(connection) as made:
            assert client.get("/events/calendar.json?language=en").status_code == 200
        return len(made)

    few = queries()
    for number in range(20):
        make_event(f"Meeting {number}", now + number * DAY)
    assert queries() == few


def test_r17_one_event_less_and_one_more_is_another_feed(client, event, now):
    other = make_event("Not yet", now + DAY, live=False)
    first = client.get(URL)
    event.unpublish()
    other.save_revision().publish()
    second = again(client, first)
    assert second.status_code == 200
    assert b"Not yet" in second.content
    assert b"SUMMARY;LANGUAGE=en:Meeting" not in second.content


def test_r17_an_event_less_is_another_feed(client, event, now):
    make_event("Stays", now + DAY)
    first = client.get(URL)
    event.unpublish()
    assert again(client, first).status_code == 200


def test_r17_an_event_that_leaves_the_window_is_another_feed(client, now):
    make_event("Old", now.replace(hour=0) - 60 * DAY)
    first = client.get(URL)
    with time_machine.travel(now + DAY, tick=False):
        second = again(client, first)
    assert second.status_code == 200
    assert b"Old" not in second.content


@pytest.mark.parametrize("changes", [{"title": "Another"}, {"venue": "Hall"}, {"slug": "moved"}])
def test_r17_a_change_is_another_feed(client, event, now, changes):
    first = client.get(URL)
    for name, value in changes.items():
        setattr(event, name, value)
    with time_machine.travel(now + datetime.timedelta(minutes=1), tick=False):
        event.save_revision().publish()
        assert again(client, first).status_code == 200


def test_r17_a_date_alone_never_means_not_modified(client, event):
    first = client.get(URL)
    event.unpublish()
    second = client.get(URL, headers={"if-modified-since": first["Last-Modified"]})
    assert second.status_code == 200


def test_r17_another_way_of_writing_is_another_feed(client, event, monkeypatch):
    first = client.get(URL)
    monkeypatch.setattr("events.feeds.answers.VERSION", writing.VERSION + 1)
    assert again(client, first).status_code == 200


def test_r17_a_reader_who_can_unzip_gets_less_under_another_tag(client, event):
    plain = client.get(URL)
    zipped = client.get(URL, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["Content-Encoding"] == "gzip"
    assert zipped["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in zipped["Vary"]
    assert again(client, zipped, **{"accept-encoding": "gzip"}).status_code == 304


def test_r17_each_language_and_each_filter_has_its_own(client, event):
    urls = (URL, "/fr/events/calendar.ics", f"{URL}?kind=group-meeting", "/events/calendar.json")
    assert len({client.get(url)["ETag"] for url in urls}) == 4


def test_r17_somebody_who_is_signed_in_gets_the_same(client, event, django_user_model):
    tag = client.get(URL)["ETag"]
    client.force_login(django_user_model.objects.create_user("editor@example.org"))
    assert client.get(URL)["ETag"] == tag
