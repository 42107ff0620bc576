"""What is like a document: by its words, and by the terms under which it is filed."""

from .asking import BEST_FIRST, readable
from .client import index
from .mapping import SUFFIXES

TEXTS = [f"{name}_{suffix}" for name in ("title", "body", "labels") for suffix in SUFFIXES]
SAME = {"theme": 3.0, "region": 1.0, "country": 2.0, "group": 1.0}
OWN_LANGUAGE = 4.0
NOT_WORKS = ["person", "country", "page"]


def body(uid: str, readers: frozenset[str], language: str, size: int) -> dict:
    """Return the request; the cluster looks up the document’s own words and terms by itself."""
    return {
        "size": size,
        "track_total_hits": False,
        "_source": ["uid", "shown"],
        "query": {
            "bool": {
                "filter": [readable(readers)],
                "must": [{"bool": {"should": [_alike(uid), _same("theme", uid, SAME["theme"])]}}],
                "should": [
                    *(_same(field, uid, SAME[field]) for field in ("region", "country", "group")),
                    _worth({"term": {"language": language}}, OWN_LANGUAGE),
                ],
                "must_not": [
                    {"terms": {"family": _looked_up("family", uid)}},
                    {"terms": {"entity": NOT_WORKS}},
                ],
            }
        },
        "collapse": {"field": "family"},
        "sort": BEST_FIRST,
    }


def _alike(uid: str) -> dict:
    return {
        "more_like_this": {
            "fields": TEXTS,
            "like": [{"_index": index(), "_id": uid}],
            "min_term_freq": 1,
            "min_doc_freq": 2,
            "max_query_terms": 25,
            "min_word_length": 3,
            "minimum_should_match": "20%",
        }
    }


def _same(field: str, uid: str, boost: float) -> dict:
    return _worth({"terms": {field: _looked_up(field, uid)}}, boost)


def _looked_up(field: str, uid: str) -> dict:
    return {"index": index(), "id": uid, "path": field}


def _worth(query: dict, boost: float) -> dict:
    return {"constant_score": {"filter": query, "boost": boost}}
