"""Institutions and their people for tests."""

import datetime

from members.institutions import applying
from members.models import Affiliation, Application, Member
from people.models import Organisation

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)


def make_institution(name: str = "Lake Institute", **fields) -> Organisation:
    """Return an institution that is a member."""
    facts = {"kind": Organisation.Kind.INSTITUTION, "member_since": NOW.date()}
    return Organisation.objects.create(name=name, **facts | fields)


def apply_for(member: Member, name: str = "Lake Institute", **fields) -> Application:
    """Let a member apply for an institution."""
    facts = {"about": "Counts fish and budgets.", "position": "Head of research"}
    application = Application(applicant=member, name=name, **facts | fields)
    return applying.apply(application, NOW)


def make_staff(member: Member, institution: Organisation, **fields) -> Affiliation:
    """Return the confirmed term of a member who works for an institution."""
    facts = {"state": Affiliation.State.CONFIRMED, "since": NOW.date()}
    return Affiliation.objects.create(member=member, organisation=institution, **facts | fields)
