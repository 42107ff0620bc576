"""From wanted words to the parts of a query: what must match, and what ranks it higher."""

from collections.abc import Iterator
from enum import Enum
from itertools import chain

from search.words.folding import fold
from search.words.stop_words import EVERY
from search.words.wanted import Part, Wanted, Words

from .mapping import NEUTRAL, SUFFIXES

CATCH_ALLS = [f"all_{suffix}" for suffix in SUFFIXES]
TITLES = [f"title_{suffix}" for suffix in SUFFIXES]
EVERYTHING = f"all_{NEUTRAL}"
NEUTRAL_TITLE = f"title_{NEUTRAL}"
LABELS = f"labels_{NEUTRAL}"

ALL_OF = 3  # so many words must all match; of more, one in four may be missing
MAY_BE_MISSING = f"{ALL_OF}<-25%"
FUZZINESS = {"fuzziness": "AUTO:4,8", "prefix_length": 1, "max_expansions": 30}

AROUND_TITLES = " \"“”„«»‘’'.?!"

WEIGHT = {
    "alternative": 0.6,
    "stop word": 0.3,
    "title": 3.0,
    "neutral title": 4.0,
    "labels": 1.5,
    "all in title": 4.0,
    "phrase in title": 4.0,
    "alternative in title": 2.0,
    "phrase": 1.0,
    "is title": 30.0,
}


class Strictness(Enum):
    """How closely a document has to match: the steps of the ladder when nothing does."""

    AS_TYPED = "as typed"
    FUZZY = "fuzzy"
    ANY_WORD = "any word"


def matching(wanted: Wanted, strictness: Strictness = Strictness.AS_TYPED) -> dict:
    """Return the query that decides what is found; phrases must match however lenient it is."""
    required, optional = _by_importance(wanted.parts)
    fuzzy = strictness is not Strictness.AS_TYPED
    must = [_phrase(EVERYTHING, words) for words in wanted.phrases]
    if required:
        fewest = "1" if strictness is Strictness.ANY_WORD else MAY_BE_MISSING
        parts = [_part(part, fuzzy=fuzzy) for part in required]
        must.append({"bool": {"should": parts, "minimum_should_match": fewest}})
    return {
        "bool": {
            "must": must,
            "should": [
                *(_boosted(_part(part), WEIGHT["stop word"]) for part in optional),
                *_raising(wanted),
            ],
        }
    }


def some_may_be_missing(wanted: Wanted) -> bool:
    """Return whether a document may match without one of the words."""
    return len(_by_importance(wanted.parts)[0]) > ALL_OF


def excluding(wanted: Wanted) -> list[dict]:
    """Return the queries that must not match."""
    return [_phrase(EVERYTHING, words) for words in wanted.excluded]


def highlighting(wanted: Wanted, fields: list[str]) -> dict:
    """Return what is marked in these fields: words as typed and what means the same."""
    loose = _loose(wanted)
    should = [{"multi_match": {"query": loose, "fields": fields}}] if loose else []
    should += [
        {"multi_match": {"query": " ".join(words), "fields": fields, "type": "phrase"}}
        for words in (*wanted.phrases, *_alternatives(wanted))
    ]
    return {"bool": {"should": should}}


def _by_importance(parts: tuple[Part, ...]) -> tuple[list[Part], list[Part]]:
    """Return the parts that must match and those that may, unless there are no others."""
    light = [part for part in parts if all(fold(word) in EVERY for word in part.words)]
    if len(light) == len(parts):
        return list(parts), []
    return [part for part in parts if part not in light], light


def _part(part: Part, *, fuzzy: bool = False) -> dict:
    """Return the query for one part: its words in one field, or something that means the same."""
    text = " ".join(part.words)
    queries = [_all_words(text, CATCH_ALLS)]
    if fuzzy:
        queries.append({"match": {EVERYTHING: {"query": text, "operator": "and", **FUZZINESS}}})
    queries += [_phrase(EVERYTHING, words, WEIGHT["alternative"]) for words in part.alternatives]
    return {"dis_max": {"queries": queries}} if len(queries) > 1 else queries[0]


def _raising(wanted: Wanted) -> Iterator[dict]:
    """Yield what ranks a match higher: its title, its labels, words that stand together."""
    loose = _loose(wanted)
    for words in wanted.phrases:
        yield _phrase(NEUTRAL_TITLE, words, WEIGHT["phrase in title"])
    for words in _alternatives(wanted):
        yield _phrase(NEUTRAL_TITLE, words, WEIGHT["alternative in title"])
    if loose:
        yield {
            "multi_match": {
                "query": loose,
                "fields": [
                    *(f"{title}^{WEIGHT['title']}" for title in TITLES if title != NEUTRAL_TITLE),
                    f"{NEUTRAL_TITLE}^{WEIGHT['neutral title']}",
                    f"{LABELS}^{WEIGHT['labels']}",
                ],
            }
        }
        yield _boosted(_all_words(loose, TITLES), WEIGHT["all in title"])
        yield _phrase(NEUTRAL_TITLE, (loose,), WEIGHT["phrase in title"], slop=2)
        yield _phrase(EVERYTHING, (loose,), WEIGHT["phrase"], slop=1)
    is_title = {"term": {"exact": wanted.text.strip(AROUND_TITLES)}}
    yield {"constant_score": {"filter": is_title, "boost": WEIGHT["is title"]}}


def _loose(wanted: Wanted) -> str:
    return " ".join(chain.from_iterable(part.words for part in wanted.parts))


def _alternatives(wanted: Wanted) -> Iterator[Words]:
    for part in wanted.parts:
        yield from part.alternatives


def _all_words(text: str, fields: list[str]) -> dict:
    return {"multi_match": {"query": text, "fields": fields, "operator": "and"}}


def _phrase(field: str, words: Words, boost: float = 1.0, slop: int = 0) -> dict:
    return {"match_phrase": {field: {"query": " ".join(words), "boost": boost, "slop": slop}}}


def _boosted(query: dict, boost: float) -> dict:
    """Return a query whose score counts more or less."""
    ((kind, body),) = query.items()
    return {kind: {**body, "boost": boost}}
