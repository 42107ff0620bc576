"""Making drafts of meetings: those of a series, and one more like the last."""

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log

from events.models import EventPage, Occurrence, Series
from events.reminders.actions import take_along
from working_groups.prefill import fill_in

from .planning import Hours, hours, plan

# What belongs to the meeting that was held and not to the next one.
AFTERWARDS = {
    "recording": EventPage.Recording.UNDECIDED,
    "recording_url": "",
    "recording_minutes": None,
    "transcript": None,
    "status": EventPage.Status.SCHEDULED,
    "status_note": "",
}


@transaction.atomic
def make_drafts(series: Series, by: AbstractBaseUser) -> list[EventPage]:
    """Make a draft for every day of a series that has none, and return the new ones.

    Days that were made before, and days whose hour does not exist, are passed over, so it may be
    called as often as one likes. The rows are taken before the pages are made: of two who ask at
    once, one makes them.
    """
    made = []
    for planned in plan(series):
        if planned.is_new and (occurrence := _take(series, planned.day)):
            occurrence.event = _draft(series, planned.day, by)
            occurrence.save(update_fields=["event"])
            made.append(occurrence.event)
    return made


@transaction.atomic
def make_another(
    event: EventPage, starts_on: datetime.date, when: Hours, by: AbstractBaseUser
) -> EventPage:
    """Return a draft like a meeting, on another day: with its agenda, place, zone and people.

    Nothing that came of the meeting is in it: no recording, no papers. Who registered stays with
    the meeting, in tables that no copy takes along, and calendars get a name of its own. Its
    reminders come along switched off.
    """
    copy = event.copy(
        copy_revisions=False,
        keep_live=False,
        user=by,
        update_attrs={
            "slug": _free_slug(event.get_parent(), event.title, starts_on),
            "starts_on": starts_on,
            "start_time": when.start,
            "ends_on": when.last_day(starts_on),
            "end_time": when.end,
            "fold": when.fold,
            **AFTERWARDS,
        },
    )
    page = EventPage.objects.get(pk=copy.pk)
    page.owner = by
    page.documents.clear()
    agenda = list(page.agenda.all())
    for item in agenda:
        item.recording_url = ""
    page.agenda.set(agenda)
    page.first_published_at = page.last_published_at = None
    page.save()
    page.save_revision(user=by)
    take_along(event, page)
    return page


def _take(series: Series, day: datetime.date) -> Occurrence | None:
    occurrence, is_new = Occurrence.objects.get_or_create(series=series, planned_on=day)
    return occurrence if is_new else None


def _draft(series: Series, day: datetime.date, by: AbstractBaseUser) -> EventPage:
    parent = series.parent.specific
    page = EventPage(
        title=series.title,
        slug=_free_slug(parent, series.title, day),
        summary=series.summary,
        kind=series.kind,
        starts_on=day,
        start_time=series.start_time,
        ends_on=hours(series).last_day(day),
        end_time=series.end_time,
        mode=series.mode,
        venue=series.venue,
        owner=by,
        live=False,
        has_unpublished_changes=True,
    )
    fill_in(page, parent)
    page.time_zone, page.fold = series.time_zone, series.fold
    parent.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=by)
    page.save_revision(user=by)
    return page


def _free_slug(parent, title: str, day: datetime.date) -> str:
    """Return an address that says of which day the meeting is."""
    stem = f"{slugify(title, allow_unicode=True)[:200] or 'meeting'}-{day.isoformat()}"
    taken = set(parent.get_children().filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
