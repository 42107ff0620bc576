"""Small decisions about people."""

import datetime

import pytest

from people.rules import includes, initials, years


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Sample", "AS"),
        ("João da Exemplo", "JE"),
        ("Layla", "L"),
        ("ليلى مثال", "لم"),
        ("", ""),
        ("– 7", ""),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_last_word(name, letters):
    assert initials(name) == letters


def test_a_term_includes_its_first_and_last_day():
    first, last = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
    assert includes(first, last, first)
    assert includes(first, last, last)
    assert includes(first, None, datetime.date(2100, 1, 1))
    assert not includes(first, last, datetime.date(2026, 1, 1))
    assert not includes(first, last, datetime.date(2024, 12, 31))


def test_a_span_within_one_year_is_that_year():
    assert years(2022, 2024) == "2022–2024"
    assert years(2022, 2022) == "2022"
