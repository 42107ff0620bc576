"""A knowledge product, its files and editions, and the library."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from files.licences import licence_url
from files.models import Licence, SiteDocument
from pages import structured_data
from pages.blocks import BodyBlock
from pages.cards import card
from pages.listings import listing
from pages.metadata import absolute, writing
from pages.models import SitePage
from pages.remembered import remembered_unless_preview
from projects.models import ProjectPage
from taxonomy.findable import Findable
from working_groups.listed import listed_groups
from working_groups.models import GroupWork, WorkingGroupPage

from .querysets import ResourceQuerySet
from .rules import State, state
from .sections import (
    Surroundings,
    files_of,
    newer_edition,
    state_words,
    surroundings,
)

LIBRARY_FILTERS = ("kind", "group", "region", "theme", "country", "year", "language")


class LibraryPage(SitePage):
    """All knowledge products, with filters."""

    class Kind(models.TextChoices):
        INDEX = "library", _("library")

    kinds = Kind

    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.ResourcePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("library")

    def get_context(self, request, *args, **kwargs):
        products = ResourcePage.objects.for_reader_now().current()
        context = super().get_context(request, *args, **kwargs)
        found = listing(request, products, LIBRARY_FILTERS, listed_groups())
        return context | {"listing": found}


class ResourcePage(GroupWork, SitePage):
    """A knowledge product: what it is, its files by language, its editions, how to cite it."""

    entity = "product"
    is_told = True
    card_deferred = ("body",)
    findable_texts = ("body", "status_note", "doi")
    findable_related = (
        *GroupWork.findable_related,
        "other_groups",
        "resource_files__document",
    )

    class Kind(models.TextChoices):
        PRIMER = "primer", _("primer")
        GUIDE = "guide", _("guide")
        EXPLAINER = "explainer-product", _("explainer")
        POLICY_BRIEF = "policy-brief", _("policy brief")
        FRAMEWORK = "assessment-framework", _("assessment framework")
        COUNTRY_PROFILE = "country-profile", _("country profile")
        FISCAL_REVIEW = "fiscal-review", _("fiscal review")
        REPORT = "comparative-report", _("report")
        DATASET = "dataset", _("dataset")
        WORKBOOK = "workbook", _("workbook")
        ONLINE_COURSE = "online-course", _("online course")

    class Status(models.TextChoices):
        PUBLISHED = "published", _("published")
        FORTHCOMING = "forthcoming", _("forthcoming")
        DRAFT_FOR_COMMENT = "draft-for-comment", _("draft for comment")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kinds = Kind

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PUBLISHED)
    status_note = models.CharField(
        _("note on the status"),
        max_length=300,
        blank=True,
        help_text=_("When it is expected, how to comment and until when, why it was withdrawn."),
    )
    edition = models.CharField(_("edition"), max_length=30, blank=True, help_text="2.0")
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("superseded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supersedes",
    )
    licence = models.CharField(_("licence"), max_length=30, choices=Licence, blank=True)
    doi = models.CharField("DOI", max_length=100, blank=True)
    external_url = models.URLField(
        _("address elsewhere"), blank=True, help_text=_("For a course or a file kept elsewhere.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    other_groups = ParentalManyToManyField(
        WorkingGroupPage,
        verbose_name=_("further working groups"),
        blank=True,
        related_name="shared_knowledge",
    )
    project = models.ForeignKey(
        ProjectPage,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="products",
    )

    content_panels = [
        FieldPanel("kind"),
        *SitePage.content_panels,
        SitePage.author_panel,
        FieldRowPanel([FieldPanel("date"), FieldPanel("edition"), FieldPanel("licence")]),
        InlinePanel("resource_files", heading=_("Files"), label=_("file")),
        FieldPanel("external_url"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_note")]),
                PageChooserPanel("superseded_by", "knowledge.ResourcePage"),
                FieldPanel("doi"),
            ],
            heading=_("Editions and status"),
        ),
    ]
    tag_panels = [
        *SitePage.tag_panels,
        FieldPanel("group"),
        FieldPanel("other_groups"),
        PageChooserPanel("project", "projects.ProjectPage"),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("body"),
        index.FilterField("status"),
        index.FilterField("licence"),
    ]

    parent_page_types = ["knowledge.LibraryPage", "working_groups.WorkingGroupPage"]
    subpage_types: list[str] = []

    objects = PageManager.from_queryset(ResourceQuerySet)()

    class Meta:
        verbose_name = _("knowledge product")
        verbose_name_plural = _("knowledge products")
        constraints = [
            models.CheckConstraint(
                name="no_product_supersedes_itself",
                condition=models.Q(superseded_by__isnull=True)
                | ~models.Q(superseded_by=models.F("pk")),
            )
        ]

    def save(self, *args, **kwargs):
        """Keep withdrawn products out of lists."""
        self.is_listed = self.status != self.Status.WITHDRAWN
        self.date_if_live()
        super().save(*args, **kwargs)

    def serve(self, request, *args, **kwargs):
        """Answer 410 for a product that was withdrawn, with the reason and what replaces it."""
        if self.status == self.Status.WITHDRAWN and not getattr(request, "is_preview", False):
            return render(request, "410.html", self._withdrawal(), status=410)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        def collect() -> Surroundings:
            return surroundings(self, request, timezone.localdate())

        context = super().get_context(request, *args, **kwargs)
        return context | {"around": remembered_unless_preview(request, self, "product", collect)}

    def files(self) -> list["ResourceFile"]:
        """Return the files in their order, with their documents; read once."""
        if not hasattr(self, "_files"):
            self._files = list(self.resource_files.select_related("document"))
        return self._files

    def findable(self) -> Findable:
        """Add its files, those in its own language first, and the groups that share it."""
        said = super().findable()
        files = sorted(
            self.resource_files.all(), key=lambda file: file.document.language != self.language
        )
        shared = (str(group.translation_key) for group in self.other_groups.all())
        told = replace(
            said,
            groups=[*said.groups, *shared],
            languages=[*said.languages, *(file.document.language for file in files)],
            files=[file.document_id for file in files],
        )
        return told.with_text(*(file.label for file in files))

    def card_context(self, around) -> dict:
        """Add the year for the date, and the state unless it is simply published."""
        where = state(self.status, is_superseded=self.superseded_by_id is not None)
        facts = {"date_label": str(self.date.year) if self.date else ""}
        if where is not State.PUBLISHED:
            facts |= {"status": where, "status_label": state_words(where)}
        return {"card": card(self, around, **facts)}

    def json_ld(self, request) -> list[dict]:
        files = [
            {
                "url": absolute(request, file["url"]),
                "format": file["media_type"],
                "language": file["language"],
            }
            for file in files_of(self, "")
            if file["url"]
        ]
        described = writing(self, request, licence=licence_url(self.licence))
        return [structured_data.report(described, files, self.edition)]

    def _withdrawal(self) -> dict:
        newer = newer_edition(self)
        return {
            "title": self.title,
            "language": self.language,
            "reason": self.status_note,
            "replacement": newer
            and {"label": newer.title, "url": newer.get_url(), "language": newer.language},
        }

    def clean(self):
        super().clean()
        seen, newer = {self.pk}, self.superseded_by
        while newer and self.pk:
            if newer.pk in seen:
                raise ValidationError(
                    {"superseded_by": _("These editions would supersede each other in a circle.")}
                )
            seen.add(newer.pk)
            newer = newer.superseded_by


class ResourceFile(Orderable):
    """A file of a product, in one language and format."""

    resource = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="resource_files")
    document = models.ForeignKey(
        SiteDocument,
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="resource_files",
    )
    label = models.CharField(
        _("what readers see"), max_length=150, blank=True, help_text=_("Empty: the file’s title.")
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "document"], name="one_document_once_per_product"
            )
        ]
