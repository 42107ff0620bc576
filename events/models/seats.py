"""The seats of an event and the way into it: kept beside the page.

Publishing a draft brings back what its revision says of the page’s own fields, a counter of seats
too; and what stands on a page stands in its revisions, in the search and in copies of the page.
So nothing here hangs on the page by a ``ParentalKey``.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.encryption import SecretTextField
from events.registration import rules

from .event_page import EventPage


class EventSeats(models.Model):
    """Registration for one event, in all its languages.

    ``meeting`` is the translation key of the pages, which share one set of seats; ``event`` is the
    first of them. ``seats_held``, ``waiting`` and ``overbook`` follow from the
    registrations, and ``clock`` counts locked changes; only ``events.registration.book`` writes
    these four.
    """

    class Mode(models.TextChoices):
        AUTO = "auto", _("given to the next in line at once")
        OFFER = "offer", _("offered to the next in line for some time")

    class Audience(models.TextChoices):
        EVERYBODY = rules.Audience.EVERYBODY.value, _("everybody")
        MEMBERS = rules.Audience.MEMBERS.value, _("members only")
        GROUP = rules.Audience.GROUP.value, _("members of the working group only")

    meeting = models.UUIDField(_("translation key of its pages"), unique=True, editable=False)
    event = models.OneToOneField(EventPage, on_delete=models.CASCADE, related_name="seats")
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    overbook = models.PositiveIntegerField(default=0, editable=False)
    seats_held = models.PositiveIntegerField(default=0, editable=False)
    waiting = models.PositiveIntegerField(default=0, editable=False)
    clock = models.PositiveBigIntegerField(default=0, editable=False)
    opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: it is open.")
    )
    closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Empty: when the event is over."),
    )
    audience = models.CharField(
        _("for"), max_length=10, choices=Audience, default=Audience.EVERYBODY
    )
    members_first_until = models.DateTimeField(
        _("members first, until"),
        null=True,
        blank=True,
        help_text=_("Until then only members can register."),
    )
    approval = models.BooleanField(_("somebody decides about each registration"), default=False)
    mode = models.CharField(
        _("a seat that becomes free is"), max_length=6, choices=Mode, default=Mode.AUTO
    )
    offer_minutes = models.PositiveIntegerField(
        _("an offer stands for, in minutes"),
        default=24 * 60,
        help_text=_("On the last day it stands for two hours at most."),
    )

    class Meta:
        verbose_name = _("seats of an event")
        verbose_name_plural = _("seats of events")
        constraints = [
            models.CheckConstraint(
                name="no_more_seats_are_taken_than_there_are",
                condition=Q(capacity__isnull=True)
                | Q(seats_held__lte=F("capacity") + F("overbook")),
            ),
            models.CheckConstraint(
                name="registration_opens_before_it_closes",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("Registration closes before it opens."),
            ),
            models.CheckConstraint(
                name="an_offer_stands_for_some_time", condition=Q(offer_minutes__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seats_held} / {'∞' if self.capacity is None else self.capacity}"

    @property
    def terms(self) -> rules.Terms:
        """When registration is open, and for whom."""
        return rules.Terms(self.opens_at, self.closes_at, self.audience, self.members_first_until)

    @property
    def free(self) -> int | None:
        """How many seats are free; ``None`` where there is no limit."""
        if self.capacity is None:
            return None
        return rules.free_seats(self.capacity, self.seats_held, self.waiting)


class EventAccess(models.Model):
    """How to join an event online: for those who are confirmed, shortly before it."""

    event = models.OneToOneField(EventPage, on_delete=models.CASCADE, related_name="access")
    join_url = SecretTextField(_("link to join"), blank=True)
    passcode = SecretTextField(_("passcode"), blank=True)
    dial_in = SecretTextField(_("numbers to dial in"), blank=True)
    opens_before_min = models.PositiveSmallIntegerField(
        _("shown so many minutes before"), default=60
    )

    class Meta:
        verbose_name = _("link to join an event")
        verbose_name_plural = _("links to join events")

    def __str__(self) -> str:
        return str(self.event_id)
