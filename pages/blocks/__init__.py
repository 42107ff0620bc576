"""The blocks that editors write with, by theme, and the body they compose."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages import rich_text

from .media import DownloadBlock, FigureBlock, VideoBlock
from .text import NoticeBlock, ParagraphBlock, QuoteBlock, TextTableBlock


class BodyBlock(blocks.StreamBlock):
    """The text of a page: a few blocks, none inside another."""

    paragraph = ParagraphBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    table = TextTableBlock()
    download = DownloadBlock()
    video = VideoBlock()
    notice = NoticeBlock()

    def get_context(self, value, parent_context=None):
        """Expand the texts of all blocks together before each of them is drawn."""
        texts = [child.value for child in value if child.block_type == "paragraph"]
        notes = [child.value["text"] for child in value if child.block_type == "notice"]
        rich_text.prepare([text.source for text in (*texts, *notes)])
        return super().get_context(value, parent_context)

    class Meta:
        label = _("text")
        template = "blocks/body.html"


__all__ = ["BodyBlock"]
