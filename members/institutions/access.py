"""Who may do what for an institution: its representatives, and the secretariat for all."""

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from accounts.models import User
from members.models import Affiliation
from people.models import Organisation
from working_groups.access import is_secretariat


def represents(user: AbstractBaseUser, organisation: Organisation, on: datetime.date) -> bool:
    """Say whether somebody speaks for an institution on this day."""
    return representing(user, on).filter(organisation=organisation.pk).exists()


def representing(user: AbstractBaseUser, on: datetime.date) -> QuerySet[Affiliation]:
    """Return the terms in which somebody speaks for institutions on this day."""
    return Affiliation.objects.representing(on).filter(member__user=user.pk)


def may_manage(user: AbstractBaseUser, organisation: Organisation, on: datetime.date) -> bool:
    """Say whether somebody decides who works for an institution: a right that ends with the term.

    The secretariat may too, for institutions that have lost their representatives.
    """
    return is_secretariat(user) or represents(user, organisation, on)


def representatives(organisation: Organisation, on: datetime.date) -> QuerySet[User]:
    """Return the accounts of those who speak for an institution."""
    terms = Affiliation.objects.representing(on).filter(organisation=organisation.pk)
    return User.objects.filter(member__affiliations__in=terms, is_active=True).order_by("pk")
