"""What belongs to which working group, collected from the page types that point at groups.

A page belongs to a group by its own ``group``, or by a list of further groups; a group’s page
belongs to itself, and a person to the groups in which they hold or held an office.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from pages.models import SitePage
from working_groups.models import Role, WorkingGroupPage

from .page_types import page_types


@dataclass(frozen=True)
class Shared:
    """A list of further groups of a page type: the table behind it and its two columns."""

    model: type[SitePage]
    through: type
    page: str
    group: str

    def rows(self, pages) -> QuerySet:
        """Return the rows of these pages, without the group to which a page belongs anyway."""
        rows = self.through.objects.filter(**{f"{self.page}__in": pages})
        if self.model in owners():
            rows = rows.exclude(**{f"{self.page}__group": F(self.group)})
        return rows


def owners() -> list[type[SitePage]]:
    """Return the page types that have a group of their own."""
    return [model for model in page_types() if _has_group(model)]


def sharers() -> Iterator[Shared]:
    """Yield the lists of further groups that page types have."""
    for model in page_types():
        for field in model._meta.local_many_to_many:
            if field.related_model is WorkingGroupPage:
                yield Shared(
                    model,
                    field.remote_field.through,
                    field.m2m_field_name(),
                    field.m2m_reverse_field_name(),
                )


def belongs_to(group_ids: Sequence[int]) -> Q:
    """Return the condition under which a page belongs to one of the groups."""
    condition = Q(pk__in=group_ids)
    for model in owners():
        condition |= Q(pk__in=model.objects.filter(group__in=group_ids).order_by().values("pk"))
    for shared in sharers():
        rows = shared.through.objects.filter(**{f"{shared.group}__in": group_ids})
        condition |= Q(pk__in=rows.values(shared.page))
    return condition


def people_of(group_ids: Sequence[int]) -> QuerySet:
    """Return the ids of those who hold or held an office in one of the groups."""
    return Role.objects.filter(group__in=group_ids).order_by().values("person")


def own_groups(page_ids: Sequence[int]) -> dict[int, int]:
    """Return the group of each page that has one, a group’s own page included: one query."""
    parts = [
        model.objects.filter(pk__in=page_ids, group__isnull=False)
        .order_by()
        .values_list("pk", "group_id")
        for model in owners()
    ]
    groups = WorkingGroupPage.objects.filter(pk__in=page_ids).order_by()
    return dict(groups.values_list("pk", F("pk")).union(*parts, all=True))


def _has_group(model: type[SitePage]) -> bool:
    return any(
        field.name == "group" and field.related_model is WorkingGroupPage
        for field in model._meta.local_fields
    )
