"""Load the whole demo."""

import datetime

from django.db import transaction
from django.utils import translation

from accounts.models import User
from home.actions import ensure_site
from taxonomy.actions import index_vocabularies, load_vocabularies

from .accounts import LOGINS
from .builders import (
    accounts,
    attendance,
    blog,
    events,
    institutions,
    knowledge,
    members,
    more_members,
    organising,
    pages,
    people,
    pictures,
    projects,
    registration,
    series,
    translations,
    working_groups,
    workplans,
)
from .loader import Loader

# Each may point only at what the ones before it have planted.
PLANTING = (
    people,
    accounts,
    pages,
    working_groups,
    projects,
    events,
    blog,
    knowledge,
    workplans,
    members,
    more_members,
    institutions,
    translations,
)
# Pictures come first, because a page is published with its picture.
WRITING = (pictures, *PLANTING, series)


def load_demo(now: datetime.datetime) -> Loader:
    """Add what is missing of the demo and return what it consists of.

    What exists is not touched, and a demo that was loaded before keeps its calendar, so that
    nothing appears a second time.
    """
    loader = _load_content(now)
    registration.write(loader)
    organising.write(loader)
    attendance.write(loader)
    return loader


@transaction.atomic
def _load_content(now: datetime.datetime) -> Loader:
    """Add everything but registrations. All or nothing: a load that breaks leaves no trace."""
    with translation.override("en"):
        load_vocabularies()
        index_vocabularies()
        loader = Loader(ensure_site(now), loaded_at() or now)
        for builder in PLANTING:
            builder.plant(loader)
        for builder in WRITING:
            builder.write(loader)
    return loader


def loaded_at() -> datetime.datetime | None:
    """Return when the demo was loaded first, even if editors have changed it since."""
    accounts_of_demo = User.objects.filter(email=LOGINS[0].email)
    return accounts_of_demo.values_list("date_joined", flat=True).first()
