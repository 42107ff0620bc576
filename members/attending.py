"""What membership tells registration for events: who somebody is, and in which groups."""

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import User
from events.models import Registration
from events.registration import people
from events.registration.people import Who
from members.models import GroupMembership, Member
from taxonomy.models import Sector
from working_groups.models import WorkingGroupPage

KNOWN = ("name", "affiliation", "contact", "country__slug")


def register() -> None:
    """Let registration ask this module."""
    people.register(find=who, is_in_group=is_in_group, count_sectors=count_sectors)


def who(user: User) -> Who | None:
    """Return a member as registration knows people; ``None`` for an account that did not join."""
    members = Member.objects.select_related("contact", "country").only(*KNOWN)
    member = members.filter(user=user.pk).first()
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


def count_sectors(registrations: QuerySet[Registration]) -> dict[str, int]:
    """Return how many registrations are of members who work in each sector."""
    members = Member.objects.filter(contact=OuterRef("contact"), sectors__isnull=False)
    known = registrations.filter(Exists(members)).order_by()
    rows = known.values_list("contact__member__sectors").annotate(number=Count("pk"))
    labels = {sector.pk: sector.label for sector in Sector.objects.all()}
    return {labels[pk]: number for pk, number in rows}
