"""Blocks made of words."""

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.rich_text import RichText

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class ParagraphBlock(blocks.RichTextBlock):
    """Paragraphs with headings, lists and links."""

    def __init__(self, **kwargs):
        super().__init__(features=TEXT_FEATURES, **kwargs)

    def value_from_form(self, value: str) -> RichText:
        """Take a text that was emptied, of which its editor leaves a bare paragraph, as none.

        Otherwise the author could submit it, and the next reader’s form would refuse it as empty.
        """
        is_empty = not strip_tags(value).strip() and "<hr" not in value
        return super().value_from_form("" if is_empty else value)

    class Meta:
        icon = "pilcrow"
        label = _("text")
        template = "blocks/paragraph.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quotation"), help_text=_("Without quotation marks."))
    source = blocks.CharBlock(label=_("who said or wrote it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "blocks/quote.html"


class TextTableBlock(TableBlock):
    """A small table; headers are told to screen readers."""

    def __init__(self, **kwargs):
        super().__init__(
            table_options={"minSpareRows": 0, "startRows": 3, "startCols": 3}, **kwargs
        )

    class Meta:
        icon = "table"
        label = _("table")
        template = "blocks/table.html"


class NoticeBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("text"), features=["bold", "italic", "link"])

    class Meta:
        icon = "info-circle"
        label = _("note set apart")
        template = "blocks/notice.html"
