"""The blocks that editors write with, by theme, and the body they compose."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

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

    class Meta:
        label = _("text")
        template = "blocks/body.html"


__all__ = ["BodyBlock"]
