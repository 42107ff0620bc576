"""Groups, their people, plans and projects for tests: the least that each needs."""

import datetime

from django.utils.text import slugify

from people.models import Person
from projects.models import ProjectIndexPage, ProjectPage
from tests.factories.content import make_person
from working_groups.models import Role, WorkingGroupIndexPage, WorkingGroupPage, WorkplanPage

SINCE = datetime.date(2024, 1, 1)


def make_group(title: str, *, short_name: str = "", **fields) -> WorkingGroupPage:
    """Return a live group, regional and active unless told otherwise."""
    index = WorkingGroupIndexPage.objects.get(locale__language_code="en")
    group = WorkingGroupPage(
        title=title,
        slug=slugify(title),
        short_name=short_name or title,
        **({"kind": "regional-group", "status": "active"} | fields),
    )
    return index.add_child(instance=group)


def appoint(
    person: Person | str,
    group: WorkingGroupPage,
    title: str = Role.Title.CO_CHAIR,
    *,
    since: datetime.date = SINCE,
    until: datetime.date | None = None,
) -> Role:
    """Put somebody into office."""
    person = make_person(person) if isinstance(person, str) else person
    return Role.objects.create(person=person, group=group, title=title, since=since, until=until)


def make_plan(group: WorkingGroupPage, year: int = 2026, **fields) -> WorkplanPage:
    """Return a live workplan of the group."""
    plan = WorkplanPage(title=f"Workplan {year}", slug=f"workplan-{year}", year=year, **fields)
    return group.add_child(instance=plan)


def make_project(title: str, **fields) -> ProjectPage:
    """Return a live project."""
    index = ProjectIndexPage.objects.get(locale__language_code="en")
    return index.add_child(instance=ProjectPage(title=title, slug=slugify(title), **fields))
