"""A group’s yearly workplan: the nine parts of LPSA’s suggested outline, none of them required."""

from dataclasses import replace
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from pages.cards import Surroundings, card
from pages.models import SitePage
from pages.remembered import remembered_unless_preview
from people.models import Person
from taxonomy.findable import Findable
from working_groups import plans, rules

from .group_page import GROUP_TEXT_FEATURES, WorkingGroupPage
from .group_work import group_above


class Quarter(models.IntegerChoices):
    """Calendar quarters in the order of a workplan year, which runs from July to June."""

    Q3 = 3, _("Q3 (July to September)")
    Q4 = 4, _("Q4 (October to December)")
    Q1 = 1, _("Q1 (January to March)")
    Q2 = 2, _("Q2 (April to June)")


class WorkplanPage(SitePage):
    """The workplan of one group for one year, from 1 July of ``year`` to 30 June."""

    entity = "workplan"
    findable_texts = (
        "background",
        "objective",
        "relevance",
        "knowledge_note",
        "sharing_note",
        "outreach_note",
        "funding_note",
    )
    findable_parts = {
        "gaps": ("gap", "drivers", "who"),
        "stakeholders": ("institutions", "geography"),
        "products": ("title", "countries", "lead"),
        "meetings": ("topic",),
        "outreach": ("activity", "audience"),
        "budget_lines": ("line",),
    }
    findable_related = (
        *SitePage.findable_related,
        *("group", "meetings__lead"),
        *findable_parts,
    )

    class Kind(models.TextChoices):
        WORKPLAN = "workplan", _("workplan")

    kinds = Kind

    group = models.ForeignKey(
        WorkingGroupPage,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="workplans",
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(2021), MaxValueValidator(2100)],
        help_text=_("The year in which it begins: 2026 stands for July 2026 to June 2027."),
    )
    background = RichTextField(_("background"), features=GROUP_TEXT_FEATURES, blank=True)
    objective = RichTextField(_("objective"), features=GROUP_TEXT_FEATURES, blank=True)
    relevance = RichTextField(_("relevance of the topic"), features=GROUP_TEXT_FEATURES, blank=True)
    knowledge_note = RichTextField(
        _("knowledge development"), features=GROUP_TEXT_FEATURES, blank=True
    )
    sharing_note = RichTextField(_("knowledge sharing"), features=GROUP_TEXT_FEATURES, blank=True)
    posts_planned = models.PositiveSmallIntegerField(_("posts planned"), null=True, blank=True)
    webinars_planned = models.PositiveSmallIntegerField(
        _("webinars planned"), null=True, blank=True
    )
    outreach_note = RichTextField(
        _("outreach, convening and field-building"), features=GROUP_TEXT_FEATURES, blank=True
    )
    funding_note = RichTextField(
        _("proposals for outside funding"), features=GROUP_TEXT_FEATURES, blank=True
    )
    allocation = models.DecimalField(
        _("allocation in US dollars"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("What the Alliance sets aside for this group and year."),
    )

    content_panels = [
        *SitePage.content_panels,
        HelpPanel(_("No part is required: leave out what does not help your group.")),
        FieldPanel("year"),
        FieldPanel("background", heading=_("1. Background")),
        FieldPanel("objective", heading=_("2. Objective of the working group")),
        FieldPanel("relevance", heading=_("3. Relevance of the topic")),
        InlinePanel("gaps", heading=_("4. Gaps to close"), label=_("gap")),
        InlinePanel("stakeholders", heading=_("5. Stakeholders and audience"), label=_("audience")),
        MultiFieldPanel(
            [
                FieldPanel("knowledge_note"),
                InlinePanel("products", heading=_("Planned products"), label=_("product")),
            ],
            heading=_("6. Knowledge development"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("sharing_note"),
                FieldRowPanel([FieldPanel("posts_planned"), FieldPanel("webinars_planned")]),
                InlinePanel("meetings", heading=_("Meetings by quarter"), label=_("meeting")),
            ],
            heading=_("7. Knowledge sharing"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("outreach_note"),
                InlinePanel("outreach", heading=_("Activities"), label=_("activity")),
                FieldPanel("funding_note"),
            ],
            heading=_("8. Outreach, convening and field-building"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("allocation"),
                InlinePanel("budget_lines", heading=_("Budget"), label=_("line")),
            ],
            heading=_("9. Budget plan"),
        ),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("objective"),
        index.SearchField("relevance"),
        index.FilterField("year"),
    ]

    parent_page_types = ["working_groups.WorkingGroupPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("workplan")
        verbose_name_plural = _("workplans")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year"],
                name="one_workplan_per_group_and_year",
                violation_error_message=_("This group already has a workplan for this year."),
            )
        ]

    def save(self, *args, **kwargs):
        self.group = group_above(self)
        self.date = rules.year_bounds(self.year)[0]
        super().save(*args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        return context | remembered_unless_preview(
            request, self, f"plan:{today}", lambda: plans.of_plan(self, today)
        )

    def card_context(self, around: Surroundings) -> dict:
        """Return the line about the plan: its year stands for its date."""
        return {"card": card(self, around, date=None, date_label=self.year_label)}

    def findable(self) -> Findable:
        """Add the group, what its tables say, and who leads the meetings."""
        said = super().findable()
        groups = [str(self.group.translation_key)] if self.group else []
        leads = [meeting.lead.slug for meeting in self.meetings.all() if meeting.lead]
        texts = (
            getattr(row, name)
            for part, names in self.findable_parts.items()
            for row in getattr(self, part).all()
            for name in names
        )
        told = replace(said, groups=groups, people=[*said.people, *leads])
        return told.with_text(*texts)

    @property
    def year_label(self) -> str:
        """The year as the outline writes it: 2026–27."""
        return rules.workplan_year(self.year)

    def over_allocation(self) -> Decimal:
        """Return by how much the lines paid from the allocation exceed it; 0 when they fit."""
        lines = [(line.amount, line.from_allocation) for line in self.budget_lines.all()]
        return rules.over_allocation(lines, self.allocation)


class KnowledgeGap(Orderable):
    class Kind(models.TextChoices):
        KNOWLEDGE = "knowledge", _("knowledge")
        EVIDENCE = "evidence", _("evidence")
        CONSENSUS = "policy-consensus", _("policy consensus")
        PRACTICE = "practice", _("practice")
        SHARING = "sharing", _("sharing of what is known")

    workplan = ParentalKey(WorkplanPage, on_delete=models.CASCADE, related_name="gaps")
    gap = models.CharField(_("gap"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.KNOWLEDGE)
    drivers = models.CharField(_("why it persists"), max_length=300, blank=True)
    who = models.CharField(_("who works on it"), max_length=300, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority, 1 is highest"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )


class Stakeholder(Orderable):
    class Kind(models.TextChoices):
        CENTRAL = "central", _("central government")
        LOCAL = "local", _("local government")
        RESEARCH = "research", _("research")
        CIVIL_SOCIETY = "civil-society", _("civil society")
        PARTNERS = "partners", _("development partners")

    workplan = ParentalKey(WorkplanPage, on_delete=models.CASCADE, related_name="stakeholders")
    kind = models.CharField(_("who"), max_length=20, choices=Kind)
    in_the_field = models.BooleanField(
        _("already works on decentralization"),
        default=True,
        help_text=_("Not ticked: a neighbouring field, such as public finance."),
    )
    institutions = models.CharField(_("named institutions"), max_length=300, blank=True)
    geography = models.CharField(_("where"), max_length=200, blank=True)


class PlannedProduct(Orderable):
    workplan = ParentalKey(WorkplanPage, on_delete=models.CASCADE, related_name="products")
    kind = models.CharField(_("kind of product"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    countries = models.CharField(_("countries"), max_length=200, blank=True)
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter, null=True, blank=True)
    lead = models.CharField(_("lead"), max_length=150, blank=True)


class PlannedMeeting(Orderable):
    workplan = ParentalKey(WorkplanPage, on_delete=models.CASCADE, related_name="meetings")
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter)
    tentative_on = models.DateField(_("tentative date"), null=True, blank=True)
    lead = models.ForeignKey(
        Person,
        verbose_name=_("chair or lead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    topic = models.CharField(_("proposed topic"), max_length=200, blank=True)


class OutreachActivity(Orderable):
    workplan = ParentalKey(WorkplanPage, on_delete=models.CASCADE, related_name="outreach")
    activity = models.CharField(_("activity"), max_length=300)
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter, null=True, blank=True)


class BudgetLine(Orderable):
    class Area(models.TextChoices):
        DEVELOPMENT = "knowledge-development", _("knowledge development")
        SHARING = "knowledge-sharing", _("knowledge sharing")
        OUTREACH = "outreach", _("outreach")
        OTHER = "other", _("other")

    workplan = ParentalKey(WorkplanPage, on_delete=models.CASCADE, related_name="budget_lines")
    line = models.CharField(_("what for"), max_length=200)
    area = models.CharField(_("part of the plan"), max_length=30, choices=Area, default=Area.OTHER)
    amount = models.DecimalField(
        _("US dollars"), max_digits=9, decimal_places=2, validators=[MinValueValidator(0)]
    )
    from_allocation = models.BooleanField(_("paid from the allocation"), default=True)
