"""Members, their institutions and wishes, and what is told to whom."""

from .institution import Affiliation, Application
from .interest import ExpressionOfInterest
from .member import GroupMembership, Member
from .privacy import DataRequest, ExportLog
from .transfer import MemberImport
from .updates import DigestRun, Item, ItemTopic

__all__ = [
    "Affiliation",
    "Application",
    "DataRequest",
    "DigestRun",
    "ExportLog",
    "ExpressionOfInterest",
    "GroupMembership",
    "Item",
    "ItemTopic",
    "Member",
    "MemberImport",
]
