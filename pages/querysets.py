"""Which pages, whatever their type."""

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from .privacy import private_paths


class SitePageQuerySet(PageQuerySet):
    """Pages of the site; every page type’s own queryset builds on this one."""

    def for_reader(self, locale: Locale) -> "SitePageQuerySet":
        """Live pages as a reader of this language sees them in lists.

        Pages of the locale come first-hand; what has no live translation there stands in with
        its original from the default locale. Aliases repeat another page and are left out.
        """
        return self.for_reader_of(locale.language_code)

    def for_reader_now(self) -> "SitePageQuerySet":
        """``for_reader`` in the language that is active."""
        return self.for_reader_of(
            get_supported_content_language_variant(get_language() or settings.LANGUAGE_CODE)
        )

    def for_reader_of(self, language: str) -> "SitePageQuerySet":
        """``for_reader`` by language code: no query is made to find the locale."""
        pages = self.live().public().filter(alias_of__isnull=True, is_listed=True)
        if language == settings.LANGUAGE_CODE:
            return pages.filter(locale__language_code=language)
        translations = self.model._base_manager.filter(
            live=True, locale__language_code=language, translation_key=OuterRef("translation_key")
        )
        return pages.filter(
            Q(locale__language_code=language)
            | Q(~Exists(translations), locale__language_code=settings.LANGUAGE_CODE)
        )

    def public(self) -> "SitePageQuerySet":
        """Pages that everybody may read; the restrictions are remembered, not looked up."""
        restricted = Q()
        for path in private_paths():
            restricted |= Q(path__startswith=path)
        return self.exclude(restricted) if restricted else self

    def in_regions(self, slugs: list[str]) -> "SitePageQuerySet":
        """Pages tagged with one of the regions, or with a country that lies in one."""
        return self.filter(
            Q(pk__in=self._tagged("page_regions", "tag__slug__in", slugs))
            | Q(pk__in=self._tagged("page_countries", "tag__region__slug__in", slugs))
        )

    def with_themes(self, slugs: list[str]) -> "SitePageQuerySet":
        """Pages tagged with one of the themes."""
        return self.filter(pk__in=self._tagged("page_themes", "tag__slug__in", slugs))

    def with_sectors(self, slugs: list[str]) -> "SitePageQuerySet":
        """Pages tagged with one of the sectors."""
        return self.filter(pk__in=self._tagged("page_sectors", "tag__slug__in", slugs))

    def in_countries(self, slugs: list[str]) -> "SitePageQuerySet":
        """Pages tagged with one of the countries, by lower-case ISO code."""
        return self.filter(pk__in=self._tagged("page_countries", "tag__slug__in", slugs))

    def _tagged(self, relation: str, lookup: str, slugs: list[str]):
        """Return a subquery of page ids that carry one of the terms.

        A subquery and not a join: a page with two matching terms stays one row.
        """
        through = self.model._meta.get_field(relation).related_model
        return through.objects.filter(**{lookup: slugs}).values("content_object_id")

    def newest(self) -> "SitePageQuerySet":
        """By the date shown to readers, newest first, in one stable order."""
        return self.order_by(F("date").desc(nulls_last=True), "-pk")
