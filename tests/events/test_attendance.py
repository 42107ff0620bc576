"""Who was there: marks, the list on which people are ticked off, and walk-ins."""

import datetime
import uuid

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import open_account
from accounts.retention import purge
from events.attendance import actions
from events.attendance.actions import Mark, Newcomer, NotBegun, Report
from events.models import EventPage, EventRole, EventSeats, Registration
from events.registration import actions as seats
from mail.models import Contact, Delivery
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.registration import assert_in_order, make_seats, take

pytestmark = pytest.mark.django_db
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


@pytest.fixture
def opened(client, africa, meeting, during):
    """The tick list, opened by a co-chair during the meeting."""
    client.force_login(africa[1])
    with time_machine.travel(during, tick=False):
        yield reverse("event_attendance", args=[meeting.pk])


def marks(event) -> dict[str, bool | None]:
    rows = Registration.objects.filter(event=event).order_by("pk")
    return dict(rows.values_list("name", "attended"))


def here(row: Registration) -> Mark:
    return Mark(row.pk, attended=True)


# Marks -------------------------------------------------------------------------------------------


def test_somebody_with_a_seat_is_marked_with_who_said_so_and_when(meeting, people, during, africa):
    report = actions.set_attendance(
        meeting, [Mark(people[0].pk, attended=True, minutes=62)], africa[1], during
    )
    row = Registration.objects.get(pk=people[0].pk)
    assert report == Report(marked=1)
    assert (row.attended, row.minutes_present) == (True, 62)
    assert (row.marked_by, row.marked_at) == (africa[1], during)


def test_a_mark_is_changed_and_taken_back(meeting, people, during):
    for attended in (True, False, None):
        actions.set_attendance(meeting, [Mark(people[0].pk, attended)], None, during)
        row = Registration.objects.get(pk=people[0].pk)
        assert (row.attended, row.marked_at is None) == (attended, attended is None)


def test_saying_the_same_again_changes_nothing_and_keeps_the_minutes(meeting, people, during):
    actions.set_attendance(meeting, [Mark(people[0].pk, True, 62)], None, during)
    again = actions.set_attendance(meeting, [here(people[0])], None, during + MINUTE)
    row = Registration.objects.get(pk=people[0].pk)
    assert again == Report(unchanged=1)
    assert (row.minutes_present, row.marked_at) == (62, during)


def test_nobody_is_marked_before_the_start(meeting, people):
    with pytest.raises(NotBegun):
        actions.set_attendance(meeting, [here(people[0])], None, meeting.starts_at - MINUTE)
    actions.set_attendance(meeting, [here(people[0])], None, meeting.starts_at)


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_nobody_is_marked_at_an_event_that_is_not_held(meeting, people, during, status):
    EventPage.objects.filter(pk=meeting.pk).update(status=status)
    meeting.refresh_from_db()
    with pytest.raises(NotBegun):
        actions.set_attendance(meeting, [here(people[0])], None, during)


def test_only_those_with_a_seat_at_this_event_are_marked(meeting, people, during, now, africa):
    elsewhere = make_event("Another", now + 9 * DAY, parent=africa[0])
    make_seats(elsewhere, 1)
    other = take(elsewhere, "Dewi", now)
    waiting = take(elsewhere, "Emeka", now)
    recording = take(meeting, "Farah", now, recording_only=True)
    ids = [other.pk, waiting.pk, recording.pk, 10**12]
    report = actions.set_attendance(meeting, [Mark(pk, True) for pk in ids], None, during)
    assert report == Report(refused=4)
    assert not Registration.objects.exclude(attended=None).exists()


@pytest.mark.parametrize(
    "values",
    [
        {"attended": True, "state": "recording"},
        {"attended": False, "state": "recording"},
        {"attended": True, "marked_at": None},
        {"attended": False, "minutes_present": 5},
        {"attended": None, "minutes_present": 5},
        {"attended": None, "state": "walk-in", "marked_at": None},
    ],
)
def test_the_database_holds_no_mark_that_makes_no_sense(meeting, people, during, values):
    change = {"marked_at": during, **values}
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=people[0].pk).update(**change)


