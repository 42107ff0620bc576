"""An event as structured data describes it."""

from django.http import HttpRequest

from pages.metadata import absolute, image_url
from pages.models import SitePage
from pages.structured_data import Happening, Name


def happening(event: SitePage, request: HttpRequest) -> Happening:
    """Return what ``pages.structured_data.event`` needs."""
    return Happening(
        url=event.get_full_url(request) or "",
        title=event.title,
        language=event.language,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
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
        recording_url=event.recording_url if event.recording == "available" else "",
    )
