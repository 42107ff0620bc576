"""What the blocks of a text accept from the form."""

import pytest
from django.core.exceptions import ValidationError

from pages.blocks.text import ParagraphBlock

EMPTIED = ["", "<p></p>", '<p data-block-key="a1b2c"></p>', '<p data-block-key="a1b2c"> </p>']


@pytest.mark.parametrize("html", EMPTIED)
def test_a_text_that_was_emptied_counts_as_missing(html):
    block = ParagraphBlock()
    with pytest.raises(ValidationError):
        block.clean(block.value_from_form(html))


@pytest.mark.parametrize("html", EMPTIED)
def test_a_draft_may_have_an_empty_text(html):
    block = ParagraphBlock()
    assert block.clean_deferred(block.value_from_form(html)).source == ""


@pytest.mark.parametrize("html", ["<p>Words</p>", "<hr/>"])
def test_a_text_stays_as_it_was_written(html):
    block = ParagraphBlock()
    assert block.clean(block.value_from_form(html)).source == html
