"""The index and what is stored in it."""

import json
import re

import pytest
from elasticsearch import Elasticsearch

from search.engines.elastic import mapping
from search.engines.elastic.analysis import ANALYSIS, LANGUAGES
from search.models import Document, DocumentFacet
from search.projection import page_marks

from .library import Thing
from .things import TEAM

LICENSED_OR_MISSING = {
    *("search_as_you_type", "rank_feature", "match_only_text", "token_count", "scaled_float"),
    *("wildcard", "constant_keyword", "version", "percolator", "synonym", "synonym_graph"),
}


@pytest.fixture(scope="module")
def terms(elasticsearch_url, library):
    """Return a function that gives the terms that an analyzer makes of a text."""
    with Elasticsearch(elasticsearch_url) as cluster:

        def analyzed(analyzer: str, text: str) -> list[str]:
            found = cluster.indices.analyze(index=library, analyzer=analyzer, text=text)
            return [token["token"] for token in found["tokens"]]

        yield analyzed


@pytest.mark.parametrize("analyzer", ANALYSIS["analyzer"])
def test_page_marks_are_gaps_and_no_words_for_every_analyzer(terms, analyzer):
    if analyzer == "spaced":
        return  # only words that were typed pass through it
    marked = page_marks.marked(["alpha beta", "gamma delta"], 3)
    assert marked != page_marks.without(marked)
    assert terms(analyzer, marked) == terms(analyzer, "alpha beta gamma delta")


@pytest.mark.parametrize("analyzer", ["neutral", *LANGUAGES])
@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("na\u00aditional", "naitional"),
        ("\u202enational\u202c", "national"),
        ("nat\u200bional\ufeff", "national"),
        ("NATIONAL", "national"),
        ("nàtïonal", "national"),
        ("national’s", "national's"),
        ("sub‑national", "sub-national"),
    ],
)
def test_what_looks_the_same_is_the_same(terms, analyzer, text, same):
    assert terms(analyzer, text) == terms(analyzer, same) != []


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["decentralization", "decentralisation", "decentralised", "decentralizing"]),
        ("en", ["municipality", "municipalities"]),
        ("fr", ["collectivité", "collectivités", "collectivites"]),
        ("fr", ["territorial", "territoriale", "territoriales", "territoriaux"]),
        ("es", ["descentralización", "descentralizaciones", "descentralizacion"]),
        ("es", ["gobierno", "gobiernos"]),
        ("pt", ["transferência", "transferências", "transferencia"]),
        ("pt", ["gestão", "gestões", "gestao"]),
        ("pt", ["municipal", "municipais"]),
        ("ar", ["البلديات", "بلديات", "بلدية", "والبلدية"]),
        ("ar", ["الإدارة", "ادارة", "إدارة"]),
    ],
)
def test_the_forms_of_a_word_have_one_stem(terms, language, forms):
    stems = {tuple(terms(language, form)) for form in forms}
    assert len(stems) == 1
    assert stems != {()}


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("decentralisation", "decentralization"),
        ("organise", "organize"),
        ("labour", "labor"),
        ("neighbourhood", "neighborhood"),
        ("centre", "center"),
    ],
)
def test_both_spellings_of_english_meet_without_stems(terms, british, american):
    assert terms("neutral", british) == terms("neutral", american)


def test_different_words_stay_different(terms):
    words = "tax taxi axis organ organic policy police four for university universe"
    assert len({tuple(terms("neutral", word)) for word in words.split()}) == len(words.split())


def test_a_compound_is_its_parts_and_one_word(terms):
    assert set(terms("neutral", "multi-level")) == {"multi", "level", "multilevel"}
    assert set(terms("en", "multi-level")) == {"multi", "level", "multilevel"}


def test_nothing_needs_a_licence_or_a_module_that_nodes_lack():
    named = re.findall(r'"type": "(\w+)"', json.dumps(mapping.index_body()))
    assert named
    assert not LICENSED_OR_MISSING & set(named)


def test_the_hash_tells_of_the_mapping_but_not_of_the_replicas():
    none, two = mapping.index_body(0), mapping.index_body(2)
    assert two["settings"]["number_of_replicas"] == 2
    assert none["mappings"]["_meta"] == two["mappings"]["_meta"]
    assert len(none["mappings"]["_meta"]["hash"]) == 64


def test_a_document_that_says_nothing_can_be_stored(only, find):
    only(Thing("page:1", "", body="", date=""))
    assert find("").total == 1


@pytest.mark.parametrize(
    "text",
    ["\x00\x01\ue000\ue001", "a" * 40_000, "\U0001f600" * 500, "word " * 60_000, "\n\n", "“”"],
)
def test_any_text_can_be_stored(only, find, text):
    only(
        Thing(
            "page:1",
            text,
            body=text,
            summary=text,
            labels=text,
            also_called=[text],
            files={"a.pdf": [text, text]},
        )
    )
    hit = find("").hits[0]
    assert "\ue000" not in hit.title + hit.passage.text


def test_spellings_hold_nothing_of_what_is_restricted():
    open_to_all = Thing("page:1", "Budget", body="hysteresis", files={"a.pdf": ["annex"]}).source
    assert {"Budget", "hysteresis", "annex"} <= set(open_to_all["spelling"])
    assert "spelling" not in Thing("page:1", "Budget", readers=TEAM).source


def test_a_language_without_an_analyzer_of_its_own_is_searched_as_it_stands(only, uids):
    only(Thing("page:1", "Über Gemeinden", "de", body="Kommunale Haushalte"))
    assert uids("uber gemeinden") == uids("haushalte") == ["page:1"]


def test_facets_and_readers_come_from_the_rows_of_the_document(db, now):
    document = Document.objects.create(
        uid="page:1", title="Budget", language="en", changed_at=now, readers=["public"]
    )
    for facet, value in (("theme", "finance"), ("theme", "water"), ("reader", "public")):
        DocumentFacet.objects.create(document=document, facet=facet, value=value)
    stored = mapping.source(document)
    assert sorted(stored["theme"]) == ["finance", "water"]
    assert (stored["reader"], stored["family"]) == (["public"], "page:1")
