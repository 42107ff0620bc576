"""Other meetings for the same people at the same time."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from working_groups.listed import listed_group

from .models import EventPage

MOST = 5
AN_HOUR = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Audience:
    """For whom a meeting is: the people of a group, a region, a theme; by ids."""

    groups: Collection[int] = ()
    regions: Collection[int] = ()
    themes: Collection[int] = ()


def audience(page: Page, group_id: int | None) -> Audience:
    """Return the audience of a meeting, or of the meetings below a group’s page."""
    group = listed_group(group_id)
    ids = group.pks if group else [group_id] if group_id else []
    regions, themes = (
        [term.pk for term in getattr(page, name).all()] if hasattr(page, name) else []
        for name in ("regions", "themes")
    )
    return Audience(ids, regions, themes)


def clashing(
    starts_at: datetime.datetime,
    ends_at: datetime.datetime | None,
    who: Audience,
    *,
    apart_from: EventPage | None = None,
) -> list[EventPage]:
    """Return the published meetings at that time that share the group, a region or a theme."""
    same_people = (
        Q(group__in=who.groups)
        | Q(page_regions__tag__in=who.regions)
        | Q(page_themes__tag__in=who.themes)
    )
    events = EventPage.objects.live().taking_place().filter(alias_of__isnull=True)
    if apart_from is not None:
        events = events.exclude(translation_key=apart_from.translation_key)
    found = events.filter(same_people).between(starts_at, ends_at or starts_at + AN_HOUR)
    return list(found.distinct().only("title", "starts_at", "ends_at", "time_zone")[:MOST])
