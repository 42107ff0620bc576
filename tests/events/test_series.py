"""Meetings that come again: the rule, the drafts, one more like the last."""

import datetime

import pytest
from django.urls import reverse

from events.models import EventDocument, EventPage, EventState, Occurrence, Series, Speaker
from events.models.event_page import AgendaItem
from events.series.actions import make_another, make_drafts
from events.series.planning import Hours, plan
from events.series.rules import LAST, MOST, Rule, nth_weekday, occurrences, same_weekday_later
from tests.factories.content import make_document, make_person, tag
from tests.factories.events import calendar_page, make_event
from tests.factories.groups import appoint, make_group

D = datetime.date
NINE, HALF_PAST_TEN = datetime.time(9), datetime.time(10, 30)


# The rule -----------------------------------------------------------------------------------------


def test_a_rule_names_the_same_weekday_of_every_third_month():
    first_tuesday = Rule(1, 1, 3)
    assert occurrences(first_tuesday, D(2027, 1, 1), D(2027, 12, 31)) == [
        *(D(2027, 1, 5), D(2027, 4, 6), D(2027, 7, 6), D(2027, 10, 5))
    ]


def test_the_months_are_counted_from_the_first_meeting():
    assert occurrences(Rule(1, 1, 3), D(2027, 1, 6), D(2027, 6, 1)) == [
        D(2027, 2, 2),
        D(2027, 5, 4),
    ]


def test_the_last_weekday_is_the_fourth_or_the_fifth():
    assert nth_weekday(D(2027, 2, 1), LAST, 4) == D(2027, 2, 26)
    assert nth_weekday(D(2027, 1, 9), LAST, 4) == D(2027, 1, 29)


def test_days_are_left_out_and_both_ends_belong_to_it():
    days = occurrences(Rule(1, 1, 1), D(2027, 1, 5), D(2027, 3, 2), [D(2027, 2, 2)])
    assert days == [D(2027, 1, 5), D(2027, 3, 2)]


def test_a_rule_ends():
    assert len(occurrences(Rule(1, 0, 1), D(2027, 1, 1), D(2099, 1, 1))) == MOST


def test_the_next_meeting_has_the_same_place_among_the_weekdays():
    assert same_weekday_later(D(2026, 11, 24)) == D(2027, 2, 23)
    assert same_weekday_later(D(2026, 9, 29)) == D(2026, 12, 29)


# The drafts ---------------------------------------------------------------------------------------

pytest_db = pytest.mark.django_db


@pytest.fixture
def group(home):
    group = make_group("Sample group", time_zone="Africa/Nairobi")
    tag(group, themes=["gender-equity"])
    group.save()
    return group


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("editor@example.org")


def make_series(parent, **fields) -> Series:
    return Series.objects.create(
        **{
            "parent": parent,
            "title": "Quarterly meeting",
            "nth": 1,
            "weekday": 1,
            "first_on": D(2027, 1, 1),
            "until": D(2027, 12, 31),
            "start_time": datetime.time(15),
            "end_time": datetime.time(16, 30),
            "time_zone": "Europe/Berlin",
        }
        | fields
    )


@pytest_db
def test_looking_makes_nothing(group):
    assert [each.is_new for each in plan(make_series(group))] == [True] * 4
    assert not EventPage.objects.exists()


@pytest_db
def test_every_meeting_is_a_draft_of_its_own_below_the_group(group, editor):
    made = make_drafts(make_series(group), editor)
    assert [page.starts_on for page in made] == [
        *(D(2027, 1, 5), D(2027, 4, 6), D(2027, 7, 6), D(2027, 10, 5))
    ]
    assert all(page.get_parent().pk == group.pk and page.group.pk == group.pk for page in made)
    assert not any(page.live for page in made)
    assert len({page.slug for page in made}) == len({page.translation_key for page in made}) == 4
    assert [theme.slug for theme in made[0].themes.all()] == ["gender-equity"]
    assert made[0].owner == editor
    assert made[0].get_latest_revision_as_object().start_time == datetime.time(15)


@pytest_db
def test_the_time_on_the_wall_stays_when_the_clocks_change(group, editor):
    made = make_drafts(make_series(group), editor)
    assert {page.start_time for page in made} == {datetime.time(15)}
    assert [page.starts_at.hour for page in made] == [14, 13, 13, 13]


@pytest_db
def test_making_them_again_makes_none_twice(group, editor):
    series = make_series(group)
    make_drafts(series, editor)
    assert make_drafts(series, editor) == []
    series.until = D(2028, 1, 31)
    series.save()
    assert [page.starts_on for page in make_drafts(series, editor)] == [D(2028, 1, 4)]


