"""What editors wrote, as text without marks."""

import pytest
from wagtail import blocks
from wagtail.blocks import StreamBlock
from wagtail.images.blocks import ImageBlock

from blog.models import BlogPage
from pages import plain_text
from pages.blocks import BodyBlock
from tests.factories.content import make_document, make_post

RICH = (
    "<h2>Own <b>revenue</b></h2><p>Property&nbsp;tax &amp; fees.<br/>Line</p>"
    "<ul><li>One</li><li>Two</li></ul><hr/><p>End</p>"
)


class Nested(StreamBlock):
    """Blocks in blocks, as the site does not have them yet."""

    boxes = blocks.ListBlock(blocks.StructBlock([("note", blocks.CharBlock())]))
    stream = BodyBlock()
    choice = blocks.ChoiceBlock(choices=[("a", "Choice A")])


def stream(block: StreamBlock, *raw: tuple) -> blocks.StreamValue:
    return block.to_python([{"type": name, "value": value, "id": "1"} for name, value in raw])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("<p></p>", ""),
        (RICH, "Own revenue\nProperty tax & fees.\nLine\nOne\nTwo\nEnd"),
        ("<p>a  \n b</p>", "a b"),
        ("<p>1 &lt; 2 &amp;amp;</p>", "1 < 2 &amp;"),
    ],
)
def test_rich_text_is_lines_of_words(source, text):
    assert plain_text.of_rich_text(source) == text


def test_every_block_of_a_body_gives_its_words_and_no_addresses():
    body = stream(
        BodyBlock(),
        ("paragraph", "<p>Words.</p>"),
        (
            "figure",
            {"image": {"image": 5, "alt_text": "A market", "decorative": False}, "caption": "Cap"},
        ),
        ("quote", {"text": "Said", "source": "Somebody"}),
        ("table", {"data": [["Kenya", "47"], [None, "counties"]], "first_row_is_table_header": 1}),
        ("download", {"document": 7, "label": "Read me"}),
        ("video", {"url": "https://example.org/watch", "title": "Recording", "minutes": 5}),
        ("notice", {"text": "<p>Note.</p>"}),
    )
    assert plain_text.of_stream(body).split("\n") == [
        *("Words.", "A market", "Cap", "Said", "Somebody", "Kenya", "47", "counties"),
        *("Read me", "Recording", "Note."),
    ]


def test_blocks_in_blocks_are_read_and_unknown_ones_left_out():
    body = stream(
        Nested(),
        ("boxes", [{"type": "item", "value": {"note": "One"}, "id": "2"}]),
        ("boxes", [{"note": "Old form"}]),
        ("stream", [{"type": "paragraph", "value": "<p>Inside</p>", "id": "3"}]),
        ("choice", "a"),
    )
    body._raw_data.append({"type": "removed", "value": "x", "id": "4"})
    assert plain_text.of_stream(body).split("\n") == ["One", "Old form", "Inside", "Choice A"]


def test_an_image_that_was_stored_before_it_had_words_gives_none():
    figures = StreamBlock([("image", ImageBlock())])
    assert plain_text.of_stream(stream(figures, ("image", 5))) == ""


def test_reading_a_body_asks_the_database_nothing(home, django_assert_num_queries):
    document = make_document()
    made = make_post(
        body=[
            ("download", {"document": document, "label": "Read me"}),
            ("paragraph", f'<p><a linktype="document" id="{document.pk}">it</a></p>'),
        ]
    )
    post = BlogPage.objects.get(pk=made.pk)
    with django_assert_num_queries(0):
        assert plain_text.of_field(post, "body") == "Read me\nit"
        assert plain_text.documents_in(post, "body") == [document.pk, document.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ('<a linktype="document" id="3">a</a>', [3]),
        ('<a id="4" linktype="document">a</a>', [4]),
        ('<a linktype="page" id="5">a</a><a linktype="document" id="6">b</a>', [6]),
        ('<a href="https://example.org/?id=7">a</a>', []),
    ],
)
def test_links_to_documents_are_seen_among_others(source, ids):
    post = BlogPage(sources=source)
    assert plain_text.documents_in(post, "sources") == ids


@pytest.mark.django_db
def test_a_plain_field_is_its_own_text():
    post = BlogPage(summary="In <short>.")
    assert plain_text.of_field(post, "summary") == "In <short>."
    assert plain_text.documents_in(post, "summary") == []
