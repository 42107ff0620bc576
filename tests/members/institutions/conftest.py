"""An institution with its representative, and those who want something of it."""

import datetime

import pytest

from accounts.actions import open_account
from accounts.models import User
from members.institutions import working_there
from members.models import Member
from people.models import Organisation
from tests.factories.content import make_person
from tests.factories.groups import appoint, make_group
from tests.factories.institutions import make_institution
from tests.factories.members import make_member
from working_groups.actions import ensure_access, sync_rights

NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)


@pytest.fixture
def amina(home) -> Member:
    return make_member("amina@example.org", "Amina Mfano")


@pytest.fixture
def baraka(home) -> Member:
    return make_member("baraka@example.org", "Baraka Mfano")


@pytest.fixture
def chair(home) -> User:
    """The account of somebody who chairs a group."""
    group = make_group("Africa")
    ensure_access(group)
    person = make_person("Chair Sample", user=open_account("chair@example.org"))
    appoint(person, group)
    sync_rights(NOW.date())
    return person.user


@pytest.fixture
def lake(home) -> Organisation:
    return make_institution("Lake Institute")


@pytest.fixture
def speaker(lake) -> Member:
    """The member who speaks for the institution."""
    member = make_member("speaker@example.org", "Siku Mfano")
    working_there.appoint(member, lake, NOW)
    return member
