"""Meetings, webinars and what else is in the calendar."""

import datetime

from demo.files import store_document
from demo.loader import Loader
from demo.pdf import Imprint, make_pdf
from demo.reader import Text
from events.models import AgendaItem, EventDocument, EventPage, Speaker
from files.models import Licence

STATUSES = {
    "held": EventPage.Status.SCHEDULED,
    "scheduled": EventPage.Status.SCHEDULED,
    "save_the_date": EventPage.Status.SAVE_THE_DATE,
    "postponed": EventPage.Status.POSTPONED,
    "cancelled": EventPage.Status.CANCELLED,
}
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "pt": "Portuguese", "ar": "Arabic"}
# What a regional group’s meetings are about, whatever else is on the agenda.
SUBJECT_OF_ALL = "multilevel-governance"
# An announcement goes out this long before the event.
NOTICE_PERIOD = datetime.timedelta(weeks=6)


def plant(loader: Loader) -> None:
    """Make the events’ pages, below their group or below the calendar."""
    for item in loader.outline["events"]:
        page = _event(item, loader.texts("events")[item["id"]], loader)
        loader.tag(page, _tags(item, loader))
        loader.plant(item["id"], loader.pages[item["group"] or "events-index"], page)


def write(loader: Loader) -> None:
    """Write and publish the events."""
    for item, page in loader.fresh(loader.outline["events"]):
        text = loader.texts("events")[item["id"]]
        page.project = loader.page_or_none(item.get("project"))
        page.body = loader.body(loader.calendar.words(text.body, _day(item)), page.language)
        if item.get("notes"):
            page.documents = [_notes(page, text)]
        loader.publish(page, page.starts_on - NOTICE_PERIOD)


def _tags(item: dict, loader: Loader) -> dict:
    """Return what the event is about: what the outline says, else what its group is about."""
    if "regions" in item:
        return item
    groups = {group["id"]: group for group in loader.outline["working_groups"]}
    group = groups[item["group"]]
    return {"regions": group["regions"], "themes": group["themes"] or [SUBJECT_OF_ALL]}


def _event(item: dict, text: Text, loader: Loader) -> EventPage:
    start, end = (datetime.datetime.fromisoformat(item[name]) for name in ("start", "end"))
    language = item.get("written_in", "en")
    starts_on = loader.calendar.day(start.date())
    ends_on = starts_on + (end.date() - start.date())
    recording = item.get("recording", "")
    return EventPage(
        title=loader.calendar.words(text.front["title"], start.date(), language),
        slug=text.front["slug"],
        summary=loader.calendar.words(text.front["summary"], start.date(), language),
        kind=item["type"],
        language=language,
        starts_on=starts_on,
        start_time=start.time(),
        ends_on=ends_on if ends_on != starts_on else None,
        end_time=end.time(),
        time_zone=item["tz"],
        status=STATUSES[item["status"]],
        status_note=item.get("status_note", ""),
        mode=item["mode"],
        venue=item.get("venue", ""),
        interpretation=_languages(item),
        recording=recording,
        recording_url=_recording_url(item) if recording == "available" else "",
        recording_minutes=_minutes(start, end) if recording == "available" else None,
        agenda=[_agenda_item(item, row, loader) for row in text.front.get("agenda", [])],
        speakers=[
            Speaker(person=loader.people[person], sort_order=place)
            for place, person in enumerate(text.front.get("speakers", []))
        ],
    )


def _notes(page: EventPage, text: Text) -> EventDocument:
    """Return a PDF with the agenda and what was discussed."""
    agenda = "\n".join(f"{place}. {item.title}" for place, item in enumerate(page.agenda.all(), 1))
    document = store_document(
        make_pdf(
            f"# {page.title}\n\n## Agenda\n\n{agenda}\n\n## Notes\n\n{text.body}",
            Imprint(
                slug=page.slug,
                language=page.language,
                authors="",
                edition="",
                licence=Licence.CC_BY.label,
                published_on=page.starts_on,
            ),
        ),
        f"{page.slug}.pdf",
        title=page.title,
        language=page.language,
        licence=Licence.CC_BY,
    )
    return EventDocument(document=document, label="Agenda and notes")


def _agenda_item(item: dict, row: dict, loader: Loader) -> AgendaItem:
    person = loader.people.get(row["contributor"])
    has_recording = row.get("recording") and item.get("recording") == "available"
    return AgendaItem(
        title=row["title"],
        person=person,
        contributor_name="" if person else row["contributor"],
        recording_url=f"{_recording_url(item)}#item-{row['number']}" if has_recording else "",
        sort_order=row["number"],
    )


def _recording_url(item: dict) -> str:
    return f"https://example.org/recordings/{item['id']}"


def _minutes(start: datetime.datetime, end: datetime.datetime) -> int:
    return int((end - start).total_seconds() // 60)


def _languages(item: dict) -> str:
    """Return “English and French, with interpretation”; empty for a meeting in English only."""
    if item["languages"] == ["en"]:
        return ""
    *first, last = [LANGUAGES[code] for code in item["languages"]]
    words = f"{', '.join(first)} and {last}" if first else last
    return f"{words}, with interpretation" if item.get("interpretation") else words


def _day(item: dict) -> datetime.date:
    return datetime.datetime.fromisoformat(item["start"]).date()
