"""What is kept about a member in the matters of institutions: to take along, and to forget."""

import datetime
from typing import Any

from django.db import transaction

from mail.models import Delivery
from members.mail import keys_begin
from members.models import Application, Member

from . import mail, working_there

State = Application.State


def collected(member: Member) -> dict[str, Any]:
    """Return the applications, affiliations and changes of pages of a member."""
    decided = ("state", "submitted_at", "decided_at", "reason")
    return {
        "applications": list(
            member.applications.values(
                *("name", "acronym", "country__slug", "url", "about", "position"), *decided
            )
        ),
        "institutions": list(
            member.affiliations.values("organisation__name", "title", "state", "since", "until")
        ),
        "changes_of_pages": list(
            member.page_changes.values("organisation__name", "about", "url", *decided)
        ),
    }


@transaction.atomic
def forget(member: Member, now: datetime.datetime) -> None:
    """End what a member is at institutions, and take them out of what is kept there (R25).

    What an institution said of itself stays, as its membership does; an application that made
    nobody a member goes.
    """
    working_there.end_all(member, now)
    Delivery.objects.filter(keys_begin(mail.keys_about(member))).delete()
    member.applications.exclude(state=State.APPROVED).delete()
    member.applications.update(position="", reason="")
    member.page_changes.update(reason="")