def test_who_gives_the_seat_back_meanwhile_is_not_marked_and_who_was_there_stays_so(
    meeting, people, during
):
    actions.set_attendance(meeting, [here(people[0])], None, during)
    for row in people[:2]:
        seats.cancel(row, None, "", during)
    report = actions.set_attendance(meeting, [here(people[1])], None, during)
    assert report == Report(refused=1)
    assert marks(meeting) == {"Amina": True, "Baraka": None, "Chen": None}
    assert_in_order(meeting)


def test_the_rest_is_marked_as_absent_and_that_can_be_taken_back(meeting, people, during):
    actions.set_attendance(meeting, [here(people[0])], None, during)
    assert actions.mark_the_rest_absent(meeting, None, during) == 2
    assert marks(meeting) == {"Amina": True, "Baraka": False, "Chen": False}
    assert actions.unmark_the_absent(meeting) == 2
    assert marks(meeting) == {"Amina": True, "Baraka": None, "Chen": None}


def test_marking_more_people_costs_no_more_queries(meeting, now, during):
    make_seats(meeting, 20)
    rows = [take(meeting, f"Member{number}", now) for number in range(12)]
    costs = []
    for some in (rows[:2], rows[2:]):
        with CaptureQueriesContext(connection) as queries:
            actions.set_attendance(meeting, [Mark(row.pk, True) for row in some], None, during)
        costs.append(len(queries))
    assert costs[0] == costs[1]


# Walk-ins ----------------------------------------------------------------------------------------


def test_a_walk_in_needs_only_a_name_takes_no_seat_and_gets_no_mail(meeting, people, during):
    before = Delivery.objects.count()
    row, is_new = actions.add_walk_in(meeting, Newcomer("Dewi Sample"), None, during)
    assert (is_new, row.state, row.attended, row.contact) == (True, "walk-in", True, None)
    assert EventSeats.objects.get().seats_held == 3
    assert Delivery.objects.count() == before
    assert_in_order(meeting)


def test_somebody_who_came_without_an_address_is_not_called_forgotten(client, opened, meeting):
    row, _is_new = actions.add_walk_in(meeting, Newcomer("Dewi Sample"), None, timezone.now())
    screen = client.get(reverse("one_registration", args=[row.pk])).text
    assert "Dewi Sample" in screen
    assert "forgotten on request" not in screen


def test_a_member_who_walks_in_is_known_by_the_address(meeting, during):
    member = make_member("dewi@example.org", "Dewi Sample")
    row, _is_new = actions.add_walk_in(meeting, Newcomer("Dewi", "DEWI@example.org"), None, during)
    assert (row.contact, row.user, row.country) == (member.contact, member.user, member.country)


def test_a_walk_in_with_a_seat_is_ticked_off_instead(meeting, people, during):
    row, is_new = actions.add_walk_in(
        meeting, Newcomer("Amina M.", "amina@example.org"), None, during
    )
    assert (row.pk, is_new) == (people[0].pk, False)
    assert marks(meeting)["Amina"] is True
    assert Registration.objects.count() == 3


def test_the_same_form_sent_twice_adds_one_walk_in(meeting, during):
    newcomer = Newcomer("Dewi Sample", key=uuid.uuid4())
    for _time in range(2):
        actions.add_walk_in(meeting, newcomer, None, during)
    assert Registration.objects.count() == 1


def test_a_walk_in_added_by_mistake_is_removed_and_nobody_else_is(meeting, people, during):
    row, _is_new = actions.add_walk_in(meeting, Newcomer("Dewi"), None, during)
    assert actions.remove_walk_in(meeting, people[0].pk) is False
    assert actions.remove_walk_in(meeting, row.pk) is True
    assert Registration.objects.count() == 3


def test_the_name_of_a_walk_in_without_an_address_is_forgotten_after_a_year(meeting, during):
    actions.add_walk_in(meeting, Newcomer("Dewi Sample"), None, during)
    purge(during + 364 * DAY)
    assert Registration.objects.get().name == "Dewi Sample"
    purge(during + 366 * DAY)
    row = Registration.objects.get()
    assert (row.name, row.attended) == ("", True)


