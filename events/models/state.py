"""What calendars elsewhere were told of a meeting, in a table that no revision restores."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from events.querysets import EventStateQuerySet


class EventState(models.Model):
    """The calendar entry of one meeting, which its pages in all languages share.

    It lies beside the pages and not on them: publishing an old draft restores every field of a
    page, and a sequence that falls makes calendars ignore what comes after it. It outlives its
    pages, so that no name is ever given twice. The ``…_published`` fields are the facts as they
    were last published; whoever compares a page with them knows what changed.
    """

    meeting = models.UUIDField(_("translation key of its pages"), unique=True, editable=False)
    ical_uid = models.CharField(_("name for calendars"), max_length=255, unique=True)
    ical_sequence = models.PositiveIntegerField(_("how often it was moved or changed"), default=0)
    starts_utc_published = models.DateTimeField(_("begins (UTC)"), null=True)
    ends_utc_published = models.DateTimeField(_("ends (UTC)"), null=True)
    zone_published = models.CharField(_("time zone"), max_length=63, blank=True)
    status_published = models.CharField(_("status"), max_length=15, blank=True)
    place_published = models.CharField(_("place"), max_length=220, blank=True)
    previous_starts_utc = models.DateTimeField(_("began before the last move"), null=True)
    changed_at = models.DateTimeField(_("changed at"))

    objects = EventStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar entry")
        verbose_name_plural = _("calendar entries")

    def __str__(self) -> str:
        return f"{self.ical_uid} ({self.ical_sequence})"

    def says(self, facts: dict) -> bool:
        """Say whether these are the facts that were last published."""
        return all(getattr(self, name) == value for name, value in facts.items())


class QuietRevisionQuerySet(models.QuerySet):
    """The versions that are published quietly."""

    def choose(self, revision: Revision, *, is_quiet: bool) -> None:
        """Keep what the editor chose for a version; a draft that is saved over may change it."""
        if is_quiet:
            self.get_or_create(pk=revision.pk)
        else:
            self.filter(pk=revision.pk).delete()


class QuietRevision(models.Model):
    """A version of a page of which its editor said: tell nobody who is registered.

    The choice belongs to the version and not to the page, so it waits for the approval with it and
    does not hold for what is published later.
    """

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )

    objects = QuietRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of which nobody is told")
        verbose_name_plural = _("versions of which nobody is told")

    def __str__(self) -> str:
        return str(self.pk)
