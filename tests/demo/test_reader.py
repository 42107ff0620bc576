"""Markdown becomes what Wagtail stores."""

import pytest

from demo import reader

PAGES = {"k06": 12}


def stored(markdown: str) -> str:
    return reader.rich_text(markdown, PAGES.__getitem__)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Plain words.", "<p>Plain words.</p>"),
        ("**Bold** and *slanted*", "<p><b>Bold</b> and <i>slanted</i></p>"),
        ("## A heading", "<h2>A heading</h2>"),
        ("# Too large", "<h2>Too large</h2>"),
        ("#### Too small", "<h3>Too small</h3>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n   - half", "<ol><li>one<ul><li>half</li></ul></li></ol>"),
        ("[There](page:k06)", '<p><a linktype="page" id="12">There</a></p>'),
        (
            "[Out](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2">Out</a></p>',
        ),
        ("Two\nlines", "<p>Two lines</p>"),
        ("a < b & `code`", "<p>a &lt; b &amp; code</p>"),
        ("---", "<hr/>"),
    ],
)
def test_text_is_stored_as_wagtail_stores_it(markdown, html):
    assert stored(markdown) == html


def test_a_link_to_an_unknown_page_is_an_error():
    with pytest.raises(KeyError, match="k99"):
        stored("[Nowhere](page:k99)")


def test_raw_html_is_refused():
    with pytest.raises(ValueError, match="html_block"):
        stored("<div>no</div>")


def test_quotations_and_tables_are_blocks_of_their_own():
    markdown = "Before.\n\n> Wise words.\n>\n> — Somebody\n\n| a | b |\n|---|---|\n| **1** | 2 |\n"
    paragraph, quote, table = reader.blocks(markdown, PAGES.__getitem__)
    assert (paragraph["type"], paragraph["value"]) == ("paragraph", "<p>Before.</p>")
    assert quote["value"] == {"text": "Wise words.", "source": "Somebody"}
    assert table["value"]["data"] == [["a", "b"], ["1", "2"]]
    assert table["value"]["first_row_is_table_header"]


def test_the_same_text_gives_the_same_blocks():
    markdown = "One.\n\n> Two.\n\nThree."
    first, second = (reader.blocks(markdown, PAGES.__getitem__) for _ in range(2))
    assert first == second
    assert len({block["id"] for block in first}) == 3


def test_a_file_is_split_into_front_matter_body_and_parts(tmp_path):
    path = tmp_path / "k01.md"
    path.write_text(
        '+++\nid = "k01"\n+++\nThe body.\n\n+++ file en\n# Title\n\n+++ table data\n| a |\n|---|\n'
    )
    text = reader.read(path)
    assert text.front == {"id": "k01"}
    assert text.body == "The body."
    assert text.parts_of("file") == {"en": "# Title"}
    assert reader.tables(text.parts_of("table")["data"]) == [[["a"]]]


def test_a_text_is_split_at_its_headings():
    found = reader.sections("Lead.\n\n## One\n\nA.\n\n### Half\n\nB.\n\n## Two\n")
    assert [(section.level, section.heading, section.text) for section in found] == [
        (2, "One", "A."),
        (3, "Half", "B."),
        (2, "Two", ""),
    ]
