"""Whatever is asked, the database answers, and in bounded time."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.answers import FACETS, Question
from search.engines.database.engine import DatabaseEngine
from search.words.wanted import Part, Wanted
from tests.search.elastic.library import Thing

from .conftest import keep

pytestmark = pytest.mark.django_db

TYPED = [
    *("", " ", '"', '""', "'", "“", "*", "**", "-", "--", "- -", '-"', "(", ")", "()", "\\", "^"),
    *("a*", "*a", '"a', 'a"', "a AND", "OR", "NOT", "NEAR(a b)", "title:water", "{title}: water"),
    *("water)", "(water", "wat%er", "%s", "%(x)s", "{0}", "{}", "'; drop table search_words; --"),
    *("a & b | !c", "a <-> b", "water:*", "water:A", "$$", "$1", "\\'", "´`", "·", "·water", "¶"),
    *("\x00", "wa\x00ter", "\u202ewater\u202c", "\u200b", "🙂", "\ud800", "ß", "İ", "ﷺ", "１２"),
    *("½", "²", "ـ", '"½"', "water ½", "½ -½", "-½"),
    "a" * 5000,
    "word " * 400,
    " ".join(f"word{number}" for number in range(400)),
    '"' + "phrase " * 400 + '"',
    "-" + " -".join(f"out{number}" for number in range(400)),
    "a-b-c-d-e-f-g-h " * 50,
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% debug %}",
]


@pytest.mark.parametrize("typed", TYPED)
def test_everything_that_is_typed_is_answered(ask, typed):
    keep(Thing("page:1", "Water", body="a b c"))
    assert ask(typed).total in {0, 1}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60))
def test_any_text_is_answered(ask, typed):
    assert ask(typed).total == 0


def test_words_are_bounded_whoever_made_them(db):
    keep(Thing("page:1", "Water"))
    alternatives = tuple((f"other{number}", "words") for number in range(50))
    endless = Wanted(
        "water",
        parts=tuple(Part((f"word{n}", "'\" ) OR"), alternatives) for n in range(400)),
        phrases=tuple(("water",) * 300 for _ in range(300)),
        excluded=tuple((f"no{number}",) for number in range(300)),
    )
    started = time.process_time()
    assert DatabaseEngine().find(Question(wanted=endless)).total == 0
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "question",
    [
        {"chosen": {"region": ["x' or 1=1", "%", "\\", "a\nregion=b"]}},
        {"chosen": {"no such facet": ["a"], "": [""]}},
        {"chosen": {facet: ["x"] * 500 for facet in FACETS}},
        {"chosen": {"reader": ["members"]}},
        {"start": 10**18},
        {"size": 10**6},
        {"size": 0},
        {"counted": ()},
        {"order": "no such order"},
        {"readers": frozenset()},
        {"readers": frozenset({"' or 1=1 --"})},
        {"language": "xx"},
    ],
)
def test_unusual_questions_are_answered(ask, question):
    keep(Thing("page:1", "Water"), Thing("page:2", "Secret water", readers=("members",)))
    assert ask("water", **question).total in {0, 1}
    assert ask("", **question).total in {0, 1}


def test_nobody_without_a_token_finds_anything(ask):
    keep(Thing("page:1", "Water"))
    assert ask("water", readers=frozenset()).total == 0


def test_words_of_the_databases_own_language_are_words(ask):
    keep(Thing("page:1", "Near or not and null"), Thing("page:2", "Else"))
    assert [hit.uid for hit in ask("NEAR NULL").hits] == ["page:1"]
