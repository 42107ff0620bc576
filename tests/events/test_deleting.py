"""Nobody’s registration is lost because somebody deletes a page."""

import datetime

import pytest
from django.urls import reverse

from events.models import EventPage, Registration
from events.registration import actions
from tests.factories.events import make_event
from tests.factories.groups import make_group
from tests.factories.registration import make_seats, take

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def meeting(home, now):
    """A meeting of a group, for which somebody is registered."""
    event = make_event("Open meeting", now + 9 * DAY, parent=make_group("Africa"))
    make_seats(event)
    take(event, "Amina", now)
    return event


def one_by_one(page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def in_bulk(page) -> str:
    return f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}"


@pytest.mark.parametrize("address", [one_by_one, in_bulk])
@pytest.mark.parametrize("above", [False, True])
def test_an_event_with_registrations_is_not_deleted(admin_client, meeting, address, above):
    page = meeting.get_parent() if above else meeting
    answer = admin_client.post(address(page), follow=True)
    assert "People are registered for “Open meeting”" in answer.text
    assert EventPage.objects.filter(pk=meeting.pk).exists()
    assert Registration.objects.get().state == "confirmed"


@pytest.mark.parametrize("address", [one_by_one, in_bulk])
def test_an_event_that_nobody_is_registered_for_any_more_is(admin_client, meeting, address, now):
    actions.cancel(Registration.objects.get(), None, "", now)
    admin_client.post(address(meeting))
    assert not EventPage.objects.filter(pk=meeting.pk).exists()
