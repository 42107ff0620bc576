"""R25: what is left of the registrations of somebody who was forgotten."""

import pytest
from django.apps import apps
from django.db import models

from events.models import Registration
from events.registration import actions
from events.registration.actions.privacy import collected, forget
from members.actions.privacy import erase
from members.attending import who
from tests.factories.members import make_member
from tests.factories.registration import assert_in_order, make_seats, take

pytestmark = pytest.mark.django_db


def columns_with(text: str) -> list[str]:
    """Return every column of ours that holds a text."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                for value in model._base_manager.values_list(field.name, flat=True):
                    if value and text.lower() in str(value).lower():
                        found.append(f"{model.__name__}.{field.name}")
    return found


def test_r25_a_member_who_is_erased_leaves_event_state_and_country_and_a_free_seat(event, now):
    make_seats(event, 1)
    member = make_member("amina@example.org", "Amina Mfano")
    registration = actions.register(event.pk, who(member.user), actions.Asked(), now).registration
    waiting = take(event, "Baraka", now)
    assert collected(member.contact)[0]["event"] == "Open meeting"
    erase(member, now)
    waiting.refresh_from_db()
    left = Registration.objects.get(pk=registration.pk)
    assert (left.event, left.state, left.contact, left.user, left.name) == (
        event,
        "cancelled",
        None,
        None,
        "",
    )
    assert waiting.state == "confirmed"
    assert_in_order(event)
    assert columns_with("amina@example.org") == []
    assert columns_with("Amina Mfano") == []


def test_r25_forgetting_tells_nobody_and_twice_changes_nothing(event, now, planned_for):
    make_seats(event, 1)
    row = take(event, "Amina", now)
    contact = row.contact
    assert forget(contact, now) == 1
    assert forget(contact, now) == 0
    assert planned_for("amina@example.org") == []
