"""Who is looking, and how they stand to a member."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from members.access import chaired_groups
from members.models import GroupMembership, Member
from working_groups.access import is_secretariat
from working_groups.listed import listed_groups

from .rules import Standing


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at the directory.

    ``groups`` are the ids, in all languages, of the groups whose members are peers: the groups
    that a member has joined, and those that somebody chairs.
    """

    is_member: bool = False
    groups: frozenset[int] = frozenset()

    @property
    def standing(self) -> Standing:
        """How the viewer stands to a member with whom they share no group."""
        return Standing.MEMBER if self.is_member else Standing.STRANGER

    def standing_to(self, member: Member) -> Standing:
        """Return how the viewer stands to a member, without a query for one from the directory."""
        if not self.groups:
            return self.standing
        is_peer = getattr(member, "is_peer", None)
        if is_peer is None:
            is_peer = member.memberships.filter(group__in=self.groups).exists()
        return Standing.PEER if is_peer else self.standing


STRANGER = Viewer()


def viewer_of(user: AbstractBaseUser | AnonymousUser, today: datetime.date) -> Viewer:
    """Return the viewer behind an account: two queries, none for strangers.

    The secretariat and co-chairs in office see what members see, whether they have joined or not.
    """
    if not user.is_authenticated:
        return STRANGER
    joined = GroupMembership.objects.filter(member__user=user).order_by().values_list("group")
    groups = {pk for (pk,) in joined.union(chaired_groups(user, today))}
    is_member = bool(groups) or Member.objects.filter(user=user).exists() or is_secretariat(user)
    return Viewer(is_member=is_member, groups=_in_all_languages(groups))


def _in_all_languages(pks: set[int]) -> frozenset[int]:
    versions = (set(group.pks) for group in listed_groups())
    return frozenset(pks.union(*(each for each in versions if each & pks)))
