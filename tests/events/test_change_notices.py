"""R7, R9, R14, R15: a meeting that changed is told once, when it has been quiet for a while."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import ChangeNotice, EventSeats, EventState, Registration, Told
from events.notices import actions as notice_actions
from events.notices import planning
from events.notices.planning import plan_change_notices
from events.registration import actions
from events.zone_data import rederive_utc
from tests.events.notices import DAY, MINUTE, SETTLED, move, notices, publish, send_all, settle
from tests.factories.events import make_event
from tests.factories.registration import guest, make_seats, take
from tests.side_by_side import side_by_side

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(event, now) -> Registration:
    make_seats(event, 2)
    return take(event, "Amina", now)


def outcome() -> str:
    return ChangeNotice.objects.get().outcome


# Settling -----------------------------------------------------------------------------------------


def test_nobody_is_told_before_it_has_been_quiet_for_a_quarter_of_an_hour(event, amina, now):
    move(event, now)
    assert plan_change_notices(now + 14 * MINUTE) == 0
    assert plan_change_notices(now + 15 * MINUTE) == 1
    assert outcome() == "told"


def test_a_change_gives_one_mail_however_often_the_planner_runs(event, amina, now):
    move(event, now)
    assert [settle(now), settle(now), settle(now + DAY)] == [1, 0, 0]
    (notice,) = notices()
    assert notice.key == f"change:{event.translation_key}:1:{amina.pk}"
    assert (notice.lane, notice.not_after) == ("reminder", event.ends_at)


def test_changes_within_the_window_are_one_mail_from_the_first_before_to_the_last_now(
    event, amina, now
):
    move(event, now)
    move(event, now + 10 * MINUTE)
    publish(event, now + 20 * MINUTE, venue="Example Hall", mode="hybrid")
    assert plan_change_notices(now + 30 * MINUTE) == 0
    assert settle(now + 20 * MINUTE) == 1
    (notice,) = notices()
    assert (notice.payload["since"], notice.payload["sequence"]) == (0, 3)


def test_what_is_taken_back_within_the_window_is_not_told(event, amina, now):
    move(event, now)
    move(event, now + MINUTE, days=-1)
    assert settle(now + MINUTE) == 0
    assert (outcome(), notices()) == ("nothing", [])


def test_a_later_change_is_compared_with_what_was_told_last(event, amina, now):
    move(event, now)
    settle(now)
    send_all(now + SETTLED)
    move(event, now + DAY)
    settle(now + DAY)
    first, second = notices()
    assert (first.payload["since"], second.payload["since"]) == (0, 1)


def test_other_words_are_no_change(event, amina, now):
    publish(event, now, title="A better title", summary="Other words.")
    assert not ChangeNotice.objects.exists()


def test_an_event_without_registration_has_nothing_to_settle(event, now):
    move(event, now)
    assert not ChangeNotice.objects.exists()


# Who hears ----------------------------------------------------------------------------------------


def test_everybody_who_waits_or_has_a_seat_hears_and_nobody_else(event, now):
    make_seats(event, 2)
    names = ("Amina", "Baraka", "Chen", "Dora")
    rows = {name: take(event, name, now) for name in names}
    actions.cancel(rows["Dora"], None, "", now)
    actions.register(event.pk, guest("Guest", now), actions.Asked(), now)
    take(event, "Rita", now, recording_only=True)
    move(event, now)
    assert settle(now) == 3
    heard = sorted(row.recipient.partition("@")[0] for row in notices())
    assert heard == ["amina", "baraka", "chen"]


def test_who_wants_only_the_recording_hears_when_it_is_off(event, now):
    make_seats(event)
    take(event, "Rita", now, recording_only=True)
    publish(event, now, status="cancelled")
    assert settle(now) == 1


def test_who_registered_after_the_change_knows_it(event, amina, now):
    move(event, now)
    take(event, "Baraka", now + MINUTE)
    assert settle(now) == 1
    assert [row.recipient for row in notices()] == ["amina@example.org"]


def test_who_registered_between_two_changes_hears_of_the_second(event, amina, now):
    move(event, now)
    take(event, "Baraka", now + MINUTE)
    publish(event, now + 2 * MINUTE, venue="Example Hall", mode="hybrid")
    settle(now + 2 * MINUTE)
    (baraka,) = notices("baraka@example.org")
    assert baraka.payload["since"] == 1


def test_the_past_is_put_right_without_a_word(event, amina, now):
    over = event.ends_at + DAY
    publish(event, over, end_time=datetime.time(23, 0))
    assert settle(over) == 0
    assert outcome() == "nothing"


def test_a_meeting_off_the_site_is_told_of_once_it_is_back(event, amina, now):
    move(event, now)
    event.unpublish()
    assert settle(now) == 0
    publish(event, now + DAY)
    assert settle(now + DAY) == 1


def test_cancelling_frees_no_seat_and_is_told_once(event, amina, now):
    publish(event, now, status="cancelled", status_note="The speaker is ill.")
    assert (settle(now), settle(now + DAY)) == (1, 0)
    amina.refresh_from_db()
    assert amina.state == "confirmed"
    assert EventSeats.objects.get().seats_held == 1


# Quietly ------------------------------------------------------------------------------------------


def test_what_is_published_quietly_is_told_to_nobody_and_calendars_follow_all_the_same(
    event, amina, now
):
    move(event, now, quietly=True)
    assert settle(now) == 0
    assert not ChangeNotice.objects.exists()
    assert EventState.objects.get().ical_sequence == 1


def test_the_choice_holds_for_one_version_only(event, amina, now):
    move(event, now, quietly=True)
    move(event, now + DAY)
    assert settle(now + DAY) == 1
    assert notices()[0].payload["since"] == 0


def test_a_quiet_change_lets_an_open_notice_wait_and_is_part_of_it(event, amina, now):
    move(event, now)
    publish(event, now + 10 * MINUTE, quietly=True, venue="Example Hall", mode="hybrid")
    assert plan_change_notices(now + 16 * MINUTE) == 0
    assert settle(now + 10 * MINUTE) == 1
    assert notices()[0].payload["sequence"] == 2


def test_r14_new_zone_data_moves_feeds_and_mails_nobody(event, amina, now, monkeypatch):
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    monkeypatch.setattr("events.models.event_page.zone", lambda _name: ZoneInfo("Africa/Lagos"))
    assert rederive_utc(now) == 1
    assert EventState.objects.get().ical_sequence == 1
    assert settle(now) == 0
    assert not ChangeNotice.objects.exists()


def test_an_organiser_stops_a_notice_and_later_ones_leave_it_out_unless_they_go_anyway(
    event, amina, now
):
    move(event, now)
    assert notice_actions.stop(ChangeNotice.objects.get(), now + MINUTE)
    assert settle(now) == 0
    assert outcome() == "stopped"
    assert not notice_actions.stop(ChangeNotice.objects.get(), now + MINUTE)


# Calendars ----------------------------------------------------------------------------------------


def test_r15_the_number_for_calendars_follows_and_never_falls(event, amina, now):
    Registration.objects.filter(pk=amina.pk).update(ics_sequence_sent=5)
    waiting = [take(event, name, now) for name in ("Baraka", "Chen")][1]
    move(event, now)
    settle(now)
    sent = dict(Registration.objects.values_list("name", "ics_sequence_sent"))
    assert sent == {"Amina": 6, "Baraka": 1, "Chen": None}
    assert waiting.told.sequence == 1


# Exactly once -------------------------------------------------------------------------------------


def test_r7_what_was_cut_off_half_way_leaves_nothing_and_is_done_anew(event, now, monkeypatch):
    make_seats(event, 9)
    for number in range(4):
        take(event, f"Member{number}", now)
    move(event, now)
    monkeypatch.setattr(planning, "PAGE", 2)
    tell, pages = planning._tell, []

    def killed(people, run):
        pages.append(people)
        if len(pages) == 2:
            raise KeyboardInterrupt
        return tell(people, run)

    monkeypatch.setattr(planning, "_tell", killed)
    with pytest.raises(KeyboardInterrupt):
        settle(now)
    assert not notices()
    assert not Told.objects.exists()
    monkeypatch.setattr(planning, "_tell", tell)
    assert settle(now) == 4


@pytest.mark.django_db(transaction=True)
def test_r7_three_planners_at_once_plan_every_notice_once(home, now):
    event = make_event("Open meeting", now + 9 * DAY)
    make_seats(event, 50)
    for number in range(12):
        take(event, f"Member{number}", now)
    move(event, now)
    planned = side_by_side(lambda: plan_change_notices(now + SETTLED), 3)
    assert (sum(planned), len(notices())) == (12, 12)
    assert ChangeNotice.objects.get().recipients == 12


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_open_one_notice(home, now):
    event = make_event("Open meeting", now + 9 * DAY)
    make_seats(event, 2)
    state = EventState.objects.get()
    side_by_side(lambda: notice_actions.note_change(state, now, is_told=True), 3)
    assert ChangeNotice.objects.count() == 1


def test_r9_a_later_change_takes_the_place_of_a_mail_that_has_not_left(event, amina, now):
    move(event, now)
    settle(now)
    move(event, now + SETTLED)
    send_all(now + SETTLED + MINUTE)
    assert [(row.state, row.error) for row in notices()] == [("skipped", "superseded")]
    settle(now + SETTLED)
    _, second = notices()
    assert second.payload["since"] == 0, "what did not leave was not told"


def test_r9_stopping_the_later_notice_lets_the_earlier_mail_go(event, amina, now):
    move(event, now)
    settle(now)
    move(event, now + SETTLED)
    send_all(now + SETTLED + MINUTE)
    notice_actions.stop(ChangeNotice.objects.get(closed_at=None), now + 18 * MINUTE)
    send_all(now + 20 * MINUTE)
    assert notices()[0].state == "sent"


def test_r9_a_mail_held_back_while_the_page_is_down_leaves_when_it_is_back(event, amina, now):
    move(event, now)
    settle(now)
    event.unpublish()
    send_all(now + SETTLED)
    assert notices()[0].error == "withdrawn"
    settle(now)
    assert notices()[0].state == "skipped"
    publish(event, now + DAY)
    settle(now + DAY)
    send_all(now + DAY + SETTLED)
    assert [row.state for row in notices()] == ["sent"]


def test_r9_who_gives_the_seat_back_meanwhile_hears_nothing(event, amina, now):
    move(event, now)
    settle(now)
    actions.cancel(amina, None, "", now + SETTLED)
    send_all(now + SETTLED)
    assert notices()[0].error == "meanwhile cancelled"


def test_r9_what_was_quietly_taken_back_meanwhile_is_not_sent(event, amina, now):
    move(event, now)
    settle(now)
    move(event, now + SETTLED, days=-1, quietly=True)
    send_all(now + SETTLED + MINUTE)
    assert notices()[0].error == "taken back"


def test_the_queries_do_not_grow_with_the_people(event, now):
    def planning_of(number: int, at: datetime.datetime) -> int:
        while Registration.objects.count() < number:
            take(event, f"Member{Registration.objects.count()}", now)
        move(event, at)
        with CaptureQueriesContext(connection) as queries:
            assert settle(at) == number
        return len(queries)

    make_seats(event, 50)
    few = planning_of(3, now)
    send_all(now + SETTLED)
    assert planning_of(30, now + DAY) <= few + 1, "one to see which earlier mails left"


def test_the_command_is_scheduled_and_says_what_it_did(event, amina, now, settings, capsys):
    assert settings.SCHEDULE["plan_event_notices"] == "every 1 minute"
    move(event, now)
    with time_machine.travel(now + SETTLED, tick=False):
        call_command("plan_event_notices")
    assert capsys.readouterr().out == "1 mails about changes, 0 about recordings.\n"
