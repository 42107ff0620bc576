"""What editors and organisers see and choose: telling, not telling, and what was told."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from accounts.actions import open_account
from events.models import ChangeNotice, EventPage, QuietRevision
from events.registration import actions
from tests.events.notices import DAY, MINUTE, SETTLED, move, notices, publish, send_all, settle
from tests.factories.content import make_person
from tests.factories.events import make_event
from tests.factories.groups import appoint, make_group
from tests.factories.registration import guest, make_seats, take
from working_groups.actions import ensure_access

pytestmark = pytest.mark.django_db
TICK = 'name="tells_registered"'


@pytest.fixture
def group(home):
    return make_group("Africa")


@pytest.fixture
def chair(group):
    ensure_access(group)
    user = open_account("chair@example.org", name="Amara Chair")
    appoint(make_person("Amara Chair", user=user), group, since=datetime.date(2025, 1, 1))
    return user


@pytest.fixture
def meeting(group, now) -> EventPage:
    event = make_event("Open meeting", now + 9 * DAY, parent=group, summary="About wells.")
    make_seats(event, 2)
    return event


@pytest.fixture
def amina(meeting, now):
    return take(meeting, "Amina", now)


def edit_url(event) -> str:
    return reverse("wagtailadmin_pages:edit", args=[event.pk])


def form_of(event: EventPage, **changes) -> dict:
    """Return what the editor’s form would send, with changes; a tick that is off is not sent."""
    data = {
        "title": event.title,
        "slug": event.slug,
        "summary": event.summary,
        "kind": event.kind,
        "language": "en",
        "status": event.status,
        "mode": event.mode,
        "venue": event.venue,
        "starts_on": event.starts_on.isoformat(),
        "start_time": event.start_time.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        "end_time": event.end_time.isoformat(),
        "time_zone": event.time_zone,
        "fold": "0",
        "body": streamfield([]),
        "agenda": inline_formset([]),
        "speakers": inline_formset([]),
        "documents": inline_formset([]),
        "comments": inline_formset([]),
        "countries": "",
        "tells_registered": "on",
        **changes,
    }
    return nested_form_data({name: value for name, value in data.items() if value is not None})


@pytest.fixture
def complete(meeting):
    """The meeting may be published: it says what it is about and where."""
    from taxonomy.models import Region, Theme  # noqa: PLC0415

    meeting.themes.set(Theme.objects.all()[:1])
    meeting.regions.set(Region.objects.all()[:1])
    meeting.save()
    tags = {"themes": Theme.objects.first().pk, "regions": Region.objects.first().pk}
    return lambda **changes: form_of(meeting, **changes) | tags


def is_ticked(html: str) -> bool:
    return " checked" in re.search(rf"<input [^>]*{TICK}[^>]*>", html)[0]


# The choice in the editor -------------------------------------------------------------------------


def test_the_editor_says_how_many_people_a_change_reaches(client, secretary, meeting, amina, now):
    take(meeting, "Baraka", now)
    actions.register(meeting.pk, guest("Guest", now), actions.Asked(), now)
    client.force_login(secretary)
    html = client.get(edit_url(meeting)).content.decode()
    assert TICK in html
    assert "2 people are registered." in html


def test_nothing_is_asked_while_nobody_is_registered(client, secretary, meeting):
    client.force_login(secretary)
    assert TICK not in client.get(edit_url(meeting)).content.decode()


def test_a_new_event_has_nothing_to_ask(client, chair, group):
    client.force_login(chair)
    url = reverse("wagtailadmin_pages:add", args=["events", "eventpage", group.pk])
    assert TICK not in client.get(url).content.decode()


@pytest.mark.parametrize(("tick", "told"), [("on", 1), (None, 0)])
def test_publishing_tells_or_does_not_tell_as_the_editor_chose(
    client, secretary, meeting, amina, complete, now, tick, told
):
    client.force_login(secretary)
    data = complete(venue="Example Hall", mode="hybrid", tells_registered=tick)
    with time_machine.travel(now, tick=False):
        answer = client.post(edit_url(meeting), data | {"action-publish": "1"})
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.venue == "Example Hall"
    assert settle(now) == told


def test_the_next_version_asks_anew(client, secretary, meeting, amina, complete, now):
    client.force_login(secretary)
    data = complete(venue="Example Hall", tells_registered=None)
    client.post(edit_url(meeting), data | {"action-publish": "1"})
    html = client.get(edit_url(meeting)).content.decode()
    assert is_ticked(html)


def test_the_choice_of_a_co_chair_waits_for_the_approval_with_the_version(
    client, chair, secretary, meeting, amina, complete, now
):
    client.force_login(chair)
    data = complete(venue="Example Hall", mode="hybrid", tells_registered=None)
    answer = client.post(edit_url(meeting), data | {"action-submit": "1"})
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert QuietRevision.objects.get().pk == meeting.latest_revision_id
    assert meeting.venue == ""
    client.force_login(secretary)
    html = client.get(edit_url(meeting)).content.decode()
    assert not is_ticked(html)
    with time_machine.travel(now, tick=False):
        meeting.current_workflow_task_state.approve(user=secretary)
    meeting.refresh_from_db()
    assert meeting.venue == "Example Hall"
    assert settle(now) == 0


def test_a_draft_that_is_saved_over_may_change_the_choice(client, chair, meeting, amina, complete):
    client.force_login(chair)
    client.post(edit_url(meeting), complete(venue="Hall", tells_registered=None))
    assert QuietRevision.objects.count() == 1
    client.post(edit_url(meeting), complete(venue="Hall"))
    meeting.refresh_from_db()
    assert not QuietRevision.objects.filter(pk=meeting.latest_revision_id).exists()


def test_versions_can_be_compared(client, secretary, meeting, amina, now):
    move(meeting, now)
    client.force_login(secretary)
    first, last = meeting.revisions.order_by("pk").first(), meeting.latest_revision
    url = reverse("wagtailadmin_pages:revisions_compare", args=[meeting.pk, first.pk, last.pk])
    assert client.get(url).status_code == 200


# The organisers’ screen ---------------------------------------------------------------------------


def screen(event) -> str:
    return reverse("event_notices", args=[event.pk])


def test_a_co_chair_sees_what_goes_out_and_sends_it_at_once(client, chair, meeting, amina, now):
    move(meeting, now)
    client.force_login(chair)
    with time_machine.travel(now + MINUTE, tick=False):
        html = client.get(screen(meeting)).content.decode()
        assert "1 person is told on Sun 22 November 2026, 15:15, Nairobi (UTC+3)" in html
        assert "your time" not in html
        client.post(screen(meeting), {"now": "1"})
    assert len(notices()) == 1
    send_all(now + MINUTE)
    html = client.get(screen(meeting)).content.decode()
    assert "for 1: 1 sent, 0 on their way" in html


def test_a_co_chair_stops_a_notice(client, chair, meeting, amina, now):
    move(meeting, now)
    client.force_login(chair)
    client.post(screen(meeting), {"stop": "1"})
    assert settle(now) == 0
    assert ChangeNotice.objects.get().outcome == "stopped"


def test_a_co_chair_tells_of_the_recording_at_once(client, chair, meeting, amina, now):
    after = meeting.ends_at + DAY
    film = "https://video.example.org/watch"
    publish(meeting, after, recording="available", recording_url=film)
    client.force_login(chair)
    with time_machine.travel(after + MINUTE, tick=False):
        assert "The recording is up" in client.get(screen(meeting)).content.decode()
        client.post(screen(meeting), {"recording": "1"})
        html = client.get(screen(meeting)).content.decode()
    assert "1 person was told that the recording is up." in html


def test_r24_nobody_else_sees_or_stops_notices(client, meeting, amina, now):
    move(meeting, now)
    stranger = open_account("stranger@example.org", name="Stranger")
    other = make_group("Asia")
    ensure_access(other)
    appoint(make_person("Stranger", user=stranger), other, since=datetime.date(2025, 1, 1))
    client.force_login(stranger)
    assert client.get(screen(meeting)).status_code == 404
    assert client.post(screen(meeting), {"stop": "1"}).status_code == 404
    assert settle(now) == 1


def test_what_was_told_says_what_changed(client, chair, meeting, amina, now):
    publish(meeting, now, venue="Example Hall", mode="hybrid")
    settle(now)
    client.force_login(chair)
    with time_machine.travel(now + SETTLED, tick=False):
        html = client.get(screen(meeting)).content.decode()
    assert "Example Hall, and online" in html
    assert "Told" in html


# Taking an event off the site ---------------------------------------------------------------------


def test_before_an_event_goes_off_the_site_the_editor_learns_who_is_registered(
    client, secretary, meeting, amina, now
):
    client.force_login(secretary)
    url = reverse("wagtailadmin_pages:unpublish", args=[meeting.pk])
    with time_machine.travel(now, tick=False):
        client.force_login(secretary)
        html = client.get(url).content.decode()
        assert "1 person is registered and is not told that the page is gone." in html
        client.post(url)
    meeting.refresh_from_db()
    assert not meeting.live
    assert notices() == []


def test_many_pages_at_once_are_warned_of_as_one(client, secretary, meeting, amina, now):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    with time_machine.travel(now, tick=False):
        client.force_login(secretary)
        html = client.get(f"{url}?id={meeting.pk}").content.decode()
    assert "1 person is registered and is not told" in html


def test_an_event_for_which_nobody_is_registered_goes_without_a_warning(client, secretary, meeting):
    client.force_login(secretary)
    url = reverse("wagtailadmin_pages:unpublish", args=[meeting.pk])
    assert "is registered" not in client.get(url).content.decode()
