"""Whether a mail may still reach its reader, and when it may after all."""

import datetime

from django.db.models import QuerySet

from events.models import Registration
from mail.models import Delivery, DeliveryState

from . import rules
from .keys import WITHDRAWN


def unreachable(registration: Registration | None) -> str:
    """Return why somebody hears nothing of an event any more, or an empty string."""
    if registration is None or registration.contact_id is None:
        return "erased"
    if registration.state not in rules.AUDIENCE:
        return f"meanwhile {registration.state}"
    return ""


def let_go_again(
    purpose: str, registrations: QuerySet[Registration], now: datetime.datetime
) -> int:
    """Let mails go that were held back while their page was off the site, and it is back.

    ``registrations`` are those whose event is on the site again. Return how many mails.
    """
    held = Delivery.objects.filter(purpose=purpose, state=DeliveryState.SKIPPED, error=WITHDRAWN)
    found = list(held.values_list("pk", "payload__registration"))
    if not found:
        return 0
    back = registrations.filter(pk__in={registration for _pk, registration in found})
    known = set(back.values_list("pk", flat=True))
    again = held.filter(pk__in=[pk for pk, registration in found if registration in known])
    return again.update(state=DeliveryState.QUEUED, due_at=now, error="")
