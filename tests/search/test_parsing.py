"""What somebody types becomes words that no engine can misunderstand."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.words import folding
from search.words.parsing import LONGEST_TEXT, MOST_PARTS, MOST_PHRASES, clean, parse
from search.words.synonyms import MOST_ALTERNATIVES, Concept, SynonymTable
from search.words.wanted import Wanted

TABLE = SynonymTable(
    [
        Concept({"en": ("budget",), "fr": ("budget", "finances")}, ("PFM",), ("IT",)),
        Concept({"en": tuple(f"a{number} b" for number in range(20))}),
    ]
)
without_deadline = settings(deadline=None)  # the first stems take their time
SIGNS = st.sampled_from("\"“”«»‘’‹›'-−– .:*()|&~\\\x00\u202e\u200d\ufffd")
TYPED = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(SIGNS, st.sampled_from(["budget", "IT", "l’eau", "a3", "b"]))).map("".join),
)


def loose(typed: str) -> list[tuple[str, ...]]:
    return [part.words for part in parse(typed).parts]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  own   source revenue ", "own source revenue"),
        ("revenue\x00\x07 sharing", "revenue sharing"),
        ("line\nbreak\u2028here", "line break here"),
        ("right\u202eto\u2066left", "righttoleft"),
        ("broken \ufffd\ud800 text", "broken text"),
        ("e\u0301conomie", "économie"),
        ("e\u200d\u0301conomie", "économie"),
        ('"', ""),
        ("* ' ( ) : ^ ~ \\", ""),
        ("   ", ""),
        ("l’eau & santé", "l’eau & santé"),
    ],
)
def test_typed_text_becomes_one_readable_line(typed, line):
    assert clean(typed) == line
    assert parse(typed).text == line


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Fiscal Transfers", [("fiscal",), ("transfers",)]),
        ("budget Budget BUDGET paper", [("budget",), ("paper",)]),
        ("paper budget paper", [("paper",), ("budget",)]),
        ("title:budget* AND (x^2)", [("title",), ("budget",), ("and",), ("2",)]),
        ("l’eau d'Afrique qu’il", [("eau",), ("afrique",), ("il",)]),
        ("women’s budget", [("women",), ("budget",)]),
        ("اللامركزية المالية", [("اللامركزية",), ("المالية",)]),
        ("a b", [("a",), ("b",)]),
        ("plan b", [("plan",)]),
        ("SDG 6", [("sdg",), ("6",)]),
        ("2026", [("2026",)]),
        ("_", []),
    ],
)
def test_words_are_letters_and_digits(typed, words):
    assert loose(typed) == words


@pytest.mark.parametrize(
    ("typed", "words", "also"),
    [
        ("multi-level", ("multi", "level"), (("multilevel",),)),
        ("co‑chair", ("co", "chair"), (("cochair",),)),
        ("e-governance", ("e", "governance"), (("egovernance",),)),
        ("face-to-face", ("face", "to", "face"), ()),
    ],
)
def test_a_compound_is_one_part_and_answers_in_one_word_too(typed, words, also):
    (part,) = parse(typed).parts
    assert (part.words, part.alternatives) == (words, also)


def test_years_with_a_hyphen_are_two_years():
    assert loose("2024-2025") == [("2024",), ("2025",)]


@pytest.mark.parametrize(
    "typed",
    [
        '"own source" tax',
        "“own source” tax",
        "« own source » tax",
        "tax ‘own source’",
        "„Own Source“ tax",
        "tax ‹own source›",
    ],
)
def test_quotes_of_every_kind_hold_a_phrase(typed):
    wanted = parse(typed)
    assert wanted.phrases == (("own", "source"),)
    assert [part.words for part in wanted.parts] == [("tax",)]


def test_an_apostrophe_inside_a_phrase_does_not_end_it():
    assert parse("‘l’eau potable’").phrases == (("eau", "potable"),)
    assert parse("« l’eau potable »").phrases == (("eau", "potable"),)


@pytest.mark.parametrize("typed", ['own "source', "own source”", "own ‘source", "countries’ own"])
def test_a_quote_that_nothing_closes_is_no_quote(typed):
    wanted = parse(typed)
    assert wanted.phrases == ()
    assert ("own",) in [part.words for part in wanted.parts]


def test_an_empty_phrase_is_none():
    assert parse('"" « - » tax').phrases == ()


@pytest.mark.parametrize(
    ("typed", "excluded"),
    [
        ("tax -property", (("property",),)),
        ("tax −property", (("property",),)),
        ('tax -"property tax"', (("property", "tax"),)),
        ("tax -« property tax »", (("property", "tax"),)),
        ("tax -‘property tax’", (("property", "tax"),)),
        ("tax -multi-level", (("multi", "level"),)),
        ("-property tax", (("property",),)),
    ],
)
def test_a_hyphen_in_front_leaves_out(typed, excluded):
    wanted = parse(typed)
    assert wanted.excluded == excluded
    assert [part.words for part in wanted.parts] == [("tax",)]
    assert wanted.phrases == ()


@pytest.mark.parametrize("typed", ["multi-level", "tax - property", "tax -", "tax–property"])
def test_other_hyphens_leave_nothing_out(typed):
    assert parse(typed).excluded == ()


def test_mere_exclusions_look_for_nothing():
    assert not parse("-tax")
    assert parse("-tax").excluded == (("tax",),)


def test_long_text_is_cut():
    assert len(parse("word " * 2_000).text) <= LONGEST_TEXT
    assert len(loose("w" * 10_000)) == 1
    assert len(loose(" ".join(f"w{number}" for number in range(400)))) == MOST_PARTS
    assert len(parse(" ".join(f'"w{number}"' for number in range(400))).phrases) == MOST_PHRASES
    assert len(parse(" ".join(f"-w{number}" for number in range(400))).excluded) == MOST_PHRASES


def test_no_more_is_read_than_could_be_used():
    assert parse(" " * 100_000 + "budget").text == ""


@without_deadline
@given(TYPED)
def test_any_text_becomes_words_of_letters_and_digits(text):
    for word in _all_words(parse(text, TABLE)):
        assert word == word.lower()
        assert folding.fold(word).strip()
        assert all(unicodedata.category(sign)[0] in "LMN" for sign in word)


@without_deadline
@given(TYPED)
def test_what_is_asked_is_bounded(text):
    wanted = parse(text, TABLE)
    assert len(wanted.text) <= LONGEST_TEXT
    assert len(wanted.parts) <= MOST_PARTS
    assert len(wanted.phrases) <= MOST_PHRASES
    assert len(wanted.excluded) <= MOST_PHRASES
    assert all(len(part.alternatives) <= MOST_ALTERNATIVES for part in wanted.parts)


@without_deadline
@given(TYPED)
def test_cleaning_twice_changes_nothing(text):
    line = clean(text)
    assert clean(line) == line
    assert parse(line, TABLE) == parse(text, TABLE)


@without_deadline
@given(TYPED)
def test_a_line_that_is_left_asks_something(text):
    wanted = parse(text, TABLE)
    assert bool(wanted.text) == bool(wanted or wanted.excluded)


@without_deadline
@given(
    st.lists(
        st.sampled_from(["Budget", "l’eau", "women’s", "qu’il", "São-Tomé", "١٢", "x"]), max_size=10
    )
)
def test_words_are_those_by_which_texts_are_indexed(typed):
    text = " ".join(typed)
    phrase = [word for words in parse(f'"{text}"').phrases for word in words]
    assert [folding.fold(word) for word in phrase] == folding.words(clean(text))


def _all_words(wanted: Wanted) -> set[str]:
    found = set(wanted.words)
    found.update(word for phrase in wanted.excluded for word in phrase)
    found.update(word for part in wanted.parts for also in part.alternatives for word in also)
    return found
