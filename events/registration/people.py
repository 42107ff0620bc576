"""Who registers. What only membership knows, an app above this one tells: it registers here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from mail.models import Contact
from taxonomy.models import Country
from working_groups.models import WorkingGroupPage


@dataclass(frozen=True)
class Who:
    """Somebody who registers. A guest is no user, and whose address it is, nobody knows yet."""

    contact: Contact
    name: str
    organisation: str = ""
    country: Country | None = None
    language: str = "en"
    time_zone: str = "UTC"
    user: User | None = None

    @property
    def is_member(self) -> bool:
        """Their address is confirmed and a member’s."""
        return self.user is not None


FindMember = Callable[[User], Who | None]
IsInGroup = Callable[[User, WorkingGroupPage], bool]
CountSectors = Callable[[QuerySet], Mapping[str, int]]


@dataclass
class _Membership:
    find: FindMember
    is_in_group: IsInGroup
    count_sectors: CountSectors


_membership = _Membership(
    find=lambda _user: None,
    is_in_group=lambda _user, _group: False,
    count_sectors=lambda _registrations: {},
)


def register(find: FindMember, is_in_group: IsInGroup, count_sectors: CountSectors) -> None:
    """Let an app that knows members say who somebody is, in which groups and sectors."""
    _membership.find, _membership.is_in_group = find, is_in_group
    _membership.count_sectors = count_sectors


def member(user) -> Who | None:
    """Return the member who is logged in; ``None`` for guests."""
    return _membership.find(user) if user.is_authenticated else None


def is_in_group(who: Who, group: WorkingGroupPage | None) -> bool:
    """Say whether a member is in a working group."""
    if who.user is None or group is None:
        return False
    return _membership.is_in_group(who.user, group)


def count_sectors(registrations: QuerySet) -> Mapping[str, int]:
    """Return in which sectors those registered work, as far as they are members and say so."""
    return _membership.count_sectors(registrations)
