"""R1 and R3 on the organisers’ screens: the order of the queue by hand, more and fewer seats."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from events.models import EventSeats, Registration, RegistrationEvent
from events.registration import actions
from events.registration.actions.setting_up import set_up
from events.registration.book import Because
from tests.factories.registration import assert_in_order, make_seats, take
from tests.side_by_side import side_by_side

DAY = datetime.timedelta(days=1)
NAMES = ("Amina", "Baraka", "Chen", "Dora", "Emeka")
pytest_db = pytest.mark.django_db
TERMS = {
    "seats-audience": "everybody",
    "seats-mode": "auto",
    "seats-offer_minutes": "1440",
    "access-opens_before_min": "60",
    "questions-TOTAL_FORMS": "0",
    "questions-INITIAL_FORMS": "0",
}


def queue_of(event, now) -> list[Registration]:
    """Fill the one seat of an event and return those who wait, in order."""
    make_seats(event, 1)
    return [take(event, name, now) for name in NAMES][1:]


def line(event) -> list[str]:
    waiting = Registration.objects.filter(event=event, state="waiting")
    return list(waiting.order_by("queue_no").values_list("name", flat=True))


def why(user=None) -> Because:
    return Because("Comes from far away", user, is_told=False)


@pytest_db
@pytest.mark.parametrize(
    ("who", "place", "order"),
    [
        (3, 1, ["Emeka", "Baraka", "Chen", "Dora"]),
        (0, 3, ["Chen", "Dora", "Baraka", "Emeka"]),
        (1, 99, ["Baraka", "Dora", "Emeka", "Chen"]),
        (2, -5, ["Dora", "Baraka", "Chen", "Emeka"]),
    ],
)
def test_r3_somebody_is_put_at_another_place(event, now, who, place, order):
    waiting = queue_of(event, now)
    assert actions.move_in_line(waiting[who], place, why(), now)
    assert line(event) == order
    assert_in_order(event)


@pytest_db
def test_r3_the_queue_goes_on_in_the_new_order(event, now):
    waiting = queue_of(event, now)
    actions.move_in_line(waiting[3], 1, why(), now)
    seated = Registration.objects.get(name="Amina")
    assert [row.name for row in actions.cancel(seated, None, "", now)] == ["Emeka"]
    take(event, "Farah", now)
    assert line(event) == ["Baraka", "Chen", "Dora", "Farah"]


@pytest_db
def test_r3_a_move_is_written_down_with_who_and_why_and_nobody_is_mailed(
    event, now, secretary, planned_for
):
    waiting = queue_of(event, now)
    actions.move_in_line(waiting[3], 1, why(secretary), now)
    change = RegistrationEvent.objects.get(by=secretary)
    assert (change.registration.name, change.why) == ("Emeka", "Comes from far away")
    assert planned_for("emeka@example.org") == ["registration_waiting"]
    assert planned_for("baraka@example.org") == ["registration_waiting"]


@pytest_db
def test_r3_who_does_not_wait_or_stands_there_already_is_not_moved(event, now):
    waiting = queue_of(event, now)
    assert not actions.move_in_line(waiting[0], 1, why(), now)
    assert not actions.move_in_line(Registration.objects.get(name="Amina"), 1, why(), now)
    assert not RegistrationEvent.objects.filter(why="Comes from far away").exists()


@pytest.mark.django_db(transaction=True)
def test_r3_moves_and_cancellations_at_once_leave_no_two_at_one_place(home, event, now):
    waiting = queue_of(event, now)
    todo = [
        lambda: actions.move_in_line(waiting[3], 1, why(), now),
        lambda: actions.move_in_line(waiting[2], 1, why(), now),
        lambda: actions.cancel(waiting[0], None, "", now),
        lambda: take(event, "Farah", now),
    ]
    side_by_side(lambda: todo.pop()(), 4)
    assert_in_order(event)
    assert len(line(event)) == 4


@pytest_db
def test_moving_somebody_in_a_longer_queue_costs_no_more_queries(event, now):
    make_seats(event, 0)
    costs = []
    for first, last in ((0, 4), (4, 16)):
        for number in range(first, last):
            take(event, f"Member{number}", now)
        row = Registration.objects.filter(state="waiting").order_by("-queue_no").first()
        with CaptureQueriesContext(connection) as queries:
            actions.move_in_line(row, 1, why(), now)
        costs.append(len(queries))
    assert costs[0] == costs[1]


# The screens --------------------------------------------------------------------------------------


@pytest_db
def test_an_organiser_moves_somebody_with_a_reason(client, africa, meeting, now):
    waiting = queue_of(meeting, now)
    client.force_login(africa[1])
    url = reverse("event_queue", args=[meeting.pk])
    assert "Baraka" in client.get(url).text
    moved = {"who": waiting[3].pk, "place": "1", "why": "Speaks at the meeting"}
    page = client.post(url, moved, follow=True).text
    assert "Emeka has another place now." in page
    assert line(meeting)[0] == "Emeka"
    history = client.get(reverse("one_registration", args=[waiting[3].pk])).text
    assert "Was moved in the queue" in history
    assert "Speaks at the meeting" in history
    assert "Chair of Africa" in history


@pytest_db
@pytest.mark.parametrize("changes", [{"why": ""}, {"place": "0"}, {"place": "x"}, {"who": "0"}])
def test_a_move_without_a_reason_or_a_place_is_refused(client, africa, meeting, now, changes):
    waiting = queue_of(meeting, now)
    client.force_login(africa[1])
    moved = {"who": waiting[3].pk, "place": "1", "why": "Speaks"} | changes
    page = client.post(reverse("event_queue", args=[meeting.pk]), moved)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert line(meeting)[0] == "Baraka"


@pytest_db
def test_r24_nobody_of_another_event_is_moved_by_their_number(client, africa, asia, meeting, now):
    waiting = queue_of(meeting, now)
    client.force_login(asia[1])
    moved = {"who": waiting[3].pk, "place": "1", "why": "x"}
    url = reverse("event_queue", args=[meeting.pk])
    assert client.get(url).status_code == client.post(url, moved).status_code == 404
    assert line(meeting)[0] == "Baraka"


@pytest_db
def test_more_seats_let_in_those_who_wait_and_the_screen_says_who(
    client, africa, meeting, now, planned_for
):
    queue_of(meeting, now)
    client.force_login(africa[1])
    url = reverse("event_registration_settings", args=[meeting.pk])
    page = client.post(url, TERMS | {"seats-capacity": "3"}, follow=True).text
    assert "Moved up from the waiting list: Baraka, Chen. They are told by mail." in page
    assert planned_for("baraka@example.org")[-1] == "registration_promoted"
    assert line(meeting) == ["Dora", "Emeka"]
    entry = PageLogEntry.objects.get(page=meeting.pk, action="events.capacity")
    assert entry.message == "Seats: 1 before, 3 now"


@pytest_db
def test_fewer_seats_throw_nobody_out_and_the_screen_says_so(client, africa, meeting, now):
    make_seats(meeting, 3)
    for name in NAMES:
        take(meeting, name, now)
    client.force_login(africa[1])
    url = reverse("event_registration_settings", args=[meeting.pk])
    page = client.post(url, TERMS | {"seats-capacity": "1"}, follow=True).text
    assert "2 more people have a seat than there are seats now. Nobody loses theirs." in page
    assert Registration.objects.filter(state="confirmed").count() == 3
    seats = EventSeats.objects.get()
    assert (seats.capacity, seats.overbook, seats.seats_held) == (1, 2, 3)
    actions.cancel(Registration.objects.get(name="Amina"), None, "", now)
    assert line(meeting) == ["Dora", "Emeka"]


@pytest_db
def test_no_limit_lets_everybody_in(event, now):
    queue_of(event, now)
    done = set_up(event, {"capacity": None}, now)
    assert [row.name for row in done.promoted] == list(NAMES[1:])
    assert (done.capacity_before, done.seats.capacity) == (1, None)
    assert_in_order(event)


@pytest_db
def test_saving_the_same_terms_moves_nobody_and_notes_nothing(client, africa, meeting, now):
    queue_of(meeting, now)
    client.force_login(africa[1])
    url = reverse("event_registration_settings", args=[meeting.pk])
    client.post(url, TERMS | {"seats-capacity": "1"})
    assert not PageLogEntry.objects.filter(action="events.capacity").exists()
    assert line(meeting) == list(NAMES[1:])
