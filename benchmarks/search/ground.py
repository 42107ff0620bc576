"""A small site on which the documents of the benchmark stand: groups and people, no content."""

from django.utils import timezone

from home.actions import ensure_site, publish
from people.models import Person
from taxonomy.actions import index_vocabularies
from working_groups.models import WorkingGroupIndexPage, WorkingGroupPage

GROUPS = 12
PEOPLE = 60


def lay() -> None:
    """Make what menus, facets and filters name."""
    now = timezone.now()
    ensure_site(now)
    index_vocabularies()
    index = WorkingGroupIndexPage.objects.get(locale__language_code="en")
    for number in range(GROUPS):
        group = WorkingGroupPage(
            title=f"Group {number}",
            slug=f"group-{number}",
            short_name=f"G{number}",
            kind="regional-group",
            status="active",
        )
        publish(index.add_child(instance=group), now)
    Person.objects.bulk_create(
        Person(name=f"Person {number}", slug=f"person-{number}") for number in range(PEOPLE)
    )
