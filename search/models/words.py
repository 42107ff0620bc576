"""What the secretariat teaches the search: words that mean the same, results to put first.

Both have drafts and a history: an edit is tried in its preview before it goes live.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin


class Edited(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """Something with drafts, revisions and a preview."""

    class Meta:
        abstract = True


class Synonyms(Edited):
    """Words and phrases that mean the same, in five languages; each field one per line.

    Acronyms count only in capitals or as the whole query: “IT” is not “it”.
    """

    name = models.CharField(_("concept"), max_length=100, unique=True)
    english = models.TextField(_("in English"), blank=True)
    french = models.TextField(_("in French"), blank=True)
    spanish = models.TextField(_("in Spanish"), blank=True)
    portuguese = models.TextField(_("in Portuguese"), blank=True)
    arabic = models.TextField(_("in Arabic"), blank=True)
    acronyms = models.TextField(_("acronyms"), blank=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Promotion(Edited):
    """A result that stands first when somebody searches for these words."""

    words = models.TextField(
        _("searches"), help_text=_("One search per line, exactly as readers type it.")
    )
    uid = models.CharField(_("result"), max_length=80)
    note = models.CharField(
        _("why"), max_length=200, blank=True, help_text=_("For colleagues; readers do not see it.")
    )
    place = models.PositiveSmallIntegerField(_("place"), default=1)

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.words.partition("\n")[0]
