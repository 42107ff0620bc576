"""Authors with the offices that they hold in working groups."""

import datetime
from collections import defaultdict

from django.utils.text import capfirst

from pages.models import SitePage
from pages.portraits import PersonLine, person_line
from people.models import Person
from people.rules import initials

from .models import Role


def author_lines(page: SitePage, today: datetime.date) -> list[PersonLine]:
    """Return one line for each author of a page: with a portrait and offices, or just a name."""
    authors = list(page.page_authors.all())
    pks = [author.person_id for author in authors if author.person_id]
    people = Person.objects.with_public_face().in_bulk(pks)
    offices = defaultdict(list)
    roles = Role.objects.filter(person__in=pks).in_office(today).select_related("group")
    for role in roles.exclude(title=Role.Title.CORE_MEMBER).order_by("since"):
        title = f"{capfirst(role.get_title_display())}, {role.group.short_name}"
        offices[role.person_id].append(title)
    return [
        person_line(people[author.person_id], role=" · ".join(offices[author.person_id]))
        if author.person_id
        else PersonLine(name=author.name, initials=initials(author.name))
        for author in authors
    ]
