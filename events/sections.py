"""What the page of an event shows, before it is held and ever after."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.preferences import reader_zone
from files.downloads import DownloadLine, download_line
from pages.card_lists import lists, whole
from pages.cards import Label
from pages.facts import Fact, PageLink, fact_of_link, page_link, stated
from pages.models import SitePage
from pages.portraits import PersonLine, person_line
from pages.remembered import remembered_unless_preview
from pages.term_labels import own_term_labels, term_labels
from people.rules import initials
from taxonomy.models import Region
from working_groups.listed import contact_address

from . import cities, times
from .lines import where
from .listing import time_zone_switch
from .registration import doors
from .rules import Phase

RELATED = 3


@dataclass(frozen=True)
class AgendaLine:
    """One item of ``components/agenda.html``."""

    title: str
    language: str
    contributor: str
    contributor_url: str
    recording_url: str
    recording_label: str


@dataclass(frozen=True)
class Facts:
    """What the database knows of an event, whatever the hour and the reader’s zone."""

    labels: list[Label]
    audience: tuple[str, ...]
    agenda: list[AgendaLine]
    people: list[PersonLine]
    documents: list[DownloadLine]
    transcript: DownloadLine | None
    group: Label | None
    project: PageLink | None
    series: PageLink | None
    contact_email: str


def context(event, request: HttpRequest, now: datetime.datetime) -> dict:
    """Return what ``events/event_page.html`` shows."""
    facts = remembered_unless_preview(request, event, "event", lambda: collect(event))
    zone = reader_zone(request)
    phase = times.phase(event, now)
    around = lists(f"event:{event.pk}:around", lambda: _around(event, now), request)
    return {
        "phase": phase.value,
        "is_over": phase.is_over,
        "state": times.state(event, now),
        "facts": facts,
        "notice": _notice(event, phase),
        "next_step": _next_step(event, facts, phase, zone, now),
        "meta": "" if phase.is_ahead else _day(event, zone),
        "when_title": _("When it was held") if phase.is_over else _("When it was planned"),
        "when": [] if phase.is_ahead else times.times(event, zone),
        "elsewhere": times.elsewhere(event, facts.audience) if phase.is_ahead else [],
        "beside": _beside(event, facts),
        "recaps": around["recaps"],
        "related": around["related"],
        "time_zone_switch": time_zone_switch(request, now) if phase.is_ahead else None,
        "device_time": event.starts_at if phase.is_ahead and zone is None else None,
    }


# What stands in the database ---------------------------------------------------------------------


def collect(event) -> Facts:
    """Read everything around an event; the number of queries depends on nothing it holds."""
    labels = own_term_labels(event)
    return Facts(
        labels=labels,
        audience=_audience(event, labels),
        agenda=[_agenda_line(item, event) for item in _children(event.agenda, "person")],
        people=_people(event),
        documents=[
            download_line(line.document, line.label)
            for line in _children(event.documents, "document")
        ],
        transcript=_transcript(event),
        group=event.group_label(),
        project=page_link(event.project),
        series=_series(event),
        contact_email=contact_address(event.group_id),
    )


def _children(manager, *related: str) -> list:
    """Return the lines of an inline panel, also of a draft that is not saved yet."""
    return list(manager.select_related(*related))


def _audience(event, labels: list[Label]) -> tuple[str, ...]:
    """Return the zones of the audience: by the regions, the countries or the group of an event."""
    regions = [label.slug for label in labels if label.kind == "region"]
    countries = [label.slug for label in labels if label.kind == "country"]
    if countries and not regions:
        found = Region.objects.filter(countries__slug__in=countries).distinct()
        regions = list(found.values_list("slug", flat=True))
    if event.group_id and not regions:
        of_group = term_labels([event.group_id], ("region",))[event.group_id]
        regions = [label.slug for label in of_group]
    return cities.audience(regions)


def _agenda_line(item, event) -> AgendaLine:
    person = item.person
    return AgendaLine(
        title=item.title,
        language=event.language,
        contributor=person.name if person else item.contributor_name,
        contributor_url=person.get_absolute_url() if person and person.is_public else "",
        recording_url=item.recording_url,
        recording_label=_("Watch this item"),
    )


def _people(event) -> list[PersonLine]:
    speakers = event.all_speakers()
    photos = [each.person.photo for each in speakers if each.person and each.person.photo]
    prefetch_related_objects(photos, "renditions")
    return [_speaker_line(each) for each in speakers]


def _speaker_line(speaker) -> PersonLine:
    if speaker.person:
        return person_line(speaker.person, speaker.part)
    return PersonLine(
        name=speaker.name,
        initials=initials(speaker.name),
        role=speaker.part,
        affiliation=speaker.affiliation,
    )


def _series(event) -> PageLink | None:
    """Return the way to the series of which this meeting is one, on its page in any language."""
    noted = event.noted()
    if noted.series_id is None:
        return None
    url = reverse("event_series_page", args=[noted.series_id])
    return PageLink(noted.series_title, url, event.language)


def _transcript(event) -> DownloadLine | None:
    if event.transcript is None:
        return None
    return download_line(event.transcript, _("Captions or transcript"))


# What depends on the hour ------------------------------------------------------------------------


def _around(event, now: datetime.datetime) -> dict[str, list[SitePage]]:
    """Return the posts about an event, and other events of its group or, without one, its kind.

    The next events come first; a group that plans nothing shows what it held.
    """
    others = type(event).objects.for_reader_now().taking_place().exclude(pk=event.pk)
    others = others.filter(group_id=event.group_id)
    recaps = event.posts_about.for_reader_now().newest() if event.pk else None
    return {
        "recaps": whole(recaps, RELATED) if recaps is not None else [],
        "related": whole(others.upcoming(now), RELATED) or whole(others.past(now), RELATED),
    }


def _notice(event, phase: Phase) -> dict | None:
    """Return what one must know before reading on."""
    titles = {
        Phase.CANCELLED: _("This event was cancelled."),
        Phase.POSTPONED: _("This event was postponed. A new date will be announced here."),
    }
    if phase in titles:
        return {"kind": "cancelled", "title": titles[phase], "text": event.status_note}
    if event.status_note:
        return {"kind": "info", "title": event.status_note}
    return None


def _next_step(
    event, facts: Facts, phase: Phase, zone: datetime.tzinfo | None, now: datetime.datetime
) -> dict | None:
    """Return the box with the one thing that matters: taking part, or watching afterwards."""
    if phase.is_ahead:
        return _taking_part(event, facts, phase, zone) | _registering(event, now)
    if phase == Phase.RECORDING_AVAILABLE:
        return _watching(event, facts)
    missing = {
        Phase.RECORDING_COMING: _("The recording is being prepared and will appear here."),
        Phase.NO_RECORDING: _("There is no recording of this event."),
    }
    if phase in missing:
        return {"label": _("Recording"), "title": missing[phase]}
    return None


def _taking_part(event, facts: Facts, phase: Phase, zone: datetime.tzinfo | None) -> dict:
    action = {"label": _("Add to calendar"), "url": reverse("event_ics", args=[event.pk or 0])}
    contact = {
        "label": _("Write to %(address)s") % {"address": facts.contact_email},
        "url": f"mailto:{facts.contact_email}",
    }
    return {
        "label": _("How to take part"),
        "title": _day(event, zone),
        "times": times.times(event, zone, year=False),
        "text": _joining_words(event, phase),
        "action": action,
        "links": [contact] if facts.contact_email else [],
    }


def _registering(event, now: datetime.datetime) -> dict:
    """Return what changes in that box for an event for which one can register."""
    seats = doors.seats_of(event)
    if seats is None:
        return {}
    door = doors.door(event, seats, now)
    if door.action is None:
        return {"text": door.text}
    calendar = {"label": _("Add to calendar"), "url": reverse("event_ics", args=[event.pk or 0])}
    return {"text": door.text, "action": door.action, "links": [calendar]}


def _day(event, zone: datetime.tzinfo | None) -> str:
    """Return the day or days of an event as a line of their own."""
    on_clock = times.stretch(event, zone)
    if on_clock is None:
        return ""
    if not on_clock.is_long:
        return times.long_day(on_clock.starts)
    return _("%(first)s to %(last)s") % {
        "first": times.day_words(on_clock.starts, year=False),
        "last": times.day_words(on_clock.last_day),
    }


def _joining_words(event, phase: Phase) -> str:
    if phase == Phase.SAVE_THE_DATE:
        return _("Save the date: the programme and the way to take part follow here.")
    words = {
        event.Mode.ONLINE: _(
            "Online and free of charge. The link to join comes by e-mail; "
            "write to us if you would like to receive it."
        ),
        event.Mode.IN_PERSON: _("In person: %(place)s. Write to us if you would like to come."),
        event.Mode.HYBRID: _(
            "%(place)s. The link to join comes by e-mail; "
            "write to us and say whether you come or join online."
        ),
    }
    return words[event.mode] % {"place": where(event)}


def _watching(event, facts: Facts) -> dict:
    host = (urlsplit(event.recording_url).hostname or "").removeprefix("www.")
    opens = _("opens at %(host)s") % {"host": host}
    note = f"{_minutes(event.recording_minutes)}, {opens}" if event.recording_minutes else opens
    links = [
        {"label": line.title, "url": line.url} for line in (facts.transcript,) if line and line.url
    ]
    return {
        "label": _("Recording"),
        "title": _("This event was recorded"),
        "action": {
            "label": _("Watch the recording"),
            "url": event.recording_url,
            "note": note,
        },
        "links": links,
    }


def _minutes(number: int) -> str:
    return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}


def _beside(event, facts: Facts) -> list[Fact]:
    """Return the short facts beside the text."""
    group, address = facts.group, facts.contact_email
    language = capfirst(event.get_language_display())
    return stated(
        Fact(_("Takes place"), where(event)),
        Fact(_("Languages"), event.interpretation or language),
        Fact(_("Working group"), group.label, group.url, group.language) if group else None,
        fact_of_link(_("Part of a series"), facts.series),
        fact_of_link(_("Project"), facts.project),
        Fact(_("Contact"), address, f"mailto:{address}"),
    )
