"""What the page and the JSON say about each result, from plain facts."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from pages.cards import Label, short_date
from pages.filters import Facet

from .engines.answers import Hit, InFile, Suggestion
from .page_types import COUNTRY
from .vocabulary import Vocabulary

Span = tuple[int, int]
BY_YEAR = {"product"}  # of which lists show no more of the date
WITH_PAGES = {".pdf", ".pptx"}  # that readers see; a workbook has sheets, a text has none
OPENS_AT_PAGES = {".pdf"}


@dataclass(frozen=True)
class FoundInFile:
    """The file in which the words stand, and where: ``url`` opens it at the page if it can.

    ``page`` is 0 where readers see no pages. ``title`` is empty where the result has the same.
    """

    title: str
    url: str
    language: str
    page: int


@dataclass(frozen=True)
class Result:
    """One thing that was found, as ``components/search_result.html`` shows it.

    ``title`` and ``passage`` are HTML with the hits marked. ``place`` counts from 1 over all pages.
    """

    uid: str
    place: int
    url: str
    title: SafeString
    language: str
    kind_label: str
    passage: SafeString
    passage_language: str
    date: datetime.date | None
    date_label: str
    file: FoundInFile | None
    labels: Sequence[Label] = ()
    is_choice: bool = False


def result(hit: Hit, place: int, vocabulary: Vocabulary, *, is_choice: bool = False) -> Result:
    """Return what is shown of a hit; ``is_choice`` says that the editors put it there."""
    title, title_hits = named(hit, vocabulary)
    file = in_file(hit.in_file) if hit.in_file else None
    if file and file.title == title:
        file = replace(file, title="")
    return Result(
        uid=hit.uid,
        place=place,
        url=address(hit),
        title=marked(title, title_hits),
        language="" if hit.in_every_language else hit.language,
        kind_label=vocabulary.kind_label(hit.kind),
        passage=marked(hit.passage.text, hit.passage.hits),
        passage_language=file.language if file else hit.language,
        date=hit.date,
        date_label=_date_label(hit),
        file=file,
        labels=_group_labels(hit, vocabulary),
        is_choice=is_choice,
    )


def as_json(hit: Hit, vocabulary: Vocabulary, request: HttpRequest) -> dict[str, Any]:
    """Return a hit as other programs read it; ``snippet_html`` has the hits marked."""
    groups = [value for value in hit.groups if value in vocabulary.terms("group")]
    file = in_file(hit.in_file) if hit.in_file else None
    return {
        "title": title_of(hit, vocabulary),
        "url": request.build_absolute_uri(address(hit)),
        "type": hit.entity,
        "kind": hit.kind,
        "date": hit.date.isoformat() if hit.date else None,
        "language": hit.language or None,
        "group": groups[0] if groups else None,
        "snippet": hit.passage.text,
        "snippet_html": marked(hit.passage.text, hit.passage.hits),
        "score": round(hit.score, 4),
        "file": file
        and {
            "title": file.title,
            "url": request.build_absolute_uri(file.url),
            "language": file.language or None,
            "page": file.page or None,
        },
    }


def facets_as_json(shown: list[Facet]) -> dict[str, list[dict[str, Any]]]:
    """Return the facets as other programs read them."""
    return {
        facet.name: [
            {
                "value": option.value,
                "label": option.label,
                "count": option.count,
                "selected": option.checked,
            }
            for option in (*facet.options, *facet.more)
        ]
        for facet in shown
    }


def suggestions_as_json(found: list[Suggestion], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return suggestions for the box, those of one type together, and the words that count them."""
    entities = dict.fromkeys(suggestion.entity for suggestion in found)
    number = len(found)
    return {
        "suggestions": [
            {
                "title": title_of(suggestion, vocabulary),
                "url": address(suggestion),
                "type": entity,
                "type_label": vocabulary.term("type", entity).label,
                "language": suggestion.language,
            }
            for entity in entities
            for suggestion in found
            if suggestion.entity == entity
        ],
        "status": ngettext("%(number)s suggestion", "%(number)s suggestions", number)
        % {"number": number},
    }


def marked(text: str, hits: Iterable[Span]) -> SafeString:
    """Return a text as HTML with ``<mark>`` around the hits; neighbouring ones share a mark."""
    pieces, done = [], 0
    for start, end in _joined(text, hits):
        pieces.append((text[done:start], text[start:end]))
        done = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[done:])


def named(hit: Hit, vocabulary: Vocabulary) -> tuple[str, Sequence[Span]]:
    """Return the title of a hit and where it was hit, in the reader’s language."""
    title = title_of(hit, vocabulary)
    return title, hit.title_hits if title == hit.title else ()


def title_of(found: Hit | Suggestion, vocabulary: Vocabulary) -> str:
    """Return the title; a country goes by its name in the reader’s language."""
    if found.entity != COUNTRY:
        return found.title
    known = vocabulary.terms("country").get(found.uid.partition(":")[2])
    return known.label if known else found.title


def address(hit: Hit | Suggestion) -> str:
    """Return the address of a hit or suggestion, in the reader’s language if it has several."""
    language = get_language() or settings.LANGUAGE_CODE
    if hit.in_every_language and language != settings.LANGUAGE_CODE:
        return f"/{language}{hit.url}"
    return hit.url


def in_file(found: InFile) -> FoundInFile:
    """Return where in a file the words stand, with the address that opens it there."""
    ending = PurePosixPath(found.url).suffix.lower()
    page = found.page if ending in WITH_PAGES else 0
    url = f"{found.url}#page={page}" if page and ending in OPENS_AT_PAGES else found.url
    return FoundInFile(found.title, url, found.language, page)


def _joined(text: str, hits: Iterable[Span]) -> list[Span]:
    """Return the hits in order; those with nothing but spaces between them become one."""
    joined: list[Span] = []
    for start, end in sorted(hits):
        before = joined[-1][1] if joined else -1
        if joined and (start <= before or text[before:start].isspace()):
            joined[-1] = (joined[-1][0], max(before, end))
        else:
            joined.append((start, end))
    return joined


def _date_label(hit: Hit) -> str:
    if hit.date is None:
        return ""
    return str(hit.date.year) if hit.entity in BY_YEAR else short_date(hit.date)


def _group_labels(hit: Hit, vocabulary: Vocabulary) -> tuple[Label, ...]:
    """Return the mark of its first group; a group that is not public is not named."""
    if hit.entity == "group":
        return ()
    known = [value for value in hit.groups if value in vocabulary.terms("group")]
    return tuple(
        Label(term.short or term.label, term.url, value, "group", term.language)
        for value in known[:1]
        for term in [vocabulary.term("group", value)]
    )
