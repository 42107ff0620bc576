"""What we write to somebody who was given a role at an event."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from events import times
from events.models import EventRole
from events.registration.mail import version_of
from mail.message import Message, compose


def role_given(role: EventRole) -> Message:
    """Return the mail that says what somebody may do now, and where."""
    user = role.user
    with override(user.language):
        event = version_of(role.event, user.language)
        zone = times.zone_named(user.time_zone) if user.time_zone else None
        context = {
            "name": user.name or user.email,
            "role": role.get_role_display(),
            "checks_in": role.role == EventRole.Role.CHECK_IN,
            "event": event,
            "times": times.times(event, zone),
            "event_url": event.full_url,
            "url": f"{settings.SITE_ADDRESS.rstrip('/')}{_place_of_work(role)}",
        }
    return compose(
        "events/role_given",
        key=f"role_given:{role.pk}:{role.given_at:%Y%m%d%H%M%S%f}",
        recipient=user.email,
        language=user.language,
        context=context,
    )


def _place_of_work(role: EventRole) -> str:
    """Return where somebody does what they were asked to: at the list, or in the admin."""
    if role.role == EventRole.Role.CHECK_IN:
        return reverse("event_attendance", args=[role.event_id])
    return reverse("wagtailadmin_home")
