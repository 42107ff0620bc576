"""The index: its fields, and a document of the projection as the cluster stores it.

Only core types and Lucene’s common analysis are used, and nothing that needs a paid licence, so
that it runs on any node. A field for each facet carries the facet’s own name.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.models import Document

from .analysis import ANALYSIS, LANGUAGES

NEUTRAL = "x"
SUFFIXES = (*LANGUAGES, NEUTRAL)
FACET_FIELDS = (
    "type",
    "group",
    "region",
    "theme",
    "sector",
    "country",
    "year",
    "language",
    "author",
    "recording",
)
LEAD_LETTERS = 300
# A whole thing with its files is long because it holds much, not because it is vague.
SIMILARITY = {"whole": {"type": "BM25", "b": 0.5}}
# Signs around what was found. Control characters do not serve: the cluster trims them away.
HIT_BEGINS, HIT_ENDS = "\ue000", "\ue001"

_NO_TEXT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{HIT_BEGINS}{HIT_ENDS}]")
_WORD = re.compile(r"[^\W\d_]{3,40}")

Facets = Mapping[str, Sequence[str]]


def index_body(replicas: int = 0) -> dict:
    """Return settings and mappings of the index; ``_meta.hash`` tells when they have changed."""
    mappings = {"dynamic": "strict", "properties": _properties()}
    made_of = json.dumps([ANALYSIS, SIMILARITY, mappings], sort_keys=True, ensure_ascii=False)
    return {
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": replicas,
            "analysis": ANALYSIS,
            "similarity": SIMILARITY,
        },
        "mappings": {
            "_meta": {"hash": hashlib.sha256(made_of.encode()).hexdigest()},
            **mappings,
        },
    }


def source(document: Document, facets: Facets | None = None) -> dict:
    """Return a document as the cluster stores it.

    ``facets`` are its values by facet, with the tokens of its readers as ``reader``; by default
    they are read from its rows (prefetch ``facets`` for more than one document).
    """
    filed = by_facet(document) if facets is None else facets
    title = _clean(document.title)
    titles = [title, *_lines(document.also_called)]
    texts = _texts(document)
    return {
        "uid": document.uid,
        "family": document.family or document.uid,
        "entity": document.entity,
        "kind": document.kind,
        "reader": list(filed.get("reader", document.readers)),
        **{facet: list(filed.get(facet, ())) for facet in FACET_FIELDS},
        "date": document.date.isoformat() if document.date else None,
        "version": document.version,
        "exact": titles,
        **_by_language("title", {document.language: [title]}),
        "title_x": titles,
        **_by_language("body", texts),
        **_by_language("file", _texts_of_files(document)),
        **{f"labels_{suffix}": _clean(document.labels) for suffix in _suffixes(texts)},
        **(_spelling(document) if document.is_public else {}),
        "shown": _shown(document, filed, texts),
    }


def by_facet(document: Document) -> dict[str, list[str]]:
    """Return the values under which a document is filed, by facet."""
    values = defaultdict(list)
    for row in document.facets.all():
        values[row.facet].append(row.value)
    return values


def suffix_of(language: str) -> str:
    """Return how the names of the fields for a language end."""
    return language if language in LANGUAGES else NEUTRAL


def _properties() -> dict:
    keyword = {"type": "keyword", "ignore_above": 1000}
    return {
        **dict.fromkeys(("uid", "family", "entity", "kind", "reader", *FACET_FIELDS), keyword),
        "date": {"type": "date", "format": "strict_date"},
        "version": {"type": "long"},
        "exact": {"type": "keyword", "normalizer": "folded", "ignore_above": 1000},
        "shown": {"type": "object", "enabled": False},
        "spelling": {
            "type": "text",
            "analyzer": "as_written_in_pairs",
            "index_options": "freqs",
            "norms": False,
        },
        **{name: field for suffix in SUFFIXES for name, field in _of_language(suffix).items()},
    }


def _of_language(suffix: str) -> dict:
    highlighted = {"index_options": "offsets"}
    catch_all, everything = f"all_{suffix}", sorted({"all_x", f"all_{suffix}"})
    fields = {
        f"title_{suffix}": _text(suffix, copy_to=[catch_all], **highlighted),
        f"body_{suffix}": _text(suffix, copy_to=everything, **highlighted),
        f"file_{suffix}": _text(suffix, copy_to=everything, **highlighted),
        f"labels_{suffix}": _text(suffix, copy_to=[catch_all], index=suffix == NEUTRAL),
        catch_all: _text(suffix, similarity="whole"),
    }
    if suffix == NEUTRAL:
        fields["title_x"]["index_prefixes"] = {"min_chars": 1, "max_chars": 15}
    return fields


def _text(suffix: str, **more: object) -> dict:
    analyzer = "neutral" if suffix == NEUTRAL else suffix
    return {
        "type": "text",
        "analyzer": analyzer,
        "search_analyzer": f"{analyzer}_asked",
        **more,
    }


def _by_language(name: str, texts: Mapping[str, list[str]]) -> dict:
    fields = defaultdict(list)
    for language, values in texts.items():
        fields[f"{name}_{suffix_of(language)}"] += values
    return fields


def _texts(document: Document) -> dict[str, list[str]]:
    """Return the summary and the body by language; the summary is in the document’s own."""
    texts: dict[str, list[str]] = {document.language: []}
    if document.summary:
        texts[document.language].append(_clean(document.summary))
    for language, text in document.body.items():
        if text:
            texts.setdefault(language, []).append(_clean(text))
    return texts


def _texts_of_files(document: Document) -> dict[str, list[str]]:
    texts = defaultdict(list)
    for file in document.files:
        texts[file["language"]].append(_clean(file["text"]))
    return texts


def _suffixes(languages: Iterable[str]) -> set[str]:
    return {suffix_of(language) for language in languages} | {NEUTRAL}


def _spelling(document: Document) -> dict:
    """Return the words from which spellings are suggested, and how they follow in names.

    A suggester knows nothing of readers, so this holds nothing of what only some may read. Every
    word is there: one that stands in texts alone is as right as one that stands in titles.
    """
    titles = [_clean(document.title), *_lines(document.also_called), _clean(document.summary)]
    texts = [*titles, document.labels, *document.body.values()]
    texts += [file["text"] for file in document.files]
    words = {word.lower() for text in texts for word in _WORD.findall(text)}
    return {"spelling": [*titles, *sorted(words)]}


def _shown(document: Document, filed: Facets, texts: Mapping[str, list[str]]) -> dict:
    """Return what a result shows, so that it needs no query."""
    files = [{key: file[key] for key in ("title", "url", "language")} for file in document.files]
    return {
        "title": _clean(document.title),
        "url": document.url,
        "entity": document.entity,
        "kind": document.kind,
        "language": document.language,
        "date": document.date.isoformat() if document.date else None,
        "groups": list(filed.get("group", ())),
        "in_every_language": document.in_every_language,
        "lead": {language: _lead(values[0]) for language, values in texts.items() if values},
        "files": files,
    }


def _lead(text: str) -> str:
    if len(text) <= LEAD_LETTERS:
        return text
    return text[:LEAD_LETTERS].rpartition(" ")[0] + "…"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _clean(text).splitlines() if line.strip()]


def _clean(text: str) -> str:
    return _NO_TEXT.sub(" ", text)
