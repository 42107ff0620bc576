"""Where words stand in a text, and which piece of it is shown."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words.parsing import parse
from search.words.passages import LENGTH, Finder
from search.words.synonyms import Concept, SynonymTable


def found(text: str, typed: str, language: str = "en", **options) -> list[str]:
    finder = Finder(parse(typed), **options)
    return [text[start:end] for start, end in finder.hits(text, language)]


@pytest.mark.parametrize(
    ("text", "typed", "language", "hits"),
    [
        ("Budgets and a budget", "budget", "en", ["Budgets", "budget"]),
        ("Décentralisation", "decentralisation", "fr", ["Décentralisation"]),
        ("De\u0301centralisation de l’E\u0301tat", "État", "fr", ["E\u0301tat"]),
        ("Decentralisation", "decentralization", "en", ["Decentralisation"]),
        ("L’eau, l'eau", "eau", "fr", ["eau", "eau"]),
        ("Œuvres et cœur", "oeuvre coeur", "fr", ["Œuvres", "cœur"]),
        ("اللامركزية المالية", "مالية", "ar", ["المالية"]),
        ("Cities: a city", "cities", "en", ["Cities", "city"]),
        ("pre-budget", "budget", "en", ["budget"]),
        ("Budgétaire", "budget", "en", []),
        ("nothing", "budget", "en", []),
        ("", "budget", "en", []),
        ("budget", "", "en", []),
    ],
)
def test_words_are_found_in_their_forms(text, typed, language, hits):
    assert found(text, typed, language) == hits


def test_beginnings_are_found_only_where_asked_for():
    assert found("Decentralization", "decentral") == ["Decentralization"]
    assert found("Deconcentrated", "deconc") == []
    assert found("Deconcentrated", "deconc", beginnings=True) == ["Deconcentrated"]


def test_what_means_the_same_is_found_as_a_phrase():
    table = SynonymTable([Concept({"en": ["own revenue"], "fr": ["recettes propres"]})])
    finder = Finder(parse("own revenue", table))
    text = "Des recettes propres, et d’autres recettes. Own it."
    hits = [text[start:end] for start, end in finder.hits(text, "fr")]
    assert hits == ["recettes propres", "Own"]


def test_the_best_piece_answers_most_and_is_the_first_of_its_kind():
    filler = "and so on " * 60
    text = f"Water. {filler} Water and roads. {filler} Roads and water. {filler}"
    piece = Finder(parse("water roads")).best(text, "en")
    assert [piece.text[start:end] for start, end in piece.hits] == ["Water", "roads"]
    assert piece.parts == 2
    assert text[piece.at :].startswith("Water and roads")


def test_a_piece_is_short_and_cut_between_words():
    text = "The word stands among others. " * 100 + "Unique. " + "More words follow. " * 100
    piece = Finder(parse("unique")).best(text, "en")
    assert LENGTH // 2 < len(piece.text) <= LENGTH + 2
    inside = piece.text.strip("…")
    assert f" {inside} " in f" {text} "


@given(
    st.text(alphabet="aé œ\u0301\u00ad\u2800\u2880\u2881-’.\nwater", max_size=600),
    st.sampled_from(["water", "e", '"a e"', "œ water", "a-e"]),
)
def test_hits_lie_inside_of_the_piece_in_order_and_apart(text, typed):
    piece = Finder(parse(typed)).best(text, "en")
    ends = [0, *(place for hit in piece.hits for place in hit), len(piece.text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in piece.hits)
    assert all("\u2800" not in piece.text[start:end] for start, end in piece.hits)


def test_a_long_text_is_read_quickly():
    text = "Local governments and what they decide about water, land and taxes. " * 3000
    finder = Finder(parse("taxonomy of water governance in kenya"))
    started = time.process_time()
    finder.best(text, "en")
    assert time.process_time() - started < 1
