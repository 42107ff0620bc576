"""Projects, research and outreach that LPSA carries out with partners."""

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from pages.blocks import BodyBlock
from pages.models import SitePage
from pages.pagination import paginate
from people.models import Organisation
from taxonomy.findable import Findable
from working_groups.models import WorkingGroupPage

from . import sections


class ProjectIndexPage(SitePage):
    """All projects."""

    class Kind(models.TextChoices):
        INDEX = "projects", _("projects")

    kinds = Kind

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of projects")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        projects = ProjectPage.objects.for_reader_now().order_by("path")
        return context | {"pager": paginate(request, projects.values_list("pk", flat=True))}


class ProjectPage(SitePage):
    """One project, with its partners, groups, outputs and news."""

    entity = "project"
    is_told = True
    findable_texts = ("body",)
    findable_related = (*SitePage.findable_related, "groups", "partners__organisation")

    class Kind(models.TextChoices):
        PROJECT = "project", _("project")

    kinds = Kind

    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    groups = ParentalManyToManyField(
        WorkingGroupPage, verbose_name=_("working groups"), blank=True, related_name="projects"
    )
    contact_email = models.EmailField(_("contact address"), blank=True)

    content_panels = [
        *SitePage.content_panels,
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("body"),
        InlinePanel("partners", heading=_("Partners"), label=_("partner")),
        FieldPanel("groups"),
        FieldPanel("contact_email"),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields(
            "partners", [index.RelatedFields("organisation", [index.SearchField("name")])]
        ),
    ]

    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                name="a_project_ends_after_it_begins",
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The project ends before it begins."),
            )
        ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | sections.of_project(self, request)

    def findable(self) -> Findable:
        """Add its groups and its partners."""
        said = super().findable()
        partners = [partner.organisation for partner in self.partners.all()]
        names = [name for partner in partners for name in (partner.name, partner.acronym) if name]
        groups = [str(group.translation_key) for group in self.groups.all()]
        return replace(said, groups=groups, names=[*said.names, *names])


class ProjectPartner(Orderable):
    """An organisation that carries or supports a project."""

    class Part(models.TextChoices):
        PARTNER = "partner", _("partner")
        SUPPORTER = "supporter", _("supporter")

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="projects",
    )
    part = models.CharField(_("as"), max_length=20, choices=Part, default=Part.PARTNER)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"], name="one_organisation_once_per_project"
            )
        ]
