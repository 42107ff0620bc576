"""Working groups: their pages, the people in office, their rights, their workplans."""

from .access import GroupAccess
from .approval import ApprovalTask
from .group_page import WorkingGroupIndexPage, WorkingGroupPage
from .group_work import GroupWork
from .role import Role
from .workplan import (
    BudgetLine,
    KnowledgeGap,
    OutreachActivity,
    PlannedMeeting,
    PlannedProduct,
    Stakeholder,
    WorkplanPage,
)

__all__ = [
    "ApprovalTask",
    "BudgetLine",
    "GroupAccess",
    "GroupWork",
    "KnowledgeGap",
    "OutreachActivity",
    "PlannedMeeting",
    "PlannedProduct",
    "Role",
    "Stakeholder",
    "WorkingGroupIndexPage",
    "WorkingGroupPage",
    "WorkplanPage",
]
