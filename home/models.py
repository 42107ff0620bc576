"""The front page."""

from django.db import models
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from pages import structured_data
from pages.metadata import absolute, feed_links
from pages.models import SitePage
from pages.places import site_settings
from taxonomy.findable import Findable

from . import sections


class HomePage(SitePage):
    """The mission, what comes next, what is new, and the ways in."""

    class Kind(models.TextChoices):
        HOME = "home", _("home page")

    kinds = Kind
    findable_texts = ("mission", "introduction", "challenges", "join_title", "join_text")
    findable_related = (*SitePage.findable_related, "programmes")

    mission = models.TextField(_("mission in one sentence"), max_length=300, blank=True)
    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)
    challenges = RichTextField(
        _("why it matters"), features=["bold", "italic", "link", "ul"], blank=True
    )
    join_title = models.CharField(_("title of the invitation"), max_length=120, blank=True)
    join_text = RichTextField(_("invitation to join"), features=["bold", "link"], blank=True)

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("mission"),
        FieldPanel("introduction"),
        FieldPanel("challenges"),
        InlinePanel("programmes", heading=_("Programmes"), label=_("programme")),
        InlinePanel("picks", heading=_("Editors’ picks"), label=_("page"), max_num=6),
        MultiFieldPanel(
            [FieldPanel("join_title"), FieldPanel("join_text")], heading=_("Invitation to join")
        ),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("mission"),
        index.SearchField("introduction"),
    ]

    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | sections.of_home(self, timezone.now(), request)

    def findable(self) -> Findable:
        """Add the programmes."""
        programmes = self.programmes.all()
        texts = (text for each in programmes for text in (each.title, each.text))
        return super().findable().with_text(*texts)

    def json_ld(self, request) -> list[dict]:
        profiles = [url for _name, url in site_settings().profiles]
        logo = absolute(request, static("img/mark.svg"))
        url = self.get_full_url(request) or ""
        return [structured_data.organization(url, profiles=profiles, logo=logo)]

    def feeds(self) -> tuple:
        return feed_links(gettext("Blog"), "blog_feed")


class Programme(Orderable):
    """One of the programmes in which the Alliance works."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="programmes")
    title = models.CharField(_("title"), max_length=120)
    text = models.CharField(_("one sentence"), max_length=300)


class Pick(Orderable):
    """A page that the editors put forward."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="picks")
    picked = models.ForeignKey(
        SitePage, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("picked")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "picked"], name="one_pick_once")]
