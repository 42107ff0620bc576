"""Blocks that show or offer a file."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from files.downloads import download_line
from pages.pictures import BODY_SPECS, picture


class FigureBlock(blocks.StructBlock):
    """An image that says what it shows, or that it is decorative."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False)

    def get_context(self, value, parent_context=None):
        """Add the picture as ``components/figure.html`` draws it; none when its file is gone."""
        context = super().get_context(value, parent_context)
        image = value.get("image")
        alt = getattr(image, "contextual_alt_text", None) or ""
        sizes = "(min-width: 42rem) 38rem, 100vw"
        context["image"] = picture(image, BODY_SPECS, sizes=sizes, alt=alt)
        return context

    class Meta:
        icon = "image"
        label = _("image")
        template = "blocks/figure.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    label = blocks.CharBlock(
        label=_("what readers see"), required=False, help_text=_("Empty: the file’s title.")
    )

    def get_context(self, value, parent_context=None):
        """Add the line about the file, if it still exists."""
        context = super().get_context(value, parent_context)
        document = value.get("document")
        context["file"] = document and download_line(document, value.get("label", ""))
        return context

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