# The list ----------------------------------------------------------------------------------------


def test_a_co_chair_ticks_people_off(client, opened, meeting, people):
    page = client.get(opened).text
    assert page.index("Amina") < page.index("Baraka") < page.index("Chen")
    client.post(opened, {"shown": "", "here": [people[0].pk, people[2].pk]})
    assert marks(meeting) == {"Amina": True, "Baraka": None, "Chen": True}
    assert "2 there, 3 with a seat" in client.get(opened).text


def test_two_who_tick_at_once_lose_nothing(client, opened, meeting, people):
    amina, baraka, chen = (row.pk for row in people)
    client.post(opened, {"shown": "", "here": [amina]})
    client.post(opened, {"shown": "", "here": [baraka]})
    assert marks(meeting) == {"Amina": True, "Baraka": True, "Chen": None}
    client.post(opened, {"shown": f"{amina},{baraka}", "here": [baraka]})
    client.post(opened, {"shown": f"{amina},{baraka}", "here": [amina, baraka, chen]})
    assert marks(meeting) == {"Amina": None, "Baraka": True, "Chen": True}


def test_a_name_is_found_by_the_beginnings_of_its_words_without_accents(
    client, opened, meeting, now
):
    make_seats(meeting, 20)
    with time_machine.travel(now, tick=False):
        row = take(meeting, "José", now)
        take(meeting, "Amina", now)
    Registration.objects.filter(pk=row.pk).update(name="José Ángel Núñez")
    page = client.get(opened, {"q": "nun JOS"}).text
    assert "José Ángel Núñez" in page
    assert "Amina" not in page
    assert "Nobody on the list is called “zz”" in client.get(opened, {"q": "zz"}).text


def test_searching_and_saving_stays_at_the_search(client, opened, people):
    answer = client.post(f"{opened}?q=ami", {"shown": "", "here": [people[0].pk]})
    assert answer.url == f"{opened}?q=ami"


def test_a_walk_in_is_added_and_removed_on_the_list(client, opened, meeting, people):
    form = {"shown": "", "here": [people[0].pk], "name": "Dewi Sample", "key": str(uuid.uuid4())}
    page = client.post(opened, form, follow=True).text
    assert "Dewi Sample is on the list." in page
    assert marks(meeting) == {"Amina": True, "Baraka": None, "Chen": None, "Dewi Sample": True}
    walked_in = Registration.objects.get(name="Dewi Sample")
    page = client.post(opened, {"shown": str(people[0].pk), "here": [people[0].pk]}, follow=True)
    assert "Nothing was changed." in page.text
    client.post(opened, {"shown": "", "remove": walked_in.pk})
    assert "Dewi Sample" not in client.get(opened).text


def test_a_walk_in_with_a_wrong_address_is_asked_again_and_the_ticks_are_kept(
    client, opened, meeting, people
):
    form = {"here": [people[0].pk], "name": "Dewi", "email": "dewi", "key": str(uuid.uuid4())}
    answer = client.post(opened, form)
    assert answer.status_code == 422
    assert "valid email" in answer.text.lower() or "valid e-mail" in answer.text.lower()
    assert marks(meeting)["Amina"] is True


def test_before_the_event_the_list_is_shown_and_takes_nothing(client, africa, meeting, people, now):
    client.force_login(africa[1])
    url = reverse("event_attendance", args=[meeting.pk])
    with time_machine.travel(now, tick=False):
        assert "Ticking off begins with the event." in client.get(url).text
        page = client.post(url, {"here": [people[0].pk]}, follow=True).text
    assert "Nobody can be ticked off before the event has begun." in page
    assert marks(meeting)["Amina"] is None


def test_after_the_event_the_others_are_marked_as_absent(client, africa, meeting, people):
    client.force_login(africa[1])
    url = reverse("event_attendance", args=[meeting.pk])
    with time_machine.travel(meeting.ends_at + MINUTE, tick=False):
        assert "They did not come" in client.get(url).text
        client.post(url, {"here": [people[0].pk], "rest": "1"})
        assert marks(meeting) == {"Amina": True, "Baraka": False, "Chen": False}
        assert "2 absent" in client.get(url).text
        client.post(url, {"shown": people[0].pk, "here": [people[0].pk], "unmark": "1"})
    assert marks(meeting) == {"Amina": True, "Baraka": None, "Chen": None}


