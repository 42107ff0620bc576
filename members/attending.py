"""What membership tells registration for events: who somebody is, and in which groups."""

from accounts.models import User
from events.registration import people
from events.registration.people import Who
from members.models import GroupMembership, Member
from working_groups.models import WorkingGroupPage


def register() -> None:
    """Let registration ask this module."""
    people.register(find=who, is_in_group=is_in_group)


def who(user: User) -> Who | None:
    """Return a member as registration knows people; ``None`` for an account that did not join."""
    members = Member.objects.select_related("contact", "country").filter(user=user.pk)
    member = members.first()
    if member is None:
        return None
    return Who(
        contact=member.contact,
        name=member.name,
        organisation=member.affiliation,
        country=member.country,
        language=member.contact.language,
        time_zone=member.contact.time_zone,
        user=user,
    )


def is_in_group(user: User, group: WorkingGroupPage) -> bool:
    """Say whether a member is in a group, by the page of the group in any language."""
    memberships = GroupMembership.objects.filter(member__user=user.pk)
    return memberships.filter(group__translation_key=group.translation_key).exists()
