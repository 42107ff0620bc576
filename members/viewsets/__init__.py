"""Lists of membership in the admin."""

from .membership import MembershipGroup
from .offers import OfferAdmin
from .people import GroupMemberAdmin

__all__ = ["GroupMemberAdmin", "MembershipGroup", "OfferAdmin"]
