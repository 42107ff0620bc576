"""What a signed-in person is offered on their account page."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import User


@dataclass(frozen=True)
class AccountLink:
    """One offer: where it leads, what it is called and, if need be, a sentence about it."""

    label: str
    url: str
    text: str = ""


def for_user(user: User, on: datetime.date) -> list[AccountLink]:
    """Return the links that this person may follow."""
    return [*editing(user), *own_groups(user, on)]


def editing(user: User) -> list[AccountLink]:
    """Return the way to the admin for those who may enter it."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return []
    return [
        AccountLink(
            _("Write and edit"),
            reverse("wagtailadmin_home"),
            _("Posts, meetings and pages; what waits for you."),
        )
    ]


def own_groups(user: User, on: datetime.date) -> list[AccountLink]:
    """Return the page of each group in which the person of this account holds an office."""
    person = getattr(user, "person", None)
    if person is None:
        return []
    roles = person.roles.in_office(on).select_related("group").order_by("group__path", "title")
    return [
        AccountLink(role.group.title, role.group.url, role.get_title_display())
        for role in roles
        if role.group.live
    ]