@pytest_db
def test_a_meeting_that_was_deleted_is_not_made_again(group, editor):
    series = make_series(group)
    make_drafts(series, editor)[0].delete()
    assert make_drafts(series, editor) == []
    assert Occurrence.objects.filter(event=None).count() == 1


@pytest_db
def test_r13_an_hour_that_a_day_does_not_have_is_said_and_passed_over(group, editor):
    series = make_series(
        group,
        nth=LAST,
        weekday=6,
        every_months=1,
        first_on=D(2027, 3, 1),
        until=D(2027, 4, 30),
        start_time=datetime.time(2, 30),
        end_time=datetime.time(4),
    )
    planned = plan(series)
    assert "does not exist" in planned[0].problem
    assert "01:30" in planned[0].problem
    assert "03:30" in planned[0].problem
    assert [page.starts_on for page in make_drafts(series, editor)] == [D(2027, 4, 25)]


@pytest_db
def test_a_meeting_over_midnight_ends_on_the_next_day(group, editor):
    series = make_series(group, start_time=datetime.time(23), end_time=datetime.time(0, 30))
    page = make_drafts(series, editor)[0]
    assert page.ends_on == D(2027, 1, 6)
    assert page.ends_at - page.starts_at == datetime.timedelta(minutes=90)


@pytest_db
def test_an_address_that_is_taken_gets_a_number(group, editor):
    make_drafts(make_series(group), editor)
    again = make_drafts(make_series(group), editor)
    assert again[0].slug == "quarterly-meeting-2027-01-05-2"


@pytest_db
def test_what_the_same_people_do_then_is_said(group):
    at = datetime.datetime(2027, 1, 5, 15, tzinfo=datetime.UTC)
    make_event("Of the group", at, parent=group)
    themed = make_event("Of the theme", at)
    tag(themed, themes=["gender-equity"])
    themed.save()
    make_event("Of others", at)
    make_event("Cancelled", at, parent=group, status="cancelled")
    make_event("Afterwards", at + datetime.timedelta(hours=1), parent=group)
    planned = plan(make_series(group))
    assert {event.title for event in planned[0].clashes} == {"Of the group", "Of the theme"}
    assert planned[1].clashes == []


# Same as last meeting -----------------------------------------------------------------------------


@pytest.fixture
def held(group, now):
    event = make_event(
        "Meeting",
        datetime.datetime(2026, 11, 3, 12, tzinfo=datetime.UTC),
        parent=group,
        venue="Example Hall",
        mode="hybrid",
        recording="available",
        recording_url="https://video.example.org/1",
        recording_minutes=80,
        status_note="Moved once",
    )
    event.agenda.add(AgendaItem(title="Welcome", recording_url="https://video.example.org/1?t=1"))
    event.speakers.add(Speaker(name="Amina Sample", part="moderator"))
    event.documents.add(EventDocument(document=make_document("Minutes")))
    tag(event, themes=["gender-equity"])
    event.save()
    return event


@pytest_db
def test_another_meeting_is_like_the_last_without_what_came_of_it(held, editor):
    when = Hours(NINE, HALF_PAST_TEN, held.time_zone)
    page = make_another(held, D(2027, 2, 2), when, editor)
    page = page.get_latest_revision_as_object()
    assert (page.live, page.starts_on, page.start_time) == (False, D(2027, 2, 2), NINE)
    assert (page.venue, page.mode, page.time_zone) == ("Example Hall", "hybrid", "Africa/Nairobi")
    assert page.get_parent().pk == held.get_parent().pk
    assert [(item.title, item.recording_url) for item in page.agenda.all()] == [("Welcome", "")]
    assert [speaker.name for speaker in page.speakers.all()] == ["Amina Sample"]
    assert [theme.slug for theme in page.themes.all()] == ["gender-equity"]
    assert page.documents.count() == 0
    assert (page.recording, page.recording_url, page.recording_minutes) == ("", "", None)
    assert (page.status, page.status_note) == ("scheduled", "")
    assert page.translation_key != held.translation_key


@pytest_db
def test_the_last_meeting_stays_as_it_was(held, editor):
    make_another(held, D(2027, 2, 2), Hours(NINE, HALF_PAST_TEN, held.time_zone), editor)
    held.refresh_from_db()
    assert held.recording_url == "https://video.example.org/1"
    assert held.agenda.get().recording_url
    assert held.documents.count() == 1


@pytest_db
def test_another_meeting_has_an_entry_of_its_own_once_it_is_published(held, editor):
    page = make_another(held, D(2027, 2, 2), Hours(NINE, HALF_PAST_TEN, held.time_zone), editor)
    assert EventState.objects.count() == 1
    page.save_revision().publish()
    assert EventState.objects.get(meeting=page.translation_key).ical_sequence == 0


