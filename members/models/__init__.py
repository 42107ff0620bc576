"""Members, their groups, offers and institutions; what is new for them; lists and requests."""

from .institution import Affiliation, Application, PageChange
from .interest import ExpressionOfInterest
from .member import GroupMembership, Level, Member
from .privacy import DataRequest
from .transfer import FormerAddress, ImportFile, ImportRow, MemberImport, TwoPeople
from .updates import DigestRun, Item, ItemTopic, UpdatesStart

__all__ = [
    "Affiliation",
    "Application",
    "DataRequest",
    "DigestRun",
    "ExpressionOfInterest",
    "FormerAddress",
    "GroupMembership",
    "ImportFile",
    "ImportRow",
    "Item",
    "ItemTopic",
    "Level",
    "Member",
    "MemberImport",
    "PageChange",
    "TwoPeople",
    "UpdatesStart",
]
