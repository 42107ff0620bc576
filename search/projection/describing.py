"""What stands in the row of a document and in those of its facets, made of what was found."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from taxonomy.findable import Findable

from .file_texts import FileTexts
from .readers import EVERYBODY, all_read
from .sources import FOLLOWS, Found
from .surroundings import Surroundings

Facet = tuple[str, str]
UNSTORABLE = {0: None}


@dataclass(frozen=True)
class Description:
    """The fields of a document, and its facets as ``(facet, value)``."""

    fields: Mapping[str, Any]
    facets: frozenset[Facet]

    @cached_property
    def digest(self) -> str:
        """A sign of all that it says: descriptions that say the same have the same."""
        said = json.dumps([self.fields, sorted(self.facets)], cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def describe(found: Mapping[str, Found]) -> dict[str, Description]:
    """Return the document of each thing by uid, in the same number of queries for any number."""
    said = [thing.findable for thing in found.values()]
    around = Surroundings(said)
    texts = FileTexts({pk for findable in said for pk in findable.files})
    return {uid: _describe(uid, thing, around, texts) for uid, thing in found.items()}


def _describe(uid: str, thing: Found, around: Surroundings, texts: FileTexts) -> Description:
    said, readers = thing.findable, thing.readers
    terms = around.terms(said)
    people = around.people(said)
    groups = [group for group in around.groups(said) if all_read(readers, group.readers)]
    names = [
        *(name for known in terms.values() for term in known for name in term.all_names()),
        *(name for group in groups for name in group.names),
        *(name for person in people for name in (person.name, person.name_latin)),
        *said.names,
    ]
    fields = {
        "family": thing.family or uid,
        "entity": said.entity,
        "kind": said.kind,
        "language": said.language,
        "title": _clean(said.title),
        "also_called": _lines(said.also_called),
        "summary": _clean(said.summary),
        "body": {language: _clean(text) for language, text in said.body.items() if text},
        "labels": _lines(names),
        "files": texts.of(said.files, readers),
        "url": said.url,
        "in_every_language": not said.language,
        "date": said.date,
        "readers": sorted(readers),
        "is_public": readers == EVERYBODY,
    }
    facets = {
        *_own_facets(said),
        *((facet, term.slug) for facet, known in terms.items() for term in known),
        *(("group", group.slug) for group in groups),
        *(("author", person.slug) for person in people if person.is_public),
        *(("reader", token) for token in readers),
        *((FOLLOWS, uid) for uid in _followed(said, around)),
    }
    return Description(fields, frozenset(facets))


def _own_facets(said: Findable) -> Iterator[Facet]:
    yield "type", said.entity
    yield "type", said.kind
    for language in said.languages:
        yield "language", language
    if said.date:
        yield "year", str(said.date.year)
    if said.has_recording:
        yield "recording", "yes"


def _followed(said: Findable, around: Surroundings) -> Iterator[str]:
    """Yield the uids of the things of which the document shows something, or could."""
    for person in around.people(said):
        yield f"person:{person.pk}"
    for group in around.groups(said):
        yield f"page:{group.pk}"
    for pk in (*said.files, *said.offers):
        yield f"file:{pk}"


def _lines(texts) -> str:
    return "\n".join(dict.fromkeys(_clean(text) for text in texts if text))


def _clean(text: str) -> str:
    """Return the text without what no database holds: NUL, and halves of characters."""
    return text.translate(UNSTORABLE).encode(errors="ignore").decode()
