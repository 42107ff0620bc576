"""From wanted words to the parts of a query: what must match, and what ranks it higher.

What matches is decided on catch-alls, word by word: one may stand in the title and another among
the labels. Which of the matches come first is decided on the single fields.
"""

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

ALL_OF = 2  # so many words must all match; of more, one in three may be missing
MAY_BE_MISSING = f"{ALL_OF}<-34%"
FUZZINESS = {"fuzziness": "AUTO:4,8", "prefix_length": 1, "max_expansions": 30}
WORDS_BETWEEN = 3  # in a term that means the same

AROUND_TITLES = " \"“”„«»‘’'.?!"

# Tuned on the judged searches of benchmarks/relevance; small changes make no difference.
WEIGHT = {
    "alternative": 0.6,
    "loose term": 0.5,
    "stop word": 0.3,
    "title": 2.0,
    "neutral title": 0.75,
    "labels": 3.0,
    "all in title": 4.0,
    "phrase in title": 4.0,
    "alternative in title": 2.0,
    "phrase": 1.0,
    "all words": 10.0,
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
    should = [_boosted(_part(part), WEIGHT["stop word"]) for part in optional]
    if required:
        fewest = "1" if strictness is Strictness.ANY_WORD else MAY_BE_MISSING
        parts = [_part(part, fuzzy=fuzzy) for part in required]
        must.append({"bool": {"should": parts, "minimum_should_match": fewest}})
        if len(parts) > ALL_OF or strictness is Strictness.ANY_WORD:
            should.append(_worth("all words", {"bool": {"filter": parts}}))
    return {"bool": {"must": must, "should": [*should, *_raising(wanted)]}}


def some_may_be_missing(wanted: Wanted) -> bool:
    """Return whether a document may match without one of the words."""
    return len(_by_importance(wanted.parts)[0]) > ALL_OF


def excluding(wanted: Wanted) -> list[dict]:
    """Return the queries that must not match."""
    return [_phrase(EVERYTHING, words) for words in wanted.excluded]


def highlighting(wanted: Wanted, fields: list[str]) -> dict:
    """Return what is marked in these fields: words as typed and what means the same."""
    loose = _loose(wanted)
    also = (words for part in wanted.parts for words in part.alternatives)
    should = [{"multi_match": {"query": loose, "fields": fields}}] if loose else []
    should += [_phrase_in(fields, words) for words in (*wanted.phrases, *also)]
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
    if len(part.words) > ALL_OF:
        queries.append(_most_words(text))
    if fuzzy:
        queries.append({"match": {EVERYTHING: {"query": text, "operator": "and", **FUZZINESS}}})
    queries += [
        _phrase_in(CATCH_ALLS, words, _share(part, words, "alternative"), WORDS_BETWEEN)
        for words in part.alternatives
    ]
    return {"dis_max": {"queries": queries}} if len(queries) > 1 else queries[0]


def _raising(wanted: Wanted) -> Iterator[dict]:
    """Yield what ranks a match higher: its title, its labels, words that stand together."""
    for words in wanted.phrases:
        yield _phrase(NEUTRAL_TITLE, words, WEIGHT["phrase in title"])
    for part in wanted.parts:
        if part.alternatives:
            yield {"dis_max": {"queries": [*_alternatives_in_title(part)]}}
    if loose := _loose(wanted):
        yield _in_single_fields(loose)
        yield _boosted(_all_words(loose, TITLES), WEIGHT["all in title"])
        yield _phrase(NEUTRAL_TITLE, (loose,), WEIGHT["phrase in title"], slop=2)
        yield _phrase(EVERYTHING, (loose,), WEIGHT["phrase"], slop=1)
    yield _worth("is title", {"term": {"exact": wanted.text.strip(AROUND_TITLES)}})


def _alternatives_in_title(part: Part) -> Iterator[dict]:
    for words in part.alternatives:
        yield _phrase(NEUTRAL_TITLE, words, _share(part, words, "alternative in title"))


def _in_single_fields(text: str) -> dict:
    titles = (f"{title}^{WEIGHT['title']}" for title in TITLES if title != NEUTRAL_TITLE)
    others = (f"{NEUTRAL_TITLE}^{WEIGHT['neutral title']}", f"{LABELS}^{WEIGHT['labels']}")
    return {"multi_match": {"query": text, "fields": [*titles, *others]}}


def _share(part: Part, words: Words, name: str) -> float:
    """Return the weight of an alternative: a long one counts no more than what was typed."""
    return WEIGHT[name] * len(part.words) / max(len(words), 1)


def _loose(wanted: Wanted) -> str:
    return " ".join(chain.from_iterable(part.words for part in wanted.parts))


def _all_words(text: str, fields: list[str]) -> dict:
    return {"multi_match": {"query": text, "fields": fields, "operator": "and"}}


def _most_words(text: str) -> dict:
    """Return the query for words of a known term as if they were loose: it finds no less."""
    return {
        "multi_match": {
            "query": text,
            "fields": CATCH_ALLS,
            "minimum_should_match": MAY_BE_MISSING,
            "boost": WEIGHT["loose term"],
        }
    }


def _phrase(field: str, words: Words, boost: float = 1.0, slop: int = 0) -> dict:
    return {"match_phrase": {field: {"query": " ".join(words), "boost": boost, "slop": slop}}}


def _phrase_in(fields: list[str], words: Words, boost: float = 1.0, slop: int = 0) -> dict:
    return {
        "multi_match": {
            "query": " ".join(words),
            "type": "phrase",
            "fields": fields,
            "boost": boost,
            "slop": slop,
        }
    }


def _boosted(query: dict, boost: float) -> dict:
    """Return a query whose score counts more or less."""
    ((kind, body),) = query.items()
    return {kind: {**body, "boost": boost}}


def _worth(name: str, query: dict) -> dict:
    return {"constant_score": {"filter": query, "boost": WEIGHT[name]}}
