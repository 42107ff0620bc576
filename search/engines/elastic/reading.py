"""From the cluster’s response to an answer."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from rapidfuzz.distance import OSA

from search.engines.answers import Answer, Hit, InFile, Passage, Question
from search.projection import page_marks
from search.words.folding import fold

from .asking import IN_USE
from .mapping import HIT_BEGINS, HIT_ENDS, SUFFIXES, suffix_of

Response = Mapping
Highlights = Mapping[str, list[str]]
Spans = tuple[tuple[int, int], ...]

_MARKS = re.compile(f"[{HIT_BEGINS}{HIT_ENDS}]")


def answer(response: Response, question: Question) -> Answer:
    """Return what the cluster found, with the counts of the facets and a better spelling."""
    return Answer(
        total=response["hits"]["total"]["value"],
        hits=tuple(hits(response, question.language)),
        facets=_facets(response.get("aggregations", {}), question),
        partial=is_partial(response),
    )


def is_partial(response: Response) -> bool:
    """Return whether part of the cluster did not answer in time."""
    return bool(response["timed_out"] or response["_shards"]["failed"])


def matched(response: Response) -> int:
    """Return how many documents the words find before any facet narrows them."""
    if "matched" in response.get("aggregations", {}):
        return response["aggregations"]["matched"]["value"]
    return response["hits"]["total"]["value"]


def better_spelling(response: Response) -> list[str]:
    """Return the words in a spelling that occurs, or nothing if none is better.

    Of several it is the nearest to what was typed: the cluster likes frequent words too much. One
    that differs in accents alone finds nothing new.
    """
    for entry in response.get("suggest", {}).get("spelling", ()):
        typed = entry["text"]
        options = [option["text"] for option in entry["options"]]
        others = [text for text in options if fold(text) != fold(typed)]
        return min(others, key=partial(_distance, typed), default="").split()
    return []


def _distance(typed: str, spelling: str) -> tuple[int, int]:
    """Return how many letters differ, accents aside and accents counted."""
    return OSA.distance(fold(typed), fold(spelling)), OSA.distance(typed, spelling)


def hits(response: Response, language: str) -> list[Hit]:
    """Return the results; the passage of each is in the reader’s language if there is one."""
    return [_hit(found, language) for found in response["hits"]["hits"]]


def _hit(found: Mapping, language: str) -> Hit:
    shown, highlights = found["_source"]["shown"], found.get("highlight", {})
    passage, in_file = _passage(shown, highlights, language)
    return Hit(
        uid=found["_source"]["uid"],
        title=shown["title"],
        url=shown["url"],
        entity=shown["entity"],
        kind=shown["kind"],
        language=shown["language"],
        score=found["_score"] or 0.0,
        date=datetime.date.fromisoformat(shown["date"]) if shown["date"] else None,
        groups=tuple(shown["groups"]),
        in_every_language=shown["in_every_language"],
        title_hits=_hits_in_title(shown["title"], highlights),
        passage=passage,
        in_file=in_file,
    )


def _hits_in_title(title: str, highlights: Highlights) -> Spans:
    """Return where the title is hit, which is one of several names where a thing has more.

    The field of its language knows stems and leaves out stop words; the neutral one comes last.
    """
    for suffix in SUFFIXES:
        for fragment in highlights.get(f"title_{suffix}", ()):
            marked = _passage_of(fragment)
            if marked.text == title.strip():
                return marked.hits
    return ()


def _passage(
    shown: Mapping, highlights: Highlights, language: str
) -> tuple[Passage, InFile | None]:
    """Return the best piece of the text; one in a file only if all else has none."""
    suffixes = sorted(SUFFIXES, key=lambda suffix: suffix != suffix_of(language))
    for suffix in suffixes:
        for fragment in highlights.get(f"body_{suffix}", ()):
            return _passage_of(fragment), None
    if not any(highlights.get(f"title_{suffix}") for suffix in SUFFIXES):
        for suffix in suffixes:
            for fragment in highlights.get(f"file_{suffix}", ()):
                return _passage_of(fragment), _in_file(fragment, shown["files"])
    leads = shown["lead"]
    return Passage(leads.get(language) or next(iter(leads.values()), "")), None


def _in_file(fragment: str, files: list[Mapping]) -> InFile | None:
    place = page_marks.place(fragment, max(fragment.find(HIT_BEGINS), 0))
    if place is None or place[0] >= len(files):
        return None
    file, page = files[place[0]], place[1]
    return InFile(file["title"], file["url"], file["language"], page)


def _passage_of(fragment: str) -> Passage:
    """Return a highlighted fragment as plain text and the places of the hits in it."""
    pieces = _MARKS.split(page_marks.without(fragment).strip())
    text, hits = pieces[0], []
    for number, piece in enumerate(pieces[1:], 1):
        if number % 2:
            hits.append((len(text), len(text) + len(piece)))
        text += piece
    return Passage(text, tuple(hits))


def _facets(aggregations: Mapping, question: Question) -> dict[str, dict[str, int]]:
    """Return how many results each value would leave; values in use also where there are none."""
    facets = {facet: dict.fromkeys(question.chosen.get(facet, ()), 0) for facet in question.counted}
    for name, buckets in _lists(aggregations):
        facet = name.removesuffix(IN_USE)
        facets[facet].update((bucket["key"], bucket["doc_count"]) for bucket in buckets)
    return facets


def _lists(aggregations: Mapping) -> Iterator[tuple[str, Sequence[Mapping]]]:
    """Yield each list of counted values, wherever among the filters it stands."""
    for name, found in aggregations.items():
        if isinstance(found, Mapping):
            if "buckets" in found:
                yield name, found["buckets"]
            else:
                yield from _lists(found)
