"""People and organisations as they appear on the site. Who signs in is ``accounts.User``."""

import datetime

from django import forms
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from taxonomy.findable import Findable
from taxonomy.models import Country, Theme

from . import rules
from .querysets import PersonQuerySet, TermOfOfficeQuerySet
from .slugs import free_slug


class Organisation(index.Indexed, models.Model):
    """A partner, a supporter, an institution that is a member or where somebody works."""

    shows_on_pages = True
    # What stands at the same place of an address as the slug.
    RESERVED_SLUGS = ("apply",)

    class Kind(models.TextChoices):
        PARTNER = "partner", _("partner")
        SUPPORTER = "supporter", _("supporter")
        INSTITUTION = "institution", _("institution")

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(
        _("address"),
        max_length=150,
        unique=True,
        blank=True,
        help_text=_("Left empty, it is made of the name."),
    )
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PARTNER)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.SET_NULL
    )
    about = models.TextField(_("what it does"), max_length=1500, blank=True)
    url = models.URLField(_("web address"), blank=True)
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="organisations"
    )
    member_since = models.DateField(
        _("member since"), null=True, blank=True, help_text=_("Empty for what is no member.")
    )
    logo = models.ForeignKey(
        "files.SiteImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("acronym"), FieldPanel("slug")], heading=_("Name")
        ),
        FieldPanel("kind"),
        FieldPanel("country"),
        FieldPanel("about"),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("url"),
        FieldPanel("logo"),
        FieldPanel("member_since"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("acronym"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="no_organisation_stands_where_a_form_is",
                condition=~Q(slug="apply"),
                violation_error_message=_("This address is taken."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = free_slug(
                Organisation, self.name, fallback="organisation", reserved=self.RESERVED_SLUGS
            )
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("institution", args=[self.slug])


class Person(index.Indexed, ClusterableModel):
    """Someone whom readers meet: an author, a speaker, a co-chair, a member of a board."""

    shows_on_pages = True
    findable_related = ("biographies", "country", "organisation", "roles__group")

    name = models.CharField(_("full name"), max_length=150)
    slug = models.SlugField(_("address"), max_length=150, unique=True)
    name_latin = models.CharField(
        _("name in Latin script"),
        max_length=150,
        blank=True,
        help_text=_("When the name is written in another script: Layla Mithal."),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("For the secretariat; never shown on the site.")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
        help_text=_("The account with which this person signs in and edits."),
    )
    photo = models.ForeignKey(
        "files.SiteImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    url = models.URLField(_("own web page"), blank=True)
    is_public = models.BooleanField(_("has a public page"), default=True)

    objects = PersonQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("slug"), FieldPanel("name_latin")], heading=_("Name")
        ),
        FieldPanel("photo"),
        FieldPanel("affiliation"),
        FieldPanel("organisation"),
        FieldPanel("country"),
        FieldPanel("url"),
        InlinePanel("biographies", heading=_("Biography"), label=_("language")),
        InlinePanel("seats", heading=_("Seats on boards"), label=_("seat")),
        FieldPanel("user"),
        FieldPanel("email"),
        FieldPanel("is_public"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("name_latin"),
        index.SearchField("affiliation"),
        index.AutocompleteField("name"),
        index.AutocompleteField("name_latin"),
        index.RelatedFields("biographies", [index.SearchField("text")]),
        index.FilterField("is_public"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("person", args=[self.slug])

    def findable(self) -> Findable:
        """Return what the search knows of this person, found in every language with a biography.

        Offices that ended count too.
        """
        biographies = {text.language: text.text for text in self.biographies.all()}
        return Findable(
            entity="person",
            kind="person",
            title=self.name,
            language="",
            url=self.get_absolute_url(),
            summary=self.affiliation,
            also_called=[self.name_latin] if self.name_latin else [],
            body=biographies,
            groups=[str(role.group.translation_key) for role in self.roles.all()],
            countries=[self.country.slug] if self.country else [],
            names=[self.organisation.name] if self.organisation else [],
            languages=list(biographies),
        )

    @property
    def initials(self) -> str:
        """One or two letters that stand where no photo is."""
        return rules.initials(self.name_latin or self.name)

    def biography(self) -> "Biography | None":
        """Return the text in the reader’s language, else the English, else any."""
        texts = {text.language: text for text in self.biographies.all()}
        for language in ((get_language() or "en")[:2], "en"):
            if language in texts:
                return texts[language]
        return next(iter(texts.values()), None)


class Biography(models.Model):
    """What a person’s page says about them, in one language."""

    shows_on_pages = True

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="biographies")
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    text = models.TextField(_("text"), max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language"], name="one_biography_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.language})"


class TermOfOffice(models.Model):
    """The dates between which somebody holds an office; ``until`` is the last day."""

    shows_on_pages = True

    since = models.DateField(_("since"), default=datetime.date.today)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = TermOfOfficeQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def is_held(self, on: datetime.date) -> bool:
        """Whether the term includes this day."""
        return rules.includes(self.since, self.until, on)

    @property
    def years_label(self) -> str:
        """The years as readers see them: “2022–2024”, “since 2024”."""
        if self.until is None:
            return gettext("since %(year)s") % {"year": self.since.year}
        return rules.years(self.since.year, self.until.year)


class Seat(TermOfOffice):
    """A seat on the Board of Directors or the Advisory Board.

    Co-chairs of working groups sit on the Advisory Board by rule as long as they are in office;
    their seats come from their roles and are never entered here.
    """

    class Board(models.TextChoices):
        DIRECTORS = "directors", _("Board of Directors")
        ADVISORY = "advisory", _("Advisory Board")

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="seats")
    board = models.CharField(_("board"), max_length=20, choices=Board)
    office = models.CharField(
        _("office"), max_length=80, blank=True, help_text=_("Chair, treasurer; empty for a member.")
    )

    class Meta(TermOfOffice.Meta):
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["board", "-since"]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_board_display()}"
