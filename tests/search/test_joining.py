"""Two words in a row are also looked for as one."""

import pytest

from search.words.joining import with_joined
from search.words.parsing import parse
from search.words.respelling import respelled


def alternatives(text: str) -> list[list[str]]:
    return [[" ".join(words) for words in part.alternatives] for part in joined(text).parts]


def joined(text: str):
    return with_joined(parse(text))


def test_two_words_may_be_written_as_one():
    assert alternatives("child care") == [["childcare"], ["childcare"]]


def test_each_word_may_belong_to_the_one_before_or_after():
    assert alternatives("local child care") == [
        ["localchild"],
        ["localchild", "childcare"],
        ["childcare"],
    ]


@pytest.mark.parametrize("text", ["care", "to be", "care 2026", "", '"child care"'])
def test_nothing_else_is_joined(text):
    assert joined(text) == parse(text)


@pytest.mark.parametrize(
    ("typed", "better", "text"),
    [
        ("watr Kenya", ["water", "kenya"], "water Kenya"),
        ("WATR -kenya", ["water"], "water -kenya"),
        ('"watr rights" watr', ["water", "rights"], '"water rights" water'),
        ("decentralizacion", ["décentralizacion"], ""),
        ("water", ["water"], ""),
        ("water kenya", ["water"], ""),
        ("wat water", ["watt", "water"], "watt water"),
    ],
)
def test_a_better_spelling_changes_only_the_words_that_differ(typed, better, text):
    assert respelled(parse(typed), better) == text
