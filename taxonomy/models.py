"""The closed vocabularies: regions, themes, sectors and countries.

Each term has one slug, so that an address or a filter means the same in every language, and a
name per language. Only the secretariat edits them; tagging never makes a new term.
"""

from functools import cache

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from taggit.models import TagBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from .findable import Findable

OTHER_LANGUAGES = ("fr", "es", "pt", "ar")


class Term(index.Indexed, TagBase):
    """One word of a closed vocabulary, with a name in each language of the site."""

    free_tagging = False
    shows_on_pages = True
    url_name: str

    name_fr = models.CharField(_("name in French"), max_length=100, blank=True)
    name_es = models.CharField(_("name in Spanish"), max_length=100, blank=True)
    name_pt = models.CharField(_("name in Portuguese"), max_length=100, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=300)
    sort_order = models.PositiveSmallIntegerField(_("place in lists"), default=100)

    names_panel = MultiFieldPanel(
        [FieldPanel(f"name_{code}") for code in OTHER_LANGUAGES],
        heading=_("Names in other languages"),
    )
    panels = [FieldPanel("name"), FieldPanel("slug"), names_panel, FieldPanel("description")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        abstract = True
        ordering = ["sort_order", "name"]

    @property
    def label(self) -> str:
        """The name in the active language, or in English where it has none."""
        return getattr(self, f"name_{(get_language() or 'en')[:2]}", "") or self.name

    def all_names(self) -> list[str]:
        """Return what it is called in all languages, the English name first, each name once."""
        return _once([self.name, *(getattr(self, f"name_{code}") for code in OTHER_LANGUAGES)])

    def get_absolute_url(self) -> str:
        """Return the address of the page about everything under this term."""
        return reverse(self.url_name, args=[self.slug])


class Region(Term):
    """A part of the world as the working groups divide it, or “Global”."""

    url_name = "region"

    short = models.CharField(
        _("short name"), max_length=40, blank=True, help_text=_("As in the menu: ECA, LAC.")
    )
    short_fr = models.CharField(_("short name in French"), max_length=40, blank=True)
    short_es = models.CharField(_("short name in Spanish"), max_length=40, blank=True)
    short_pt = models.CharField(_("short name in Portuguese"), max_length=40, blank=True)
    short_ar = models.CharField(_("short name in Arabic"), max_length=40, blank=True)

    short_names_panel = MultiFieldPanel(
        [FieldPanel(f"short_{code}") for code in OTHER_LANGUAGES],
        heading=_("Short names in other languages"),
    )
    panels = [
        FieldPanel("name"),
        FieldPanel("short"),
        FieldPanel("slug"),
        Term.names_panel,
        short_names_panel,
        FieldPanel("description"),
    ]

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    @property
    def short_label(self) -> str:
        """The short name in the active language, or the full one, as menus and marks show it."""
        language = (get_language() or "en")[:2]
        own = self.short if language == "en" else getattr(self, f"short_{language}", "")
        return own or self.label

    def all_names(self) -> list[str]:
        shorts = [self.short, *(getattr(self, f"short_{code}") for code in OTHER_LANGUAGES)]
        return _once([*super().all_names(), *shorts])


class Theme(Term):
    """A subject that working groups and readers follow."""

    url_name = "theme"

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Sector(Term):
    """A public service or a field of work, such as health or water and sanitation."""

    url_name = "sector"

    class Meta(Term.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Country(Term):
    """A country, by its ISO 3166 code, and the region under which its content is found."""

    url_name = "country"

    code = models.CharField(_("code"), max_length=2, unique=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="countries",
        help_text=_("Everything tagged with this country is found under this region."),
    )

    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("region"), Term.names_panel]

    class Meta(Term.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def save(self, *args, **kwargs):
        self.code = self.code.upper()
        self.slug = self.code.lower()
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The editor's name in this language, or the name from the ISO list's translations."""
        own = getattr(self, f"name_{(get_language() or 'en')[:2]}", "")
        return own or str(countries.name(self.code)) or self.name

    def all_names(self) -> list[str]:
        """Add the names of the ISO list, which stand where the editors have none."""
        return _once([*super().all_names(), *_iso_names(self.code)])

    def findable(self) -> Findable:
        """Return what the search knows of the page about this country."""
        name, *other_names = self.all_names()
        return Findable(
            entity="country",
            kind="country",
            title=name,
            language="",
            url=self.get_absolute_url(),
            also_called=other_names,
            countries=[self.slug],
        )


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


@cache
def _iso_names(code: str) -> list[str]:
    """Return the names of a country in the languages of the site."""
    names = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.append(str(countries.name(code)))
    return names
