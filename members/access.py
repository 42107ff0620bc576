"""Who looks after what: the secretariat after all, co-chairs in office after their groups."""

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from accounts.models import User
from working_groups.models import Role
from working_groups.permissions import SECRETARIAT


def secretariat() -> QuerySet[User]:
    """Return the accounts of those who read what nobody else is there to answer."""
    return User.objects.filter(groups__name=SECRETARIAT, is_active=True).order_by("pk")


def chaired_groups(user: AbstractBaseUser, on: datetime.date) -> QuerySet:
    """Return the ids of the groups that somebody chairs on this day, as rows of one column."""
    own = Role.objects.in_office(on).filter(person__user=user.pk, title=Role.Title.CO_CHAIR)
    return own.order_by().values_list("group")
