"""What a page is, in the words of schema.org, for search engines and other readers by machine.

Pure: small values come in, dictionaries go out, and nothing that is empty is said.
"""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

NAME = "Local Public Sector Alliance"
# Letters that could end the script element, or a line of an old JavaScript.
ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True)
class Name:
    """Somebody who wrote, spoke or takes part."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Writing:
    """A post or a product."""

    url: str
    title: str
    language: str
    summary: str = ""
    authors: Sequence[Name] = ()
    published_on: datetime.date | None = None
    updated_on: datetime.date | None = None
    image: str = ""
    about: Sequence[str] = ()
    licence: str = ""


@dataclass(frozen=True)
class Happening:
    """An event; ``mode`` and ``status`` are the values of ``EventPage``.

    ``previous_start`` is when it was to begin before it was moved, ``organizer`` the group.
    """

    url: str
    title: str
    language: str
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    mode: str
    status: str
    summary: str = ""
    venue: str = ""
    speakers: Sequence[Name] = ()
    image: str = ""
    recording_url: str = ""
    previous_start: datetime.datetime | None = None
    organizer: Name | None = None


def script(data: object) -> str:
    """Return the JSON as it may stand inside a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def graph(things: Iterable[Mapping]) -> dict:
    """Return several things as one document."""
    return {"@context": "https://schema.org", "@graph": list(things)}


def organization(url: str, *, profiles: Sequence[str] = (), logo: str = "") -> dict:
    """Return the Alliance itself."""
    return _without_gaps(
        {
            "@type": "NGO",
            "@id": f"{url}#organization",
            "name": NAME,
            "alternateName": "LPSA",
            "url": url,
            "logo": logo,
            "sameAs": list(profiles),
        }
    )


def article(writing: Writing) -> dict:
    """Return a post."""
    return _writing("Article", writing) | {"headline": writing.title[:110]}


def report(writing: Writing, files: Sequence[Mapping] = (), edition: str = "") -> dict:
    """Return a knowledge product; ``files`` have url, format (a media type) and language."""
    encodings = [
        _without_gaps(
            {
                "@type": "MediaObject",
                "contentUrl": file["url"],
                "encodingFormat": file["format"],
                "inLanguage": file["language"],
            }
        )
        for file in files
    ]
    return _writing("Report", writing) | _without_gaps(
        {"encoding": encodings, "version": edition, "license": writing.licence}
    )


def event(happening: Happening) -> dict:
    """Return an event; one that is online has its own address as place."""
    online = {"@type": "VirtualLocation", "url": happening.url}
    place = {"@type": "Place", "name": happening.venue, "address": happening.venue}
    places = {
        "online": [online],
        "in-person": [place] if happening.venue else [],
        "hybrid": [online, place] if happening.venue else [online],
    }[happening.mode]
    modes = {"online": "Online", "in-person": "Offline", "hybrid": "Mixed"}
    statuses = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}
    standing = "EventRescheduled" if happening.previous_start else "EventScheduled"
    return _without_gaps(
        {
            "@type": "Event",
            "url": happening.url,
            "name": happening.title,
            "description": happening.summary,
            "inLanguage": happening.language,
            "startDate": happening.starts_at and happening.starts_at.isoformat(),
            "endDate": happening.ends_at and happening.ends_at.isoformat(),
            "eventAttendanceMode": f"https://schema.org/{modes[happening.mode]}EventAttendanceMode",
            "eventStatus": "https://schema.org/" + statuses.get(happening.status, standing),
            "previousStartDate": happening.previous_start and happening.previous_start.isoformat(),
            "location": places,
            "performer": [_person(name) for name in happening.speakers],
            "organizer": _organizer(happening.organizer),
            "image": happening.image,
            "isAccessibleForFree": True,
            "recordedIn": _without_gaps({"@type": "VideoObject", "url": happening.recording_url})
            if happening.recording_url
            else None,
        }
    )


def _organizer(group: Name | None) -> dict:
    alliance = {"@type": "NGO", "name": NAME}
    if group is None:
        return alliance
    known = {"@type": "Organization", "name": group.name, "url": group.url}
    return _without_gaps(known | {"parentOrganization": alliance})


def person(name: str, url: str, *, affiliation: str = "", image: str = "", text: str = "") -> dict:
    """Return somebody with a page of their own."""
    return _without_gaps(
        {
            "@type": "Person",
            "name": name,
            "url": url,
            "description": text,
            "image": image,
            "affiliation": {"@type": "Organization", "name": affiliation} if affiliation else None,
        }
    )


def institution(
    name: str, url: str, *, acronym: str = "", website: str = "", text: str = ""
) -> dict:
    """Return an organisation with a page here; ``website`` is its own."""
    return _without_gaps(
        {
            "@type": "Organization",
            "name": name,
            "alternateName": acronym,
            "url": website or url,
            "mainEntityOfPage": url,
            "description": text,
        }
    )


def breadcrumb_list(crumbs: Sequence[tuple[str, str]]) -> dict:
    """Return the way to a page from ``(label, absolute address)`` pairs."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": label, "item": url}
            for place, (label, url) in enumerate(crumbs, start=1)
        ],
    }


def _writing(kind: str, writing: Writing) -> dict:
    return _without_gaps(
        {
            "@type": kind,
            "url": writing.url,
            "name": writing.title,
            "description": writing.summary,
            "inLanguage": writing.language,
            "author": [_person(name) for name in writing.authors]
            or [{"@type": "Organization", "name": NAME}],
            "publisher": {"@type": "NGO", "name": NAME},
            "datePublished": writing.published_on and writing.published_on.isoformat(),
            "dateModified": writing.updated_on and writing.updated_on.isoformat(),
            "image": writing.image,
            "about": list(writing.about),
            "isAccessibleForFree": True,
        }
    )


def _person(name: Name) -> dict:
    return _without_gaps({"@type": "Person", "name": name.name, "url": name.url})


def _without_gaps(data: Mapping) -> dict:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
