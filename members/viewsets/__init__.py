"""Lists of membership in the admin."""

from .offers import OfferAdmin
from .people import GroupMemberAdmin, MemberAdmin

__all__ = ["GroupMemberAdmin", "MemberAdmin", "OfferAdmin"]
