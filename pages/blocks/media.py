"""Blocks that show or offer a file."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class FigureBlock(blocks.StructBlock):
    """An image that says what it shows, or that it is decorative."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("image")
        template = "blocks/figure.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    label = blocks.CharBlock(
        label=_("what readers see"), required=False, help_text=_("Empty: the file’s title.")
    )

    class Meta:
        icon = "download"
        label = _("file to download")
        template = "blocks/download.html"


class VideoBlock(blocks.StructBlock):
    """A link to a recording: nothing of the video host loads before the reader follows it."""

    url = blocks.URLBlock(label=_("address of the video"))
    title = blocks.CharBlock(label=_("title"))
    minutes = blocks.IntegerBlock(label=_("length in minutes"), required=False, min_value=1)

    class Meta:
        icon = "media"
        label = _("recording")
        template = "blocks/video.html"
