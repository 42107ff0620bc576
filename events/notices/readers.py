"""Whose mail it is, and whether it may still reach them."""

from events.models import Registration
from mail.models import Delivery

from . import rules


def registration_of(delivery: Delivery) -> Registration | None:
    """Return the registration to which a mail belongs, with the event and the contact."""
    rows = Registration.objects.select_related("event__locale", "contact")
    return rows.filter(pk=delivery.payload["registration"]).first()


def unreachable(registration: Registration | None) -> str:
    """Return why somebody hears nothing of an event any more, or an empty string."""
    if registration is None or registration.contact_id is None:
        return "erased"
    if registration.state not in rules.AUDIENCE:
        return f"meanwhile {registration.state}"
    return ""
