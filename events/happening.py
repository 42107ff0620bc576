"""An event as structured data describes it."""

import datetime

from django.http import HttpRequest

from pages.metadata import absolute, image_url
from pages.models import SitePage
from pages.structured_data import Happening, Name

from . import times


def happening(
    event: SitePage, request: HttpRequest, previous_start: datetime.datetime | None = None
) -> Happening:
    """Return what ``pages.structured_data.event`` needs, with times on the event’s own clock."""
    zone, group = times.zone_of(event), event.group_label()
    return Happening(
        url=event.get_full_url(request) or "",
        title=event.title,
        language=event.language,
        starts_at=event.starts_at and event.starts_at.astimezone(zone),
        ends_at=event.ends_at and event.ends_at.astimezone(zone),
        mode=event.mode,
        status=event.status,
        summary=event.summary,
        venue=event.venue,
        speakers=[
            Name(
                speaker.shown_name,
                absolute(request, speaker.person.get_absolute_url())
                if speaker.person_id and speaker.person.is_public
                else "",
            )
            for speaker in event.all_speakers()
        ],
        image=absolute(request, image_url(event)),
        previous_start=previous_start and previous_start.astimezone(zone),
        organizer=Name(group.label, absolute(request, group.url)) if group else None,
        recording_url=event.recording_url if event.recording == "available" else "",
    )
