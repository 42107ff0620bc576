"""R14: a country changes its clocks by law; the hour on the wall stays and the instant moves."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from events import ical
from events.models import EventPage, EventState
from events.zone_data import rederive_utc
from mail.models import Delivery
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


@pytest.fixture
def event(home, now):
    return make_event("Meeting", now + 30 * DAY, zone="Africa/Nairobi")


@pytest.fixture
def new_law(monkeypatch):
    """From now on Nairobi keeps the time of Lagos, two hours behind."""

    def changed(name: str) -> ZoneInfo:
        return ZoneInfo("Africa/Lagos" if name == "Africa/Nairobi" else name)

    def enact() -> None:
        monkeypatch.setattr("events.models.event_page.zone", changed)

    return enact


def test_r14_without_new_data_nothing_moves(event, now):
    assert rederive_utc(now) == 0
    assert EventState.objects.get().ical_sequence == 0


def test_r14_the_hour_on_the_wall_stays_and_calendars_hear_of_it(event, now, new_law):
    before = event.starts_at
    new_law()
    assert rederive_utc(now) == 1
    event.refresh_from_db()
    assert event.starts_at == before + 2 * HOUR
    assert event.start_time == datetime.time(15)
    state = EventState.objects.get()
    assert state.ical_sequence == 1
    assert state.starts_utc_published == event.starts_at
    assert ical.told(event).changed_at == now


def test_r14_nobody_moved_it_so_no_mail_is_due_and_no_other_date_is_shown(event, now, new_law):
    new_law()
    rederive_utc(now)
    assert EventState.objects.get().previous_starts_utc is None
    assert not Delivery.objects.exists()


def test_r14_twice_is_once(event, now, new_law):
    new_law()
    rederive_utc(now)
    assert rederive_utc(now) == 0
    assert EventState.objects.get().ical_sequence == 1


def test_r14_publishing_afterwards_counts_nothing_more(event, now, new_law):
    new_law()
    rederive_utc(now)
    EventPage.objects.get().save_revision().publish()
    assert EventState.objects.get().ical_sequence == 1


def test_r14_what_was_held_was_held_then(home, now, new_law):
    held = make_event("Held", now - 30 * DAY)
    new_law()
    assert rederive_utc(now) == 0
    assert EventPage.objects.get(pk=held.pk).starts_at == held.starts_at


def test_r14_drafts_are_put_right_and_told_to_nobody(home, now, new_law):
    draft = make_event("Draft", now + DAY, live=False)
    new_law()
    assert rederive_utc(now) == 1
    assert EventPage.objects.get().starts_at == draft.starts_at + 2 * HOUR
    assert not EventState.objects.exists()


def test_r14_an_hour_that_the_law_skips_stays_for_people_to_move(home, now, monkeypatch, caplog):
    at = datetime.datetime(2027, 3, 27, 23, 30, tzinfo=datetime.UTC)
    event = make_event("Night", at, zone="Africa/Nairobi")
    monkeypatch.setattr("events.models.event_page.zone", lambda name: ZoneInfo("Europe/Berlin"))
    assert rederive_utc(now) == 0
    assert EventPage.objects.get().starts_at == event.starts_at
    assert "does not exist" in caplog.text


def test_r14_the_command_says_how_many(event, capsys):
    call_command("rederive_utc")
    assert "0 events moved." in capsys.readouterr().out
