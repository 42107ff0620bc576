"""What the secretariat teaches the search: words that mean the same, results to put first.

Both have drafts and a history: an edit is tried in its preview before it goes live.
"""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from search.words.folding import words as folded_words
from search.words.parsing import same_search
from search.words.synonyms import Concept
from search.words.wanted import Words

from .documents import Document

TERMS = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "pt": "portuguese",
    "ar": "arabic",
}
ACRONYMS = ("acronyms", "ambiguous_acronyms")
MOST_LINES = 12
LONGEST_TERM = 12  # words
MOST_SEARCHES = 20
MOST_PROMOTED = 3


class Edited(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """Something with drafts, revisions and a preview (``search.views_admin``)."""

    shows_on_pages = True

    class Meta:
        abstract = True


class Synonyms(Edited):
    """Words and phrases that mean the same, in five languages; each field one per line.

    Acronyms count only in capitals or as the whole query: “IT” is not “it”.
    """

    name = models.CharField(
        _("concept"), max_length=100, unique=True, help_text=_("For this list; not searched.")
    )
    english = models.TextField(
        _("in English"), blank=True, help_text=_("One per line, the best term first.")
    )
    french = models.TextField(_("in French"), blank=True)
    spanish = models.TextField(_("in Spanish"), blank=True)
    portuguese = models.TextField(_("in Portuguese"), blank=True)
    arabic = models.TextField(_("in Arabic"), blank=True)
    acronyms = models.TextField(
        _("acronyms"),
        blank=True,
        help_text=_("In any language, with their capitals, one per line: SDG, ODD, LoGICA."),
    )
    ambiguous_acronyms = models.TextField(
        _("acronyms that are words too"),
        blank=True,
        help_text=_(
            "LED, PER, WHO: understood when typed in capitals, never searched in place of the term."
        ),
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel(field) for field in TERMS.values()], heading=_("Words that mean the same")
        ),
        MultiFieldPanel([FieldPanel(field) for field in ACRONYMS], heading=_("Acronyms")),
    ]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def sample(self) -> str:
        """A search on which to try it."""
        return next((term for _field, term in self.terms()), "")

    @property
    def concept(self) -> Concept:
        """The words as the search uses them."""
        return Concept(
            {code: tuple(lines(getattr(self, field))) for code, field in TERMS.items()},
            acronyms=tuple(lines(self.acronyms)),
            ambiguous=tuple(lines(self.ambiguous_acronyms)),
        )

    def terms(self) -> Iterator[tuple[str, str]]:
        """Yield each ``(field, term or acronym)``."""
        for field in (*TERMS.values(), *ACRONYMS):
            for term in lines(getattr(self, field)):
                yield field, term

    def clean(self) -> None:
        """Tidy the lines; refuse what the search could not use or would mix up."""
        super().clean()
        for field in (*TERMS.values(), *ACRONYMS):
            setattr(self, field, "\n".join(lines(getattr(self, field))))
        terms = list(self.terms())
        if len({_key(term) for _field, term in terms}) < 2:
            raise ValidationError(gettext("Give at least two words or terms that mean the same."))
        problems: dict[str, list[str]] = {}
        for field, problem in (*self._too_many(), *_unusable(terms), *self._taken(terms)):
            problems.setdefault(field, []).append(problem)
        if problems:
            raise ValidationError(problems)

    def _too_many(self) -> Iterator[tuple[str, str]]:
        for field in (*TERMS.values(), *ACRONYMS):
            if len(lines(getattr(self, field))) > MOST_LINES:
                yield field, gettext("No more than %(number)d lines.") % {"number": MOST_LINES}

    def _taken(self, terms: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Yield the terms that another concept has: nobody could say which one is meant."""
        others = Synonyms.objects.exclude(pk=self.pk)
        taken = {_key(term): other.name for other in others for _field, term in other.terms()}
        for field, term in terms:
            if concept := taken.get(_key(term)):
                yield (
                    field,
                    gettext("“%(term)s” is already a word for “%(concept)s”.")
                    % {"term": term, "concept": concept},
                )


class Promotion(Edited):
    """A result that stands first when somebody searches for these words."""

    words = models.TextField(
        _("searches"), help_text=_("One search per line, exactly as readers type it.")
    )
    uid = models.CharField(_("result"), max_length=80)
    note = models.CharField(
        _("why"), max_length=200, blank=True, help_text=_("For colleagues; readers do not see it.")
    )
    place = models.PositiveSmallIntegerField(
        _("place"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("Where several results are promoted for one search, the lowest stands first."),
    )

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return ", ".join(lines(self.words))

    @property
    def sample(self) -> str:
        """A search on which to try it."""
        return next(iter(lines(self.words)), "")

    @property
    def searches(self) -> set[Words]:
        """The searches that it answers, as they are compared: folded words."""
        return {key for line in lines(self.words) if (key := same_search(line))}

    def clean(self) -> None:
        """Tidy the searches; refuse a result that readers could not open."""
        super().clean()
        self.words = "\n".join(lines(self.words))
        problems = {"words": list(self._wrong_searches()), "uid": list(self._wrong_result())}
        if any(problems.values()):
            raise ValidationError({field: found for field, found in problems.items() if found})

    def _wrong_result(self) -> Iterator[str]:
        if self.uid and not Document.objects.filter(uid=self.uid, is_public=True).exists():
            yield gettext("This result does not exist any more, or not everybody may read it.")

    def _wrong_searches(self) -> Iterator[str]:
        if not self.searches:
            yield gettext("Give at least one search.")
        if len(self.searches) > MOST_SEARCHES:
            yield gettext("No more than %(number)d searches.") % {"number": MOST_SEARCHES}
        others = Promotion.objects.exclude(pk=self.pk)
        for search in sorted(self.searches):
            rivals = [other.uid for other in others if search in other.searches]
            values = {"search": " ".join(search), "number": MOST_PROMOTED}
            if self.uid in rivals:
                yield gettext("This result is already promoted for “%(search)s”.") % values
            elif len(rivals) >= MOST_PROMOTED:
                yield gettext("“%(search)s” already has %(number)d promoted results.") % values


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something, each once, with single spaces."""
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def _unusable(terms: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a term in itself."""
    for field, term in terms:
        length = len(_key(term))
        if not length:
            yield field, gettext("“%(term)s” has no letters or digits.") % {"term": term}
        elif length > LONGEST_TERM:
            yield field, gettext("“%(term)s” is too long: nobody types it.") % {"term": term}
        elif field in ACRONYMS and term == term.lower() != term.upper():
            yield field, gettext("“%(term)s” needs its capitals.") % {"term": term}


def _key(term: str) -> Words:
    return tuple(folded_words(term))
