"""What members change about themselves."""

import datetime
from collections.abc import Collection

from django.db import transaction

from members.models import Member
from working_groups.models import WorkingGroupPage

from . import joining


@transaction.atomic
def choose_groups(member: Member, slugs: Collection[str], now: datetime.datetime) -> int:
    """Put a member on exactly these groups’ lists; return how many memberships have changed."""
    groups = WorkingGroupPage.objects.filter(locale__language_code="en", live=True)
    joined = set(member.memberships.values_list("group", flat=True))
    changed = 0
    for group in groups:
        if group.slug in slugs and group.pk not in joined:
            changed += joining.join_group(member, group, now)
        elif group.slug not in slugs and group.pk in joined:
            changed += joining.leave_group(member, group)
    return changed


@transaction.atomic
def save_profile(member: Member) -> None:
    """Keep account and contact in step with the name that a member changed."""
    member.user.name = member.contact.name = member.name
    member.user.save(update_fields=["name"])
    member.contact.save(update_fields=["name"])
