"""What members may do and see. No database, no clock, no Django."""

import datetime
from collections.abc import Collection, Mapping

HIDDEN, GROUPS, MEMBERS, PUBLIC = "hidden", "groups", "members", "public"
LEVELS = (HIDDEN, GROUPS, MEMBERS, PUBLIC)
UNDO = datetime.timedelta(days=14)
FIRST_HOUR = 8  # digests arrive at eight in the morning of the member


def viewer_level(*, signed_in_member: bool, shares_a_group: bool) -> str:
    """Return the strictest level that this viewer sees: a peer most, a stranger least."""
    if shares_a_group:
        return GROUPS
    return MEMBERS if signed_in_member else PUBLIC


def is_visible(level: str, to: str) -> bool:
    """Return whether what is shown at ``level`` may be seen by a viewer of level ``to``."""
    return level != HIDDEN and LEVELS.index(level) >= LEVELS.index(to)


def visible_fields(
    level: str, field_levels: Mapping[str, str], fields: Collection[str], to: str
) -> set[str]:
    """Return which fields a viewer sees: never more than the member as a whole shows."""
    if not is_visible(level, to):
        return set()
    return {name for name in fields if is_visible(field_levels.get(name, level), to)}


def erased_at(asked_at: datetime.datetime) -> datetime.datetime:
    """Return when a member who asked to be erased is; until then they may change their mind."""
    return asked_at + UNDO
