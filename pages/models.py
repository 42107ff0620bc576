"""The base of every page, its tags and authors, and the plain page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager, PageViewRestriction
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod
from wagtail_localize.fields import SynchronizedField

from people.models import Person
from taxonomy.findable import Findable
from taxonomy.models import Country, Region, Sector, Theme

from . import places, plain_text
from .announcing import AnnouncingPanel
from .blocks import BodyBlock
from .breadcrumbs import breadcrumbs
from .cards import Label, Surroundings, card
from .forms import SitePageForm
from .headings import contents
from .privacy import is_private
from .querysets import SitePageQuerySet
from .remembered import remembered_unless_preview
from .settings import SiteSettings

__all__ = [
    "PageAuthor",
    "PageCountry",
    "PageRegion",
    "PageSector",
    "PageTheme",
    "SitePage",
    "SiteSettings",
    "StandardPage",
]

SitePageManager = PageManager.from_queryset(SitePageQuerySet)


class SitePage(Page):
    """What every page of the site has: a summary, a language, a kind, tags and authors.

    A page type sets ``entity`` (its coarse type, one word), ``kinds`` (the kinds an editor
    chooses from) and ``findable_texts`` (the fields whose text shall find it); what else it gives
    to the search it adds in ``findable()``, and names in ``findable_related`` the relations which
    that reads. Followers are told of new pages of a type that says ``is_told``. Pages outside the
    default locale are written in their locale’s language.
    """

    entity = "page"
    is_told = False
    END_OF_TEXT = "¶"
    card_template = "components/card.html"
    card_related: tuple[str, ...] = ("locale", "listing_image")
    card_deferred: tuple[str, ...] = ()
    findable_texts: tuple[str, ...] = ()
    findable_related: tuple[str, ...] = (
        "page_authors__person",
        "page_themes__tag",
        "page_regions__tag",
        "page_sectors__tag",
        "page_countries__tag",
    )

    class Kind(models.TextChoices):
        PAGE = "page", _("page")

    kinds: type[models.TextChoices] = Kind

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences that stand under the title in lists."),
    )
    listing_image = models.ForeignKey(
        "files.SiteImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which this is written."),
    )
    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    date = models.DateField(
        _("date"), null=True, blank=True, db_index=True, help_text=_("The date readers see.")
    )
    is_listed = models.BooleanField(
        _("stands in lists"),
        default=True,
        editable=False,
        help_text=_("Not for what was withdrawn: its address answers, no list leads there."),
    )
    tells_followers = models.BooleanField(
        _("tell those who follow it"),
        default=True,
        help_text=_("Counts once, ten minutes after this went live for the first time."),
    )
    themes = ClusterTaggableManager(through="pages.PageTheme", blank=True, verbose_name=_("themes"))
    regions = ClusterTaggableManager(
        through="pages.PageRegion", blank=True, verbose_name=_("regions")
    )
    sectors = ClusterTaggableManager(
        through="pages.PageSector", blank=True, verbose_name=_("sectors")
    )
    countries = ClusterTaggableManager(
        through="pages.PageCountry", blank=True, verbose_name=_("countries")
    )

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("listing_image")]
    author_panel = InlinePanel("page_authors", heading=_("Authors"), label=_("author"))
    tag_panels = [
        FieldPanel("themes"),
        FieldPanel("regions"),
        FieldPanel("countries"),
        FieldPanel("sectors"),
        FieldPanel("language"),
    ]
    base_form_class = SitePageForm
    override_translatable_fields = [SynchronizedField("kind"), SynchronizedField("language")]

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("kind"),
        index.FilterField("is_listed"),
        index.FilterField("language"),
        index.FilterField("date"),
        index.RelatedFields("page_authors", [index.SearchField("shown_name")]),
        *(
            index.RelatedFields(terms, [index.SearchField("name"), index.FilterField("slug")])
            for terms in ("themes", "regions", "sectors", "countries")
        ),
    ]

    is_creatable = False
    objects = SitePageManager()

    def save(self, *args, **kwargs):
        if not self.kind:
            self.kind = self.kinds.values[0]
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        if self.alias_of_id is None and self.locale.language_code != settings.LANGUAGE_CODE:
            self.language = self.locale.language_code
        super().save(*args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        request.served_page = self
        context["breadcrumbs"] = remembered_unless_preview(
            request,
            self,
            "breadcrumbs",
            lambda: breadcrumbs(self, SitePage.objects.all(), places.crumbs()),
        )
        return context

    @classmethod
    def get_search_fields(cls) -> list:
        """Return what the index holds: texts, a sign, then names and tags, not to be quoted."""
        fields = super().get_search_fields()
        related = [field for field in fields if isinstance(field, index.RelatedFields)]
        texts = [field for field in fields if field not in related]
        return [*texts, index.SearchField("END_OF_TEXT"), *related]

    def date_if_live(self) -> None:
        """Give a page that went live without a date that day: undated ones stand last in lists."""
        if self.live and self.date is None and self.first_published_at:
            self.date = timezone.localdate(self.first_published_at)

    def authors(self) -> list["PageAuthor"]:
        """Return the authors in their order, with what a line about each shows; read once."""
        if not hasattr(self, "_authors"):
            of_person = ("photo", "country", "organisation")
            related = ("person", *(f"person__{name}" for name in of_person))
            self._authors = list(self.page_authors.select_related(*related))
        return self._authors

    def get_view_restrictions(self):
        """Look the restrictions up only where one covers this page."""
        if self.alias_of_id is None and not is_private(self.path):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def group_label(self) -> Label | None:
        """Return the mark of the group whose work this is, if it is a group’s."""
        return None

    def card_context(self, around: Surroundings) -> dict:
        """Return what ``card_template`` needs to draw the line about this page."""
        return {"card": card(self, around)}

    def findable(self) -> Findable:
        """Return what the search knows of this page; page types add what only they have."""
        authors = self.page_authors.all()
        texts = (plain_text.of_field(self, name) for name in self.findable_texts)
        documents = (plain_text.documents_in(self, name) for name in self.findable_texts)
        return Findable(
            entity=self.entity,
            kind=self.kind,
            title=self.title,
            language=self.language,
            url=self.get_url() or "",
            summary=self.summary,
            body={self.language: "\n".join(text for text in texts if text)},
            date=self.date,
            regions=[tagged.tag.slug for tagged in self.page_regions.all()],
            themes=[tagged.tag.slug for tagged in self.page_themes.all()],
            sectors=[tagged.tag.slug for tagged in self.page_sectors.all()],
            countries=[tagged.tag.slug for tagged in self.page_countries.all()],
            people=[author.person.slug for author in authors if author.person],
            names=[author.name for author in authors if author.name],
            languages=[self.language],
            offers=[pk for found in documents for pk in found],
        )

    def json_ld(self, request) -> list[dict]:
        """Return what this page is in the words of schema.org; most pages are just pages."""
        return []

    def feeds(self) -> tuple:
        """Return the ``FeedLink`` of each feed that readers of this page may subscribe to."""
        return ()

    @cached_classmethod
    def get_edit_handler(cls):
        """Three tabs in the order in which one thinks: what it says, what it is about, when."""
        publishing = [*cls.promote_panels, *cls.settings_panels]
        if cls.is_told:
            publishing.append(AnnouncingPanel("tells_followers"))
        tabs = [
            ObjectList(cls.content_panels, heading=_("Content")),
            ObjectList(cls.tag_panels, heading=_("Tags")),
            ObjectList(publishing, heading=_("Publish")),
        ]
        return TabbedInterface(tabs, base_form_class=cls.base_form_class).bind_to_model(cls)

    @property
    def kind_label(self) -> str:
        """The kind in the reader’s language."""
        return str(dict(self.kinds.choices).get(self.kind, self.kind))


class PageTheme(ItemBase):
    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="page_themes")
    content_object = ParentalKey(SitePage, on_delete=models.CASCADE, related_name="page_themes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="one_theme_once")
        ]


class PageRegion(ItemBase):
    tag = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="page_regions")
    content_object = ParentalKey(SitePage, on_delete=models.CASCADE, related_name="page_regions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="one_region_once")
        ]


class PageSector(ItemBase):
    tag = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="page_sectors")
    content_object = ParentalKey(SitePage, on_delete=models.CASCADE, related_name="page_sectors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="one_sector_once")
        ]


class PageCountry(ItemBase):
    tag = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="page_countries")
    content_object = ParentalKey(SitePage, on_delete=models.CASCADE, related_name="page_countries")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="one_country_once")
        ]


class PageAuthor(Orderable):
    """An author: a person of the site, or a name where somebody has no page here."""

    page = ParentalKey(SitePage, on_delete=models.CASCADE, related_name="page_authors")
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="authored",
    )
    name = models.CharField(
        _("name"), max_length=150, blank=True, help_text=_("Only for somebody without a page here.")
    )

    panels = [FieldPanel("person"), FieldPanel("name")]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                name="an_author_is_a_person_or_a_name",
                condition=(Q(person__isnull=False) & Q(name=""))
                | (Q(person__isnull=True) & ~Q(name="")),
                violation_error_message=_("Choose a person or type a name, not both."),
            )
        ]

    @property
    def shown_name(self) -> str:
        """The name that readers see."""
        return self.person.name if self.person_id else self.name


class StandardPage(SitePage):
    """A plain page: About, policies, contact, resources."""

    kinds = SitePage.Kind
    findable_texts = ("body",)

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        below = SitePage.objects.child_of(self).live().order_by("path")
        return context | {"contents": contents(self.body), "children": below.only("pk")}
