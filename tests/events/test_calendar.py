"""The calendar as readers use it."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from pages.models import PageRegion, PageTheme
from taxonomy.models import Region, Theme
from tests.factories.events import calendar_page, make_event
from tests.factories.groups import make_group

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(home, monkeypatch, now):
    """The site exists, and the clock of its views stands still."""
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def page(client):
    """Return a function that reads the calendar at an address."""

    def read(query: str = "", status: int = 200) -> str:
        response = client.get(f"/events/{query}")
        assert response.status_code == status
        return response.content.decode()

    return read


def titles(html: str) -> list[str]:
    return re.findall(r'event-line__link" href="[^"]*">([^<]*)<', html)


# What comes


def test_events_to_come_stand_by_month_the_next_first(page, now):
    make_event("Later", now + 40 * DAY)
    make_event("Next", now + DAY)
    make_event("Over", now - DAY)
    html = page()
    assert titles(html) == ["Next", "Later"]
    assert html.index("November 2026") < html.index("January 2027")
    assert "2 upcoming events" in html


def test_an_event_that_is_under_way_still_stands_there(page, now):
    make_event("Under way", now - DAY, length=3 * DAY)
    assert titles(page()) == ["Under way"]


def test_a_cancelled_event_stays_and_says_so(page, now):
    make_event("Off", now + DAY, status="cancelled")
    html = page()
    assert "event-line--cancelled" in html
    assert "Cancelled" in html


def test_nothing_planned_says_so_and_shows_the_way(page, now):
    html = page()
    assert "No event is planned at the moment." in html
    assert "?view=past" in html


def test_drafts_and_private_events_are_not_listed(page, now):
    make_event("Draft", now + DAY, live=False)
    hidden = make_event("Hidden", now + DAY)
    hidden.view_restrictions.create(restriction_type="login")
    assert titles(page()) == []


def test_a_reader_in_french_sees_events_that_wait_for_translation(client, now, home):
    make_event("Only in English", now + DAY)
    french = Locale.objects.get(language_code="fr")
    home.copy_for_translation(french).save_revision().publish()
    calendar_page().copy_for_translation(french).save_revision().publish()
    html = client.get("/fr/events/").content.decode()
    assert 'lang="en"' in html
    assert titles(html) == ["Only in English"]


# Filters


@pytest.fixture
def africa(now):
    group = make_group("Africa", kind="regional-group")
    event = make_event("Of the group", now + DAY, parent=group, kind="group-meeting")
    PageRegion.objects.create(content_object=event, tag=Region.objects.get(slug="africa"))
    PageTheme.objects.create(content_object=event, tag=Theme.objects.first())
    make_event("Another", now + DAY, kind="webinar", language="fr")
    return event


def test_filters_narrow_the_list(page, africa):
    kinds = "kind=webinar&kind=group-meeting"
    for query in ("group=africa", "kind=group-meeting", "region=africa", "language=en"):
        assert titles(page(f"?{query}")) == ["Of the group"]
    assert titles(page(f"?group=africa&{kinds}")) == ["Of the group"]


def test_a_filter_by_theme(page, africa):
    assert titles(page(f"?theme={Theme.objects.first().slug}")) == ["Of the group"]


def test_two_values_of_one_filter_widen_it(page, africa):
    assert len(titles(page("?language=en&language=fr"))) == 2


def test_a_filter_in_use_can_be_removed(page, africa):
    html = page("?group=africa&kind=group-meeting")
    assert 'href="?group=africa"' in html
    assert 'href="?kind=group-meeting"' in html


def test_filters_that_leave_nothing_offer_the_way_back(page, africa):
    html = page("?kind=roundtable")
    assert "No upcoming event fits these filters." in html
    assert "Remove all filters" in html


def test_views_keep_the_filters(page, africa):
    html = page("?group=africa")
    assert "?group=africa&amp;view=month" in html
    assert "?group=africa&amp;view=past" in html


# The month


def test_the_month_is_a_table_with_headers_and_today(page, now):
    make_event("In the month", now + DAY)
    html = page("?view=month")
    assert re.search(r"<caption[^>]*>November 2026</caption>", html)
    assert html.count('scope="col"') == 7
    assert 'aria-current="date"' in html
    assert "In the month" in html


def test_another_month_links_to_its_neighbours(page, now):
    make_event("Far", now + 60 * DAY)
    html = page("?view=month&month=2026-12")
    assert "month=2026-11" in html
    assert "month=2027-01" in html
    assert 'aria-current="date"' not in html


def test_walks_through_the_months_end(page, now):
    make_event("Only one", now + DAY)
    assert "month=2026-12" not in page("?view=month&month=2026-11")


def test_an_empty_month_shows_the_way_to_the_nearest_one(page, now):
    make_event("Far", now + 100 * DAY)
    html = page("?view=month&month=2026-12")
    assert "The nearest month with events is March 2027." in html
    assert "month=2027-03" in html


def test_an_event_moves_with_the_clock_of_the_reader(client, now):
    make_event("New year", datetime.datetime(2026, 12, 31, 22, tzinfo=datetime.UTC), zone="UTC")
    client.cookies["tz"] = "Asia/Tokyo"
    html = client.get("/events/?view=month&month=2027-01").content.decode()
    assert "New year" in html
    assert "07:00" in html


# What was held


def test_the_past_is_listed_from_the_latest_with_its_recordings(page, now):
    make_event("First", now - 40 * DAY)
    recording = {"recording": "available", "recording_url": "https://video.example.org/1"}
    make_event("Second", now - DAY, **recording)
    html = page("?view=past")
    assert titles(html) == ["Second", "First"]
    assert "https://video.example.org/1" in html
    assert titles(page("?view=past&recording=available")) == ["Second"]


def test_the_past_has_pages(page, now):
    for number in range(25):
        make_event(f"Meeting {number}", now - number * DAY - DAY)
    assert len(titles(page("?view=past"))) == 20
    second = page("?view=past&page=2")
    assert len(titles(second)) == 5
    assert "page 2" in re.search("<title>(.*?)</title>", second)[1]


# Bad input


MISSING = [
    "?view=month&month=2026-13", "?month=abc", "?month=999999-01", "?month=2026-1%00",
    "?page=abc", "?page=0", "?page=-1", "?page=99999999999999999999", "?page=2", "?view=week",
    "?view=past&recording=maybe", "?month=0001-01", "?month=%D9%A2%D9%A0%D9%A2%D9%A6-11",
]  # fmt: skip


def test_what_is_not_there_is_a_404(page):
    for query in MISSING:
        page(query, status=404)


HOSTILE = ["xyz", "%00", "'", '"', "*", "%F0%9F%92%A9", "a" * 400, "1e999", "--", "%D9%A3"]


@pytest.mark.parametrize("view", ["list", "month", "past"])
def test_filters_that_mean_nothing_never_fail(page, now, view):
    make_event("There", now + DAY)
    for name in ("group", "kind", "region", "theme", "language", "year"):
        page("?view=" + view + "".join(f"&{name}={value}" for value in HOSTILE))


def test_words_from_the_address_are_escaped(page):
    assert "<script>alert" not in page("?kind=" + quote("<script>alert(1)</script>"))


def test_empty_values_are_no_filters(page, africa):
    assert len(titles(page("?kind=&group=&region=&theme=&language=&month=&view="))) == 2


# Cost


@pytest.mark.parametrize("query", ["", "?view=month", "?view=past", "?kind=group-meeting"])
def test_a_longer_calendar_costs_no_more_queries(client, count_queries, now, query):
    group = make_group("Africa")

    def fill(numbers):
        for number in numbers:
            away = (number % 3) * DAY + DAY
            make_event(f"Next {number}", now + away, parent=group)
            make_event(f"Before {number}", now - away, parent=group)

    fill(range(3))
    few = count_queries(f"/events/{query}")
    fill(range(3, 12))
    assert count_queries(f"/events/{query}") == few
    assert few <= 12


@pytest.mark.parametrize("query", ["", "?view=month", "?view=past&region=africa&group=africa"])
def test_a_calendar_that_nobody_read_yet_costs_the_same_too(client, now, query):
    group = make_group("Africa")

    def cold(numbers) -> int:
        for number in numbers:
            make_event(f"Next {number}", now + number * 15 * DAY + DAY, parent=group)
            make_event(f"Before {number}", now - number * 15 * DAY - DAY, parent=group)
        for cache in caches.all():
            cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/events/{query}").status_code == 200
        return len(queries)

    assert cold(range(3)) == cold(range(3, 12))


def test_a_month_that_nobody_read_yet_takes_twelve_queries_at_most(client, now, africa):
    for cache in caches.all():
        cache.clear()
    for query in ("?view=month", "?view=month&region=africa&kind=group-meeting"):
        with CaptureQueriesContext(connection) as queries:
            assert "aria-current" in client.get(f"/events/{query}").text
        assert len(queries) <= 12


def test_a_month_between_others_leads_to_both_and_the_last_one_back_only(page, now):
    for title, days in (("Before", -40), ("Now", 0), ("After", 40)):
        make_event(title, now + days * DAY)
    middle, last = page("?view=month"), page("?view=month&month=2027-01")
    assert "month=2026-10" in middle
    assert "month=2026-12" in middle
    assert "month=2026-12" in last
    assert "month=2027-02" not in last
    assert "month=2026-09" not in page("?view=month&month=2026-10")


def test_the_month_reads_no_text(client, now):
    make_event("In the month", now + DAY)
    with CaptureQueriesContext(connection) as queries:
        client.get("/events/?view=month")
    sql = [query["sql"] for query in queries]
    (months,) = [each for each in sql if "url_path" in each and '"starts_at" <' in each]
    assert '"body"' not in months


# What is kept of a page


def test_the_kept_month_follows_the_content_and_the_readers_zone(
    page, client, now, django_capture_on_commit_callbacks
):
    make_event("At noon", now, zone="UTC")
    assert "12:00" in page("?view=month")
    with django_capture_on_commit_callbacks(execute=True):
        make_event("Later", now + DAY)
    assert "Later" in page("?view=month")
    client.cookies["tz"] = "Asia/Kathmandu"
    assert "17:45" in page("?view=month")


def test_the_kept_filters_follow_the_content_and_the_address(
    page, now, django_capture_on_commit_callbacks
):
    make_event("One", now + DAY, kind="webinar")
    make_event("Two", now + DAY, kind="roundtable")
    assert "Workshop" not in page()
    with django_capture_on_commit_callbacks(execute=True):
        make_event("Three", now + DAY, kind="workshop")
    assert "Workshop" in page()
    assert re.search(r'value="webinar"[^>]*checked', page("?kind=webinar"))
    assert not re.search(r'value="webinar"[^>]*checked', page())
