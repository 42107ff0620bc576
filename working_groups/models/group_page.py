"""The landing page of a working group and the list of all groups."""

from dataclasses import replace

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from accounts.models import validate_time_zone
from pages import rich_text
from pages.cards import Surroundings, card
from pages.models import SitePage
from taxonomy.findable import Findable
from working_groups import sections
from working_groups.page_rights import GroupPagePermissionTester
from working_groups.querysets import WorkingGroupQuerySet

GROUP_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class WorkingGroupIndexPage(SitePage):
    """All working groups, regions first, then themes."""

    class Kind(models.TextChoices):
        INDEX = "groups", _("working groups")

    kinds = Kind

    parent_page_types = ["home.HomePage"]
    subpage_types = ["working_groups.WorkingGroupPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of working groups")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | sections.of_all_groups(timezone.localdate())


class WorkingGroupPage(SitePage):
    """A group’s own place: what it is for, who leads it, what it did and plans.

    The group’s posts, meetings and workplans live below it in the tree, where its co-chairs
    have their rights.
    """

    entity = "group"
    findable_texts = (
        "purpose",
        "activity_meetings",
        "activity_knowledge",
        "activity_topics",
        "activity_sharing",
        "meetings_note",
        "how_to_join",
    )

    class Kind(models.TextChoices):
        REGIONAL = "regional-group", _("regional working group")
        THEMATIC = "thematic-group", _("thematic working group")

    class Status(models.TextChoices):
        FORMING = "forming", _("forming")
        ACTIVE = "active", _("active")
        ARCHIVED = "archived", _("archived")

    kinds = Kind

    short_name = models.CharField(
        _("short name"), max_length=40, help_text=_("As in the topics bar: LAC, Finance.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.FORMING)
    contact_email = models.EmailField(_("contact address"), blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=63,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("Meetings are planned in this zone unless they say otherwise: Africa/Nairobi."),
    )
    formed_on = models.DateField(_("first meeting"), null=True, blank=True)
    purpose = RichTextField(_("purpose"), features=GROUP_TEXT_FEATURES, blank=True)
    activity_meetings = RichTextField(
        _("quarterly working group meetings"), features=GROUP_TEXT_FEATURES, blank=True
    )
    activity_knowledge = RichTextField(
        _("advancing the state of knowledge"), features=GROUP_TEXT_FEATURES, blank=True
    )
    activity_topics = RichTextField(
        _("exploring topics of mutual interest"), features=GROUP_TEXT_FEATURES, blank=True
    )
    activity_sharing = RichTextField(
        _("knowledge sharing"), features=GROUP_TEXT_FEATURES, blank=True
    )
    meetings_note = RichTextField(_("about the meetings"), features=GROUP_TEXT_FEATURES, blank=True)
    how_to_join = RichTextField(
        _("how to join"),
        features=GROUP_TEXT_FEATURES,
        blank=True,
        help_text=_("Empty: the words that all groups share."),
    )

    content_panels = [
        *SitePage.content_panels,
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("kind"), FieldPanel("status")]),
        FieldPanel("purpose"),
        MultiFieldPanel(
            [
                HelpPanel(_("Two or three sentences each; an empty one is left out.")),
                FieldPanel("activity_meetings"),
                FieldPanel("activity_knowledge"),
                FieldPanel("activity_topics"),
                FieldPanel("activity_sharing"),
            ],
            heading=_("Activities"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("meetings_note"),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("formed_on")]),
            ],
            heading=_("Meetings"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("how_to_join")], heading=_("Contact")
        ),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("short_name"),
        index.SearchField("purpose"),
        *(
            index.SearchField(f"activity_{name}")
            for name in ("meetings", "knowledge", "topics", "sharing")
        ),
        index.FilterField("status"),
    ]

    parent_page_types = ["working_groups.WorkingGroupIndexPage"]
    subpage_types = [
        "blog.BlogPage",
        "events.EventPage",
        "knowledge.ResourcePage",
        "working_groups.WorkplanPage",
        "pages.StandardPage",
    ]

    objects = PageManager.from_queryset(WorkingGroupQuerySet)()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        activities = [text for _heading, text in self.activities()]
        rich_text.prepare([self.purpose, *activities, self.meetings_note, self.how_to_join])
        return context | sections.of_group(self, timezone.now(), request)

    def findable(self) -> Findable:
        """Add its short name; a group’s page is the first thing that belongs to the group."""
        groups = [str(self.translation_key)]
        return replace(super().findable(), also_called=[self.short_name], groups=groups)

    def card_context(self, around: Surroundings) -> dict:
        """Return the line about the group, with its state in words."""
        return {"card": card(self, around, status=self.status, status_label=self.status_words)}

    def permissions_for_user(self, user) -> GroupPagePermissionTester:
        """Return what this person may do with the page; co-chairs cannot delete it."""
        return GroupPagePermissionTester(user, self)

    @property
    def is_forming(self) -> bool:
        """Still being set up: no meetings are listed yet."""
        return self.status == self.Status.FORMING

    @property
    def is_archived(self) -> bool:
        """Closed: the content stays, with a notice."""
        return self.status == self.Status.ARCHIVED

    @property
    def status_words(self) -> str:
        """The status as readers see it."""
        words = {
            self.Status.FORMING: gettext("Being formed"),
            self.Status.ACTIVE: gettext("Active"),
            self.Status.ARCHIVED: gettext("Archived"),
        }
        return words.get(self.status, "")

    @property
    def meetings_heading(self) -> str:
        """The heading over the group’s meetings, made from its own short name."""
        if self.kind == self.Kind.REGIONAL:
            words = gettext("%(name)s Regional Working Group meetings")
        else:
            words = gettext("%(name)s Thematic Working Group meetings")
        return words % {"name": self.short_name}

    def activities(self) -> list[tuple[str, str]]:
        """``(heading, text)`` of each kind of activity that has a text."""
        pairs = [
            (_("Quarterly working group meetings"), self.activity_meetings),
            (_("Advancing the state of knowledge"), self.activity_knowledge),
            (_("Exploring topics of mutual interest"), self.activity_topics),
            (_("Knowledge sharing"), self.activity_sharing),
        ]
        return [(heading, text) for heading, text in pairs if text]
