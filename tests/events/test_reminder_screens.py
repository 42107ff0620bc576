"""The organisers’ screens of reminders: who gets there, what stands there, what can be changed."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import EventAccess, EventPage, EventSeats, ReminderRule
from events.registration.actions.setting_up import set_up
from events.reminders.actions import give_standard
from events.reminders.planning import plan_reminders
from events.series.actions import make_another
from events.series.planning import hours
from mail.models import Delivery
from tests.factories.events import make_event
from tests.factories.registration import make_seats, take
from tests.factories.reminders import DAY_MINUTES, fates, make_rule, send

pytestmark = pytest.mark.django_db
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
SECRET = "https://meet.example.org/secret-room"
TWO_DAYS = {
    "basis": "start",
    "number": "2",
    "unit": "days",
    "at_time": "09:00",
    "audience": "seated",
    "words": "Bring tea.",
}


@pytest.fixture
def now():
    """The screens ask the real clock."""
    return datetime.datetime.now(datetime.UTC).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def meeting(africa, now):
    """A meeting of the Africa group in nine days, with seats and the usual reminders."""
    event = make_event("Open meeting", now + 9 * DAY, parent=africa[0])
    make_seats(event)
    give_standard([event.translation_key], now)
    return event


@pytest.fixture
def chair(client, africa):
    client.force_login(africa[1])
    return client


def all_of(event) -> str:
    return reverse("event_reminders", args=[event.pk])


def one_of(rule, event) -> str:
    return reverse("one_event_reminder", args=[event.pk, rule.pk])


def usual(name: str) -> ReminderRule:
    return ReminderRule.objects.get(standard=name)


def fates_of(rule: ReminderRule) -> list[tuple[str, str]]:
    """Return what became of the mails of one reminder."""
    return fates(payload__rule=rule.pk)


def test_r24_a_co_chair_sees_the_reminders_of_the_own_groups_meeting(chair, meeting, now):
    take(meeting, "Amina", now)
    page = chair.get(all_of(meeting)).content.decode()
    for words in ("7 days before it begins", "1 day before it begins", "1 hour before it begins"):
        assert words in page
    assert "To those with a seat: 1 person now" in page
    assert "Nairobi (UTC+3)" in page
    assert ", UTC" in page


def test_r24_nobody_else_finds_them(client, asia, meeting, now):
    rule = usual("day")
    addresses = [
        all_of(meeting),
        one_of(rule, meeting),
        reverse("event_reminder_mail", args=[meeting.pk, rule.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [302] * 3
    client.force_login(asia[1])
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert client.post(all_of(meeting), {"enabled": "0"}).status_code == 404
    assert client.post(one_of(rule, meeting), {"remove": "1"}).status_code == 404
    assert usual("day").enabled


def test_r24_a_reminder_is_not_found_by_the_id_of_another_event(client, asia, africa, meeting, now):
    own = make_event("Other meeting", now + 9 * DAY, parent=asia[0])
    make_seats(own)
    client.force_login(asia[1])
    rule = usual("day")
    assert client.get(one_of(rule, own)).status_code == 404
    assert client.get(reverse("event_reminder_mail", args=[own.pk, rule.pk])).status_code == 404
    client.post(all_of(own), {"rule": rule.pk, "enabled": "0"})
    assert usual("day").enabled


def test_the_secretariat_reaches_all(client, secretary, meeting):
    client.force_login(secretary)
    assert client.get(all_of(meeting)).status_code == 200


def test_one_can_be_switched_off_and_on(chair, meeting):
    rule = usual("day")
    chair.post(all_of(meeting), {"rule": rule.pk, "enabled": "0"})
    assert list(ReminderRule.objects.filter(enabled=True).values_list("standard", flat=True)) == [
        "week",
        "hour",
    ]
    chair.post(all_of(meeting), {"rule": rule.pk, "enabled": "1"})
    assert usual("day").enabled


@pytest.mark.parametrize("strange", ["x", "-1", "9" * 40])
def test_a_strange_id_switches_nothing(chair, meeting, strange):
    chair.post(all_of(meeting), {"rule": strange, "enabled": "0"})
    assert not ReminderRule.objects.filter(enabled=False).exists()


def test_what_is_planned_is_taken_back_when_a_reminder_is_switched_off(chair, meeting, now):
    take(meeting, "Amina", now)
    rule = usual("day")
    plan_reminders(meeting.starts_at - DAY - HOUR)
    assert fates_of(rule) == [("queued", "")]
    chair.post(all_of(meeting), {"rule": rule.pk, "enabled": "0"})
    assert fates_of(rule) == []
    chair.post(all_of(meeting), {"rule": rule.pk, "enabled": "1"})
    plan_reminders(meeting.starts_at - DAY)
    assert fates_of(rule) == [("queued", "")]


def test_a_reminder_can_be_added_and_goes_out_on_the_wall_clock(chair, meeting, now):
    take(meeting, "Amina", now)
    answer = chair.post(all_of(meeting), {**TWO_DAYS, "add": "1"}, follow=True)
    assert "The reminder is added." in answer.content.decode()
    rule = ReminderRule.objects.get(standard="")
    assert (rule.days, rule.at_time, rule.minutes) == (2, datetime.time(9), None)
    due_at = rule.timing.due_at(meeting.starts_at, datetime.timezone(3 * HOUR))
    assert due_at.hour == 6
    plan_reminders(due_at)
    assert fates_of(rule) == [("queued", "")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "", "at_time": ""}, "Say how long before or after."),
        ({"number": "61", "at_time": ""}, "At most 60 days."),
        ({"number": "0", "at_time": ""}, "With 0 days say at what hour, too."),
        ({"unit": "hours"}, "An hour goes with days only."),
        ({"basis": "moment"}, "Say when it goes out."),
        ({"basis": "moment", "moment": "2020-01-01T09:00"}, "That is over already"),
        ({"number": "30"}, "That is over already"),
        ({"basis": "end", "words": "  "}, "Say what you want to tell people afterwards."),
        ({"number": "1", "at_time": ""}, "There is such a reminder already."),
        ({"words": f"Come to {SECRET} now"}, "The link to join stands in no mail"),
        ({"audience": "everyone on earth"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(chair, meeting, change, words):
    EventAccess.objects.create(event=meeting, join_url=SECRET)
    answer = chair.post(all_of(meeting), {**TWO_DAYS, "add": "1", **change})
    assert words in answer.content.decode()
    assert ReminderRule.objects.filter(standard="").count() == 0


def test_twelve_are_enough(chair, meeting, now):
    for hours_before in range(2, 11):
        make_rule(meeting, now, minutes=60 * hours_before)
    assert "One more reminder" not in chair.get(all_of(meeting)).content.decode()
    answer = chair.post(all_of(meeting), {**TWO_DAYS, "add": "1"}, follow=True)
    assert "There are enough reminders for one event." in answer.content.decode()
    assert ReminderRule.objects.count() == 12


def test_the_preview_shows_the_mail_in_the_language_asked_for(chair, meeting, now):
    take(meeting, "Amina", now)
    rule = usual("day")
    page = chair.get(one_of(rule, meeting) + "?language=fr").content.decode()
    assert "1 person would get it now." in page
    frame = reverse("event_reminder_mail", args=[meeting.pk, rule.pk])
    assert f"{frame}?language=fr" in page
    html = chair.get(frame, {"language": "fr"})
    assert '<html lang="fr"' in html.content.decode()
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    assert "registration/" not in html.content.decode()
    assert '<html lang="en"' in chair.get(frame, {"language": "tlh"}).content.decode()


def test_a_test_goes_to_oneself_and_to_nobody_else(chair, africa, meeting, now, mailoutbox):
    take(meeting, "Amina", now)
    mailoutbox.clear()
    chair.post(one_of(usual("day"), meeting), {"test": "1"})
    send(datetime.datetime.now(datetime.UTC))
    tests = Delivery.objects.filter(purpose="reminder_test")
    assert [mail.recipient for mail in tests] == [africa[1].email]
    assert fates() == []
    plan_reminders(meeting.starts_at - DAY)
    assert fates_of(usual("day")) == [("queued", "")]


def test_words_alone_change_no_hour(chair, meeting, now):
    rule = usual("day")
    same = {"basis": "start", "number": "1", "unit": "days", "audience": "seated"}
    chair.post(one_of(rule, meeting), {**same, "words": "Bring tea."})
    changed = usual("day")
    assert (changed.words, changed.armed_at) == ("Bring tea.", rule.armed_at)


def test_another_hour_takes_back_what_is_planned_and_plans_anew(chair, meeting, now):
    take(meeting, "Amina", now)
    rule = usual("day")
    plan_reminders(meeting.starts_at - DAY - HOUR)
    later = {"basis": "start", "number": "3", "unit": "hours", "audience": "seated"}
    chair.post(one_of(rule, meeting), later)
    assert fates_of(rule) == []
    assert usual("day").minutes == 180
    plan_reminders(meeting.starts_at - DAY)
    assert fates_of(rule) == []
    plan_reminders(meeting.starts_at - 3 * HOUR)
    assert fates_of(rule) == [("queued", "")]


def test_the_hour_of_what_people_got_stays_as_it_is(chair, meeting, now):
    take(meeting, "Amina", now)
    plan_reminders(meeting.starts_at - DAY)
    send(meeting.starts_at - DAY)
    rule = usual("day")
    assert "People got it already" in chair.get(one_of(rule, meeting)).content.decode()
    later = {"basis": "start", "number": "3", "unit": "hours", "audience": "seated", "words": "Tea"}
    chair.post(one_of(rule, meeting), later)
    assert (usual("day").minutes, usual("day").words) == (DAY_MINUTES, "Tea")


def test_an_own_reminder_can_be_removed_and_a_usual_one_not(chair, meeting, now):
    own = make_rule(meeting, now, minutes=120)
    chair.post(one_of(own, meeting), {"remove": "1"})
    chair.post(one_of(usual("day"), meeting), {"remove": "1"})
    assert set(ReminderRule.objects.values_list("standard", flat=True)) == {"week", "day", "hour"}


def test_without_registration_it_leads_there(chair, africa, now):
    event = make_event("Bare meeting", now + 9 * DAY, parent=africa[0])
    page = chair.get(all_of(event)).content.decode()
    assert "Nobody can register for this event yet" in page
    assert reverse("event_registration_settings", args=[event.pk]) in page


def test_an_event_that_is_off_says_so(chair, meeting):
    meeting.status = "cancelled"
    meeting.save()
    assert "nobody is reminded of it" in chair.get(all_of(meeting)).content.decode()


def test_an_event_without_a_date_has_reminders_that_wait_for_it(chair, meeting):
    EventPage.objects.filter(pk=meeting.pk).update(starts_at=None, ends_at=None)
    assert "Once the event has a date" in chair.get(all_of(meeting)).content.decode()
    assert chair.get(one_of(usual("day"), meeting)).status_code == 200


def test_opening_registration_gives_the_usual_reminders(africa, now):
    event = make_event("New meeting", now + 9 * DAY, parent=africa[0])
    set_up(event, {"capacity": 5}, now)
    rules = ReminderRule.objects.filter(meeting=event.translation_key, enabled=True)
    assert rules.count() == 3


def test_a_copy_has_the_reminders_switched_off_until_somebody_switches_them_on(
    chair, africa, meeting, now
):
    make_rule(meeting, now, days=2, at_time=datetime.time(9), words="Bring tea.")
    make_rule(meeting, now, basis="moment", moment=now + DAY)
    day = meeting.starts_on + 28 * DAY
    copy = make_another(meeting, day, hours(meeting), africa[1])
    rules = ReminderRule.objects.filter(meeting=copy.translation_key)
    assert sorted(rules.values_list("standard", "words", "enabled")) == [
        ("", "Bring tea.", False),
        ("day", "", False),
        ("hour", "", False),
        ("week", "", False),
    ]
    set_up(copy, {}, now)
    assert EventSeats.objects.filter(event=copy).exists()
    assert not rules.filter(enabled=True).exists()
    assert "Switch all on" in chair.get(all_of(copy)).content.decode()
    chair.post(all_of(copy), {"enabled": "1"})
    assert rules.filter(enabled=True).count() == 4


def test_the_screen_asks_the_same_number_of_questions_for_many_reminders_and_people(
    chair, meeting, now
):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert chair.get(all_of(meeting)).status_code == 200
        return len(asked)

    take(meeting, "Amina", now)
    queries()
    few = queries()
    for place in range(6):
        take(meeting, f"Member{place}", now)
        make_rule(meeting, now, minutes=120 + place)
    assert queries() == few
