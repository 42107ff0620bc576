"""The public page of a series, its feed, and registering for all coming meetings at once."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from events.models import (
    AttendeeMessage,
    EventAccess,
    EventPage,
    EventRole,
    EventSeats,
    EventState,
    FormVersion,
    Occurrence,
    Registration,
    Series,
)
from events.registration.actions.setting_up import ask
from events.registration.questions import Question
from events.series.actions import make_another
from events.series.planning import hours
from events.series.registering import register_for_all
from members.attending import who
from tests.factories.events import make_event
from tests.factories.groups import make_group
from tests.factories.members import make_member
from tests.factories.registration import make_seats, take

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_that_time(home, now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def group():
    return make_group("Sample group", short_name="Sample")


@pytest.fixture
def series(group) -> Series:
    return Series.objects.create(
        parent=group,
        title="Quarterly meeting",
        summary="What the group does, four times a year.",
        nth=4,
        weekday=2,
        first_on=datetime.date(2026, 8, 1),
        until=datetime.date(2027, 12, 31),
        start_time=datetime.time(15),
        end_time=datetime.time(16, 30),
        time_zone="Africa/Nairobi",
    )


@pytest.fixture
def meetings(series, group, now) -> list[EventPage]:
    """One that was held, three that come, and one that nobody sees yet."""
    made = [
        make_event(title, now + days * DAY, parent=group)
        for title, days in (("Held", -90), ("Next", 3), ("Spring", 90), ("Summer", 180))
    ]
    made.append(make_event("Draft", now + 270 * DAY, parent=group, live=False))
    for event in made:
        Occurrence.objects.create(series=series, planned_on=event.starts_on, event=event)
    return made


@pytest.fixture
def url(series, meetings) -> str:
    return reverse("event_series_page", args=[series.pk])


@pytest.fixture
def member(client):
    member = make_member()
    client.force_login(member.user)
    return member


def test_it_lists_what_comes_and_what_was_held(client, url):
    page = client.get(url).text
    coming, held = page.split("Meetings that were held")
    assert "Next<" in coming
    assert "Summer<" in coming
    assert "Held<" in held
    assert "Draft" not in page
    assert "Fourth Wednesday, every 3 months" in page
    assert "15:00–16:30 on the clocks of Nairobi" in page
    assert "What the group does, four times a year." in page


def test_each_meeting_leads_to_its_series(client, url, meetings):
    page = client.get(meetings[1].url).text
    assert "Part of a series" in page
    assert f'href="{url}"' in page


def test_a_meeting_of_no_series_leads_to_none(client, now):
    event = make_event("Alone", now + DAY)
    assert "Part of a series" not in client.get(event.url).text


def test_a_series_that_nobody_can_see_does_not_exist(client, series, now):
    hidden = make_event("Hidden", now + DAY)
    hidden.view_restrictions.create(restriction_type="login")
    Occurrence.objects.create(series=series, planned_on=hidden.starts_on, event=hidden)
    for number in (series.pk, 10**15):
        assert client.get(reverse("event_series_page", args=[number])).status_code == 404
        address = reverse("event_series_feed", args=[number, "ics"])
        assert client.get(address).status_code == 404


def test_its_feed_holds_its_meetings_and_no_other(client, series, meetings, group, now):
    make_event("Of the group, not of the series", now + DAY, parent=group)
    address = reverse("event_series_feed", args=[series.pk, "ics"])
    answer = client.get(address)
    titles = {str(entry["summary"]) for entry in Calendar.from_ical(answer.content).events}
    assert titles == {"Next", "Spring", "Summer"}
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    for form in ("atom", "json"):
        found = client.get(reverse("event_series_feed", args=[series.pk, form]))
        assert "Spring" in found.text
    assert client.get(reverse("event_series_feed", args=[series.pk, "pdf"])).status_code == 404


def test_visitors_are_led_to_log_in_where_one_can_register(client, url, meetings):
    assert "Come to all of them" not in client.get(url).text
    make_seats(meetings[1])
    page = client.get(url).text
    assert "Come to all of them" in page
    assert "csrfmiddlewaretoken" not in page
    answer = client.post(url)
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    assert not Registration.objects.exists()


def test_a_member_registers_for_all_with_one_click(client, url, meetings, member, now):
    make_seats(meetings[0], 5)
    make_seats(meetings[1], 5)
    make_seats(meetings[2], 1)
    take(meetings[2], "Baraka", now)
    make_seats(meetings[3], 5, approval=True)
    assert "Registers you for 3 coming meetings" in client.get(url).text
    page = client.post(url, follow=True).text
    assert "You have a seat at 1 meeting." in page
    assert "You are on the waiting list of 1 meeting." in page
    assert "The organisers of 1 meeting decide." in page
    assert "You are registered for 3 coming meetings." in page
    mine = Registration.objects.filter(contact=member.contact).order_by("event__starts_at")
    assert [row.state for row in mine] == ["confirmed", "waiting", "pending"]


def test_once_more_changes_nothing(client, url, meetings, member, series, now):
    make_seats(meetings[1], 5)
    for _ in range(2):
        client.post(url)
    assert Registration.objects.count() == 1
    assert not register_for_all(series, who(member.user), now)


@pytest.mark.parametrize(
    ("terms", "changes"),
    [
        ({"audience": EventSeats.Audience.GROUP}, {}),
        ({"closes_at": datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)}, {}),
        ({"opens_at": datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)}, {}),
        ({}, {"status": "cancelled"}),
        ({}, {"live": False}),
    ],
)
def test_what_is_not_open_is_left_out(client, url, meetings, member, terms, changes):
    make_seats(meetings[1], 5, **terms)
    EventPage.objects.filter(pk=meetings[1].pk).update(**changes)
    assert "Register for all" not in client.get(url).text
    client.post(url)
    assert not Registration.objects.exists()


def test_a_meeting_that_asks_something_is_left_to_its_own_page(client, url, meetings, member, now):
    make_seats(meetings[1], 5)
    make_seats(meetings[2], 5)
    ask(meetings[1], [Question("diet", "What do you eat?", required=True)], now)
    ask(meetings[2], [Question("wish", "What do you want to hear?")], now)
    page = client.get(url).text
    assert "Registers you for 1 coming meeting" in page
    assert "1 meeting asks something; register on its page." in page
    client.post(url)
    assert Registration.objects.get().event_id == meetings[2].pk


def test_an_account_that_did_not_join_is_led_to_join(client, url, meetings, secretary):
    make_seats(meetings[1])
    client.force_login(secretary)
    assert "Become a member" in client.get(url).text


def test_a_longer_series_costs_no_more_queries(count_queries, url, series, group, now):
    before = count_queries(url)
    for days in range(400, 406):
        event = make_event(f"Meeting {days}", now + days * DAY, parent=group)
        Occurrence.objects.create(series=series, planned_on=event.starts_on, event=event)
    assert count_queries(url) == before


def test_more_open_meetings_cost_a_member_no_more_queries_to_look_at(
    count_queries, client, url, meetings, member
):
    make_seats(meetings[1])
    before = count_queries(url)
    make_seats(meetings[2])
    make_seats(meetings[3])
    assert count_queries(url) == before


# Same again on another day ------------------------------------------------------------------------


def test_same_again_takes_nobody_along_and_gets_an_entry_of_its_own(
    meetings, secretary, member, now
):
    event = meetings[1]
    make_seats(event, 5)
    ask(event, [Question("wish", "What do you want to hear?")], now)
    take(event, "Baraka", now)
    EventAccess.objects.create(event=event, join_url="https://meet.example.org/room")
    EventRole.objects.create(event=event, user=member.user, role="host", given_at=now)
    AttendeeMessage.objects.create(event=event, subject="x", text="x", written_at=now, due_at=now)
    copy = make_another(event, datetime.date(2027, 2, 24), hours(event), secretary)
    of_the_copy = (
        *(EventSeats, EventAccess, EventRole, AttendeeMessage, Registration),
        *(FormVersion, Occurrence),
    )
    assert not any(model.objects.filter(event=copy.pk).exists() for model in of_the_copy)
    copy.save_revision().publish()
    names = {EventState.objects.of(each).ical_uid for each in (event, copy)}
    assert len(names) == 2
    assert EventState.objects.of(copy).ical_sequence == 0
