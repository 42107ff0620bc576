"""Titles for somebody who is still typing."""

from collections.abc import Mapping

from search.engines.answers import Suggestion
from search.engines.bounds import MOST_PARTS
from search.words import tokens
from search.words.parsing import clean

from .asking import BEST_FIRST, readable
from .matching import NEUTRAL_TITLE

WEIGHT = {"beginning": 3.0, "language": 2.0, "group": 1.0, "whole word": 0.2}
BEGUN = {"analyzer": "typed", "operator": "and"}
NAMED = ["group", "person", "country"]  # what readers look for by name


def body(text: str, readers: frozenset[str], language: str, size: int) -> dict | None:
    """Return the request for titles in which each word typed begins a word, in any order."""
    line = clean(text)
    words = tokens.words(line)[:MOST_PARTS]
    if not words:
        return None
    begun = [{"match_bool_prefix": {NEUTRAL_TITLE: {"query": word, **BEGUN}}} for word in words]
    return {
        "size": size,
        "track_total_hits": False,
        "_source": ["uid", "shown"],
        "query": {
            "bool": {
                "filter": [readable(readers), *begun],
                "should": [
                    _worth("beginning", {"prefix": {"exact": line}}),
                    _worth("language", {"term": {"language": language}}),
                    _worth("group", {"terms": {"entity": NAMED}}),
                    {"match": {NEUTRAL_TITLE: {"query": line, "boost": WEIGHT["whole word"]}}},
                ],
            }
        },
        "collapse": {"field": "family"},
        "sort": BEST_FIRST,
    }


def suggestions(response: Mapping) -> list[Suggestion]:
    """Return the titles that the cluster found, the best first."""
    return [_suggestion(found["_source"]) for found in response["hits"]["hits"]]


def _suggestion(source: Mapping) -> Suggestion:
    shown = source["shown"]
    return Suggestion(
        uid=source["uid"],
        title=shown["title"],
        url=shown["url"],
        entity=shown["entity"],
        language=shown["language"],
        in_every_language=shown["in_every_language"],
    )


def _worth(name: str, query: dict) -> dict:
    return {"constant_score": {"filter": query, "boost": WEIGHT[name]}}
