"""What people searched and what they opened, by day, with nothing about who it was."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Question(models.Model):
    """How often some words were searched on one day, and how often that found nothing."""

    day = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    found_nothing = models.PositiveIntegerField(_("found nothing"), default=0)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    results = models.PositiveIntegerField(_("results"), default=0)

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        ordering = ["-day", "-asked", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "words", "language"], name="one_line_per_day_and_words"
            )
        ]

    def __str__(self) -> str:
        return self.words


class Click(models.Model):
    """How often a result was opened from the results for some words, on one day."""

    day = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=200)
    uid = models.CharField(_("document"), max_length=80)
    number = models.PositiveIntegerField(_("times"), default=0)
    sum_of_places = models.PositiveIntegerField(_("sum of places"), default=0)

    class Meta:
        verbose_name = _("opened result")
        verbose_name_plural = _("opened results")
        ordering = ["-day", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "words", "uid"], name="one_line_per_day_words_and_result"
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.uid}"
