"""Members, the groups they joined, what they offered, and their requests about their data."""

from .interest import ExpressionOfInterest
from .member import GroupMembership, Level, Member
from .privacy import DataRequest

__all__ = ["DataRequest", "ExpressionOfInterest", "GroupMembership", "Level", "Member"]
