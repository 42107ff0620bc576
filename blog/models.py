"""The blog: posts, recaps of meetings, explainers and announcements."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from pages import structured_data
from pages.blocks import BodyBlock
from pages.listings import listing
from pages.metadata import feed_links, writing
from pages.models import SitePage
from pages.remembered import remembered_unless_preview
from projects.models import ProjectPage
from working_groups.listed import listed_groups
from working_groups.models import GroupWork

from .sections import Surroundings, surroundings

BLOG_FILTERS = ("kind", "group", "region", "theme", "country", "language", "year")


class BlogIndexPage(SitePage):
    """All posts of all groups and of the secretariat."""

    class Kind(models.TextChoices):
        INDEX = "blog-index", _("blog")

    kinds = Kind

    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.BlogPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of posts")

    def get_context(self, request, *args, **kwargs):
        posts = BlogPage.objects.for_reader_now()
        context = super().get_context(request, *args, **kwargs)
        return context | {"listing": listing(request, posts, BLOG_FILTERS, listed_groups())}

    def feeds(self) -> tuple:
        return feed_links(self.title, "blog_feed")


class BlogPage(GroupWork, SitePage):
    """A post. A group’s posts stand below the group’s page, the secretariat’s below the blog."""

    entity = "post"
    is_told = True
    card_deferred = ("body",)
    findable_texts = ("body", "sources")

    class Kind(models.TextChoices):
        BLOG = "blog", _("blog post")
        RECAP = "recap", _("recap")
        EXPLAINER = "explainer", _("explainer")
        ANNOUNCEMENT = "announcement", _("announcement")

    kinds = Kind

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    sources = RichTextField(
        _("sources and further reading"), features=["ul", "link", "italic"], blank=True
    )
    updated_on = models.DateField(_("updated on"), null=True, blank=True)
    update_note = models.CharField(_("what was updated"), max_length=200, blank=True)
    about = models.ForeignKey(
        SitePage,
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts_about",
        help_text=_("The meeting that this recaps, or the product that this explains."),
    )
    project = models.ForeignKey(
        ProjectPage,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )

    content_panels = [
        FieldPanel("kind"),
        *SitePage.content_panels,
        SitePage.author_panel,
        FieldPanel("date"),
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldRowPanel([FieldPanel("updated_on"), FieldPanel("update_note")]),
    ]
    tag_panels = [
        *SitePage.tag_panels,
        FieldPanel("group"),
        PageChooserPanel("about"),
        PageChooserPanel("project"),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("body"),
        index.SearchField("sources"),
    ]

    parent_page_types = ["blog.BlogIndexPage", "working_groups.WorkingGroupPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def save(self, *args, **kwargs):
        self.date_if_live()
        super().save(*args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        def collect() -> Surroundings:
            return surroundings(self, request, timezone.localdate())

        context = super().get_context(request, *args, **kwargs)
        return context | {"around": remembered_unless_preview(request, self, "post", collect)}

    def json_ld(self, request) -> list[dict]:
        return [structured_data.article(writing(self, request))]

    def feeds(self) -> tuple:
        return feed_links(gettext("Blog"), "blog_feed")
