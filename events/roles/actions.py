"""Giving somebody a role at one event, and taking it back; the rights in the admin follow."""

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.log_actions import log

from accounts.actions import open_account
from accounts.models import User
from events.models import EventPage, EventRole
from mail import outbox
from working_groups import permissions
from working_groups.actions import ensure_helpers

from . import mail as letters

Role = EventRole.Role
USER_GROUPS = {
    Role.HOST: permissions.HOSTS,
    Role.CO_HOST: permissions.HOSTS,
    Role.CHECK_IN: permissions.CHECK_IN,
}
GIVEN, TAKEN = "events.role_given", "events.role_taken"


@transaction.atomic
def give(
    event: EventPage, who: tuple[str, str], role: Role | str, by: User, now: datetime.datetime
) -> EventRole:
    """Give somebody a role at an event, in place of the one they may have there, and tell them.

    ``who`` is an e-mail address and a name. Whoever has no account gets one, so that nobody learns
    here which addresses have one (R20). ``event`` is the page that holds the registrations.
    """
    email, name = who
    user = User.objects.filter(email__iexact=email).first() or open_account(email, name=name)
    given, _is_new = EventRole.objects.update_or_create(
        event=event, user=user, defaults={"role": role, "given_by": by, "given_at": now}
    )
    follow([user.pk])
    log(instance=event, action=GIVEN, user=by, data={"account": user.pk, "role": given.role})
    outbox.send(letters.role_given(given))
    return given


@transaction.atomic
def take(role: EventRole, by: User) -> None:
    """Take a role back; the rights that hung on it end at once."""
    log(
        instance=role.event,
        action=TAKEN,
        user=by,
        data={"account": role.user_id, "role": role.role},
    )
    role.delete()
    follow([role.user_id])


def follow(users: Iterable[int]) -> None:
    """Let the rights in the admin follow from the roles that these accounts have now."""
    groups = ensure_helpers()
    wanted = {
        (groups[USER_GROUPS[role]].pk, user)
        for user, role in EventRole.objects.filter(user__in=users).values_list("user", "role")
    }
    membership = Group.user_set.through
    rows = membership.objects.filter(
        user_id__in=users, group_id__in=[group.pk for group in groups.values()]
    )
    present = {(row.group_id, row.user_id): row.pk for row in rows}
    ended = [pk for pair, pk in present.items() if pair not in wanted]
    membership.objects.filter(pk__in=ended).delete()
    membership.objects.bulk_create(
        (
            membership(group_id=group, user_id=user)
            for group, user in sorted(wanted - present.keys())
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def end(rows: list[EventRole], now: datetime.datetime) -> None:
    """End roles whose event is long over; rights that nobody needs are taken away."""
    EventRole.objects.filter(pk__in=[row.pk for row in rows]).delete()
    follow([row.user_id for row in rows])
