"""The state of a product and the file that is offered first."""

import pytest

from knowledge.rules import State, first_file, state

FILES = [
    {"url": "/1", "language": "en", "format": "XLSX"},
    {"url": "/2", "language": "en", "format": "PDF"},
    {"url": "/3", "language": "fr", "format": "PDF"},
    {"url": "", "language": "ar", "format": "PDF"},
]


@pytest.mark.parametrize(
    ("status", "is_superseded", "expected"),
    [
        ("published", False, State.PUBLISHED),
        ("published", True, State.SUPERSEDED),
        ("forthcoming", False, State.FORTHCOMING),
        ("draft-for-comment", True, State.SUPERSEDED),
        ("withdrawn", True, State.WITHDRAWN),
        ("something new", False, State.PUBLISHED),
    ],
)
def test_a_newer_edition_matters_more_than_all_but_a_withdrawal(status, is_superseded, expected):
    assert state(status, is_superseded=is_superseded) is expected


@pytest.mark.parametrize(
    ("languages", "url"),
    [
        (("en",), "/2"),
        (("fr", "en"), "/3"),
        (("ar", "fr", "en"), "/3"),
        (("pt", "es"), "/2"),
        (("fr", "en", "fr"), "/3"),
    ],
)
def test_the_first_file_is_in_the_readers_language_and_a_pdf(languages, url):
    assert first_file(FILES, languages)["url"] == url


def test_without_a_file_at_hand_none_is_offered():
    assert first_file(FILES[3:], ("ar",)) is None
    assert first_file([], ("en",)) is None
