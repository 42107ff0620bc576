"""One request for a page of results: hits, counts of all facets, passages, a better spelling.

Bodies are plain dicts: a builder of queries takes longer than the network. Who may read a
document is decided inside the query; counts and totals would betray it otherwise.
"""

from collections.abc import Mapping, Sequence

from search.engines.answers import DEEPEST, Question
from search.words.wanted import Wanted

from .mapping import HIT_BEGINS, HIT_ENDS, SUFFIXES
from .matching import TITLES, Strictness, excluding, highlighting, matching

TEXTS = [f"{name}_{suffix}" for name in ("body", "file") for suffix in SUFFIXES]

BEST_PIECE = {"number_of_fragments": 1, "fragment_size": 240, "order": "score"}
FEWEST_VALUES_LISTED, MOST_VALUES_LISTED = 100, 400
MANY_VALUES = {"author"}
LONGEST_VALUE = 160
IN_USE = " in use"
SPELLINGS = 5  # of which the nearest counts

RECENCY = 0.35  # by how much the newest rank higher; the oldest lose nothing
OWN_LANGUAGE = 0.35
WORTH = {"post": 0.3, "group": 0.25, "product": 0.2, "event": 0.15, "project": 0.15}

NEWEST_FIRST = [{"date": {"order": "desc", "missing": "_last"}}, {"uid": "asc"}]
OLDEST_FIRST = [{"date": {"order": "asc", "missing": "_last"}}, {"uid": "asc"}]
BEST_FIRST = [{"_score": "desc"}, *NEWEST_FIRST]
ORDERS = {"relevance": BEST_FIRST, "newest": NEWEST_FIRST, "oldest": OLDEST_FIRST}


def body(question: Question, strictness: Strictness = Strictness.AS_TYPED) -> dict:
    """Return the request for one page of results and everything around them."""
    wanted = question.wanted
    chosen = _chosen(question.chosen)
    start = min(question.start, DEEPEST)
    request = {
        "from": start,
        "size": min(question.size, DEEPEST - start),
        "track_total_hits": True,
        "_source": ["uid", "shown"],
        "query": _query(question, strictness),
        "sort": ORDERS[question.order],
        "aggs": _counts(question.counted, question.chosen, chosen),
    }
    if chosen:
        request["post_filter"] = {"bool": {"filter": list(chosen.values())}}
    if wanted:
        request["highlight"] = _highlight(wanted)
    if wanted and not question.exact:
        request["suggest"] = spelling(wanted)
    return request


def readable(readers: frozenset[str]) -> dict:
    """Return the filter that leaves what a reader with these tokens may see."""
    return {"terms": {"reader": sorted(readers)}}


def spelling(wanted: Wanted) -> dict:
    """Return the request for a better spelling, each word as one; only for unknown words."""
    return {
        "spelling": {
            "text": " ".join(wanted.words),
            "phrase": {
                "field": "spelling",
                "analyzer": "spaced",
                "size": SPELLINGS,
                "max_errors": 3,
                "direct_generator": [
                    {
                        "field": "spelling",
                        "suggest_mode": "missing",
                        "prefix_length": 0,
                        "min_word_length": 4,
                    }
                ],
            },
        }
    }


def _query(question: Question, strictness: Strictness) -> dict:
    filters = [readable(question.readers)]
    clauses: dict = {"filter": filters, "must_not": excluding(question.wanted)}
    if not question.wanted:
        return {"bool": clauses}
    clauses["must"] = [matching(question.wanted, strictness)]
    if question.order != "relevance":
        return {"bool": clauses}
    return {
        "function_score": {
            "query": {"bool": clauses},
            "functions": [
                {"weight": 1},
                {
                    "filter": {"exists": {"field": "date"}},
                    "gauss": {"date": {"origin": "now/d", "offset": "180d", "scale": "1095d"}},
                    "weight": RECENCY,
                },
                {"filter": {"term": {"language": question.language}}, "weight": OWN_LANGUAGE},
                *(
                    {"filter": {"term": {"entity": entity}}, "weight": weight}
                    for entity, weight in WORTH.items()
                ),
            ],
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _chosen(chosen: Mapping[str, Sequence[str]]) -> dict[str, dict]:
    """Return the filter of each facet in use."""
    return {
        facet: {"terms": {facet: _possible(values)}} for facet, values in chosen.items() if values
    }


def _possible(values: Sequence[str]) -> list[str]:
    """Return the values that can exist; the cluster refuses what is far longer."""
    return [value for value in values if len(value) <= LONGEST_VALUE]


def _counts(
    counted: Sequence[str], values: Mapping[str, Sequence[str]], chosen: Mapping[str, dict]
) -> dict:
    """Return a count of each facet, with the filters of all others but not its own.

    Each filter costs the cluster another run of the query, so that facets with the same filters
    are counted together, and those without any beside the hits.
    """
    free = {facet: _values(facet) for facet in counted if facet not in chosen}
    if not chosen:
        return free
    aggregations = {
        "matched": {"value_count": {"field": "uid"}},
        "narrowed": _filtered(list(chosen.values()), free),
    }
    for facet in counted:
        if facet in chosen:
            others = [query for other, query in chosen.items() if other != facet]
            listed = {facet: _values(facet), **_in_use(facet, values[facet])}
            if others:
                listed = {f"{facet} narrowed": _filtered(others, listed)}
            aggregations |= listed
    return aggregations


def _values(facet: str) -> dict:
    size = FEWEST_VALUES_LISTED if facet in MANY_VALUES else MOST_VALUES_LISTED
    return {"terms": {"field": facet, "size": size}}


def _in_use(facet: str, values: Sequence[str]) -> dict:
    """Return the count of the values in use, which may be too rare to be listed."""
    if not (possible := _possible(values)):
        return {}
    terms = {"field": facet, "include": possible, "size": len(possible)}
    return {f"{facet}{IN_USE}": {"terms": terms}}


def _filtered(filters: list[dict], aggregations: dict) -> dict:
    return {"filter": {"bool": {"filter": filters}}, "aggs": aggregations}


def _highlight(wanted: Wanted) -> dict:
    return {
        "type": "unified",
        "pre_tags": [HIT_BEGINS],
        "post_tags": [HIT_ENDS],
        "highlight_query": highlighting(wanted, [*TITLES, *TEXTS]),
        "fields": {
            **{title: {"number_of_fragments": 0} for title in TITLES},
            **dict.fromkeys(TEXTS, BEST_PIECE),
        },
    }
