"""Authors with the offices that they hold in working groups."""

import datetime
from collections import defaultdict

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst

from pages.models import SitePage
from pages.portraits import PersonLine, person_line
from people.rules import initials

from .listed import group_label
from .models import Role


def author_lines(page: SitePage, today: datetime.date) -> list[PersonLine]:
    """Return one line for each author of a page: with a portrait and offices, or just a name."""
    authors = page.authors()
    people = [author.person for author in authors if author.person_id]
    prefetch_related_objects([person.photo for person in people if person.photo], "renditions")
    offices = _offices([person.pk for person in people], today)
    return [
        person_line(author.person, role=" · ".join(offices[author.person_id]))
        if author.person_id
        else PersonLine(name=author.name, initials=initials(author.name))
        for author in authors
    ]


def _offices(pks: list[int], today: datetime.date) -> dict[int, list[str]]:
    """Return what each person is in which group today, the earliest office first."""
    offices: dict[int, list[str]] = defaultdict(list)
    if not pks:
        return offices
    roles = Role.objects.filter(person__in=pks).in_office(today)
    for role in roles.exclude(title=Role.Title.CORE_MEMBER).order_by("since", "pk"):
        group = group_label(role.group_id)
        title = capfirst(role.get_title_display())
        offices[role.person_id].append(f"{title}, {group.label}" if group else title)
    return offices