@pytest.mark.parametrize("role", EventRole.Role.values)
def test_r24_who_only_checks_in_ticks_off_and_sees_names_and_nothing_else(
    client, meeting, people, during, africa, role
):
    helper = open_account("helper@example.org", name="Helper")
    EventRole.objects.create(event=meeting, user=helper, role=role, given_at=during)
    Registration.objects.filter(pk=people[0].pk).update(organisation="City of Example")
    client.force_login(helper)
    url = reverse("event_attendance", args=[meeting.pk])
    with time_machine.travel(during, tick=False):
        page = client.get(url).text
        client.post(url, {"shown": "", "here": [people[0].pk]})
    assert "Amina" in page
    assert ("City of Example" in page) is (role != "checkin")
    assert ("meeting tool" in page) is (role != "checkin")
    assert marks(meeting)["Amina"] is True


def test_r24_nobody_else_sees_the_list_or_ticks_anybody_off(
    client, opened, meeting, people, chair_of
):
    client.logout()
    assert client.get(opened).status_code == 302
    client.force_login(chair_of("Asia")[1])
    assert client.get(opened).status_code == 404
    assert client.post(opened, {"here": [people[0].pk]}).status_code == 404
    assert marks(meeting)["Amina"] is None


@pytest.mark.parametrize("sent", ["x", "1,x,٣", "9" * 30, "9" * 5_000, "-1"])
def test_ids_that_make_no_sense_change_nothing(client, opened, meeting, people, sent):
    assert client.post(opened, {"shown": sent, "here": sent, "remove": sent}).status_code == 302
    assert not Registration.objects.exclude(attended=None).exists()


def test_a_longer_list_costs_no_more_queries(client, opened, meeting, now):
    make_seats(meeting, 20)
    costs = []
    for first, last in ((0, 3), (3, 12)):
        with time_machine.travel(now, tick=False):
            for number in range(first, last):
                take(meeting, f"Member{number}", now)
        client.get(opened)
        with CaptureQueriesContext(connection) as queries:
            client.get(opened)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_very_long_list_has_pages(client, opened, meeting):
    Registration.objects.bulk_create(
        Registration(
            event=meeting,
            name=f"Guest {number:04}",
            state="walk-in",
            attended=True,
            registered_at=meeting.starts_at,
            marked_at=meeting.starts_at,
        )
        for number in range(450)
    )
    assert "Guest 0001" in client.get(opened).text
    page = client.get(opened, {"page": "2"}).text
    assert "Guest 0401" in page
    assert "Guest 0001" not in page
    assert client.get(opened, {"page": "9"}).status_code == 404


def test_the_list_of_registrations_shows_and_narrows_by_attendance(
    client, opened, meeting, people, during
):
    actions.set_attendance(meeting, [Mark(people[0].pk, True, 62)], None, during)
    actions.set_attendance(meeting, [Mark(people[1].pk, False)], None, during)
    url = reverse("registrations_modeladmin_index")
    seen = {}
    for value in ("yes", "no", "unknown", "nonsense"):
        page = client.get(url, {"attended": value}).text
        seen[value] = [row.name for row in people if f"<strong>{row.name}" in page]
    assert seen == {
        "yes": ["Amina"],
        "no": ["Baraka"],
        "unknown": ["Chen"],
        "nonsense": ["Amina", "Baraka", "Chen"],
    }
    taken = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode()
    assert "Attended,Minutes present" in taken.splitlines()[0]
    assert any("True,62" in line for line in taken.splitlines())


def test_an_address_that_was_typed_for_a_walk_in_stays_unconfirmed(meeting, during):
    actions.add_walk_in(meeting, Newcomer("Dewi", "dewi@example.org"), None, during)
    assert Contact.objects.get().state == "unverified"
