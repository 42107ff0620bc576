"""Images and documents, with what readers and re-users must know about them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from taxonomy.findable import Findable

from .inspection import count_pages


class Licence(models.TextChoices):
    """Under which terms a file or a product may be used again (SPDX names where they exist)."""

    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_NC = "CC-BY-NC-4.0", _("Creative Commons Attribution, non-commercial 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution, share alike 4.0")
    CC0 = "CC0-1.0", _("No rights reserved (CC0)")
    RESERVED = "all-rights-reserved", _("All rights reserved")


class SiteImage(AbstractImage):
    """An image. ``description`` is its alternative text; an empty one means “decorative”."""

    shows_on_pages = True

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=30, choices=Licence, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            )
        ]


class SiteDocument(AbstractDocument):
    """A file to download, with its language, licence and, for a PDF, its number of pages."""

    shows_on_pages = True

    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    licence = models.CharField(_("licence"), max_length=30, choices=Licence, blank=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "language", "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Check the extension, unless the form has refused the file and says why already."""
        if self.file:
            super().clean()

    def findable(self) -> Findable:
        """Return what the search knows of the file itself; its terms are those of its page."""
        return Findable(
            entity="document",
            kind="document",
            title=self.title,
            language=self.language,
            url=self.url,
            languages=[self.language],
            files=[self.pk],
        )

    def _set_document_file_metadata(self) -> None:
        """Read the page count together with the size and the hash, once per new file."""
        super()._set_document_file_metadata()
        self.page_count = count_pages(self.file, self.file_extension)


class ExportLog(models.Model):
    """Who took a list of people out of the site, when, which columns and how many rows."""

    what = models.CharField(_("list"), max_length=100)
    columns = models.JSONField(_("columns"), default=list)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    file_format = models.CharField(_("format"), max_length=10)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("export of a list")
        verbose_name_plural = _("exports of lists")
        ordering = ["-at"]
        permissions = [("take_people", "Can take lists of people out of the site")]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