# In the admin -------------------------------------------------------------------------------------


@pytest.fixture
def co_chair(client, group, django_user_model):
    user = django_user_model.objects.create_user("chair@example.org")
    person = make_person("Amina Sample")
    person.user = user
    person.save()
    appoint(person, group)
    client.force_login(user)
    return user


def said(**changes) -> dict:
    return {
        "title": "Quarterly meeting",
        "kind": "group-meeting",
        "nth": "1",
        "weekday": "1",
        "every_months": "3",
        "first_on": "2027-01-01",
        "until": "2027-12-31",
        "start_time": "15:00",
        "end_time": "16:30",
        "time_zone": "Africa/Nairobi",
        "fold": "0",
        "mode": "online",
    } | changes


@pytest_db
def test_a_co_chair_plans_a_year_in_two_steps(client, group, co_chair):
    url = reverse("event_series", args=[group.pk])
    assert client.get(url).status_code == 200
    preview = client.post(url, said(left_out="2027-04-06"), follow=True)
    content = preview.content.decode()
    assert "Tuesday 5 January 2027" in content
    assert "6 April" not in content.split("Change the series")[0]
    assert "Make 3 drafts" in content
    assert not EventPage.objects.exists()
    series = Series.objects.get()
    client.post(reverse("one_event_series", args=[series.pk]), {"action": "make"})
    assert EventPage.objects.filter(live=False, group=group).count() == 3
    assert series.made_by == co_chair


@pytest_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": "2026-12-31"}, "until"),
        ({"until": "2040-01-01"}, "until"),
        ({"until": "2027-01-02"}, "until"),
        ({"first_on": "0001-01-01"}, "first_on"),
        ({"left_out": "Christmas"}, "left_out"),
        ({"left_out": "2027-02-30"}, "left_out"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "\x00"}, "time_zone"),
        ({"every_months": "0"}, "every_months"),
        ({"every_months": "99999999999"}, "every_months"),
        ({"start_time": "25:00"}, "start_time"),
        ({"nth": "5"}, "nth"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_words(client, group, co_chair, changes, field):
    response = client.post(reverse("event_series", args=[group.pk]), said(**changes))
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors.get(field) or form.non_field_errors()
    assert not Series.objects.exists()


@pytest_db
def test_r24_nobody_plans_for_another_group(client, co_chair, held, now):
    other = make_group("Another group")
    series, event = make_series(other), make_event("Theirs", now, parent=other)
    addresses = [
        reverse("event_series", args=[other.pk]),
        reverse("event_series", args=[calendar_page().pk]),
        reverse("one_event_series", args=[series.pk]),
        reverse("another_meeting", args=[event.pk]),
    ]
    for url in addresses:
        for answer in (client.get(url), client.post(url, said(action="make"))):
            assert answer.status_code == 302
            assert "admin" in answer["Location"]
    assert Series.objects.count() == 1
    assert not Occurrence.objects.exists()


@pytest_db
def test_a_page_below_which_nobody_meets_has_no_series(client, admin_client, home):
    assert admin_client.get(reverse("event_series", args=[home.pk])).status_code == 404
    assert admin_client.get(reverse("event_series", args=[10**9])).status_code == 404


@pytest_db
def test_a_co_chair_makes_another_meeting_like_the_last(client, co_chair, held):
    url = reverse("another_meeting", args=[held.pk])
    assert client.get(url).context["form"].initial["starts_on"] == D(2027, 2, 2)
    asked = {"starts_on": "2027-02-09", "start_time": "15:00", "end_time": "16:30", "fold": "0"}
    response = client.post(url, asked)
    page = EventPage.objects.get(starts_on=D(2027, 2, 9))
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest_db
def test_r13_another_meeting_at_an_hour_that_does_not_exist_is_refused(client, co_chair, held):
    EventPage.objects.filter(pk=held.pk).update(time_zone="Europe/Berlin")
    asked = {"starts_on": "2027-03-28", "start_time": "02:30", "end_time": "04:00", "fold": "0"}
    response = client.post(reverse("another_meeting", args=[held.pk]), asked)
    assert "does not exist" in str(response.context["form"].errors["start_time"])
    assert EventPage.objects.count() == 1


@pytest_db
def test_the_dashboard_leads_to_series(client, co_chair, group):
    assert reverse("event_series", args=[group.pk]) in client.get("/admin/").content.decode()


@pytest_db
def test_the_page_of_a_meeting_leads_to_another(client, co_chair, held):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[held.pk])).content.decode()
    assert reverse("another_meeting", args=[held.pk]) in page
