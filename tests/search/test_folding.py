"""Words as they are compared."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words.folding import LONGEST_WORD, compounds, fold, stem, stems, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Économie d'aujourd’hui", ["economie", "aujourd", "hui"]),
        ("qu’il jusqu'à lorsqu’on", ["il", "a", "on"]),
        ("Women’s rights", ["women", "rights"]),
        ("Ação São Łódź Straße", ["acao", "sao", "lodz", "strasse"]),
        ("œuvre ﬁnance Ｆｕｌｌ", ["oeuvre", "finance", "full"]),
        ("sub\u00adnational zero\u200bwidth", ["subnational", "zerowidth"]),
        ("e\u0301tat", ["etat"]),
        ("إدارة الماليَّة بـلدى", ["اداره", "الماليه", "بلدي"]),
        ("budget¹ m²", ["budget", "m"]),
        ("a_b c/d 2024-25 3.5%", ["a", "b", "c", "d", "2024", "25", "3", "5"]),
        ("'; drop table -- \" * ( ) ^ : NEAR", ["drop", "table", "near"]),
        ("\x00\x1f\u202e🙂", []),
        ("", []),
    ],
)
def test_words_are_folded(text, folded):
    assert words(text) == folded


def test_long_words_are_cut():
    assert words("a" * 5000) == ["a" * LONGEST_WORD]


def test_compounds_are_words_too():
    assert compounds("sub-national and inter‑governmental, low - high") == [
        "subnational",
        "intergovernmental",
    ]


@pytest.mark.parametrize(
    ("language", "same"),
    [
        ("en", ["decentralization", "decentralisation", "decentralized", "decentralising"]),
        ("en", ["organization", "organisations", "organize", "organised"]),
        ("en", ["budget", "budgets", "budgeting"]),
        ("fr", ["locale", "locales"]),
        ("fr", ["decentralisation", "decentralisations"]),
        ("es", ["municipal", "municipales"]),
        ("es", ["transferencia", "transferencias"]),
        ("pt", ["orcamento", "orcamentos"]),
        ("ar", [fold(word) for word in ["مالية", "المالية", "والمالية"]]),
        ("ar", [fold(word) for word in ["خدمات", "الخدمات"]]),
        ("ar", [fold(word) for word in ["بلدية", "البلدية", "البلديات"]]),
    ],
)
def test_forms_of_a_word_have_one_stem(language, same):
    assert len({stem(word, language) for word in same}) == 1


@pytest.mark.parametrize("word", ["us", "tax", "who", "2026"])
def test_short_words_and_numbers_are_their_own_stem(word):
    assert stems(word) == (word,)


def test_an_unknown_language_has_no_stems():
    assert stem("budgets", "xx") == "budgets"


def test_arabic_words_have_arabic_stems_in_any_text():
    assert stem("الماليه", "en") == stem("ماليه", "fr")


def test_stemming_is_safe_in_threads():
    typed = [f"organisations{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"] * 20
    expected = [stem.__wrapped__(word, "fr") for word in typed]
    results = []

    def work() -> None:
        results.append([stem.__wrapped__(word, "fr") for word in typed])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


@given(st.text())
def test_folded_words_are_letters_and_digits_and_stay_as_they_are(text):
    for word in words(text):
        assert word.isalnum()
        assert fold(word) == word
