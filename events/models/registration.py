"""Who takes part in an event, how that came about, and what they were asked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_time_zone
from events.registration import rules
from mail.models import Contact
from taxonomy.models import Country

from .event_page import EventPage

COUNTED_STATES = sorted(state.value for state in rules.COUNTED)
ACTIVE_STATES = sorted(state.value for state in rules.ACTIVE)


class FormVersion(models.Model):
    """What the form of an event asks beyond the usual; answers keep the version they answered.

    ``questions`` is a list of ``{id, label, help, kind, options, required, purpose,
    retention_days}`` (``events.registration.questions``).
    """

    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="form_versions")
    number = models.PositiveIntegerField()
    questions = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("questions of an event")
        verbose_name_plural = _("questions of events")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"], name="versions_of_a_form_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}.{self.number}"


class Registration(models.Model):
    """Somebody’s place in an event: a seat, a place in the queue, or the end of either.

    ``event`` is the page that holds the seats (``EventSeats.event``), whichever language was read.
    ``queue_no`` is the place in line and is given under the lock of the seats. Whoever comes back
    after the end of a registration gets a new row at the end of the queue.

    A registration without a contact is that of somebody who was forgotten: only event, state and
    country are left.
    """

    class State(models.TextChoices):
        HELD = rules.State.HELD.value, _("not confirmed yet, seat held")
        UNCONFIRMED = rules.State.UNCONFIRMED.value, _("not confirmed yet")
        PENDING = rules.State.PENDING.value, _("waits for a decision")
        CONFIRMED = rules.State.CONFIRMED.value, _("confirmed")
        WAITING = rules.State.WAITING.value, _("on the waiting list")
        OFFERED = rules.State.OFFERED.value, _("was offered a seat")
        RECORDING = rules.State.RECORDING.value, _("recording only")
        EXPIRED = rules.State.EXPIRED.value, _("expired")
        DECLINED = rules.State.DECLINED.value, _("declined")
        CANCELLED = rules.State.CANCELLED.value, _("cancelled")
        WALK_IN = rules.State.WALK_IN.value, _("came without registering")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="registrations")
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(
        _("time zone"), max_length=63, default="UTC", validators=[validate_time_zone]
    )
    state = models.CharField(_("state"), max_length=12, choices=State)
    queue_no = models.PositiveBigIntegerField(_("number in the queue"), null=True, blank=True)
    submit_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    form_version = models.ForeignKey(
        FormVersion, null=True, blank=True, on_delete=models.RESTRICT, related_name="registrations"
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    wants_recording = models.BooleanField(_("wants only the recording"), default=False)
    registered_at = models.DateTimeField(_("registered at"))
    hold_until = models.DateTimeField(_("to be confirmed until"), null=True, blank=True)
    offers = models.PositiveSmallIntegerField(default=0)
    offer_until = models.DateTimeField(_("offered until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    link_sent_at = models.DateTimeField(null=True, blank=True)
    token_version = models.PositiveIntegerField(default=1)
    ics_sequence_sent = models.PositiveIntegerField(null=True, blank=True)
    attended = models.BooleanField(_("attended"), null=True, blank=True)
    minutes_present = models.PositiveIntegerField(_("minutes present"), null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("marked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    marked_at = models.DateTimeField(_("marked at"), null=True, blank=True)

    # Wagtail would look up what each row points at, while others wait for the lock of the seats.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        permissions = [("take_registrations", "Can take lists of registrations out of the site")]
        ordering = ["-registered_at"]
        indexes = [
            models.Index(fields=["event", "state", "queue_no"], name="registrations_in_line"),
            models.Index(fields=["contact", "state"], name="registrations_of_a_contact"),
            models.Index(fields=["event", "contact"], name="who_registered_for_what"),
            models.Index(
                fields=["hold_until"],
                name="registrations_to_confirm",
                condition=Q(state__in=["held", "unconfirmed"]),
            ),
            models.Index(
                fields=["offer_until"],
                name="registrations_offered",
                condition=Q(state="offered"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contact"],
                condition=Q(state__in=ACTIVE_STATES),
                name="one_active_registration_per_contact",
            ),
            models.UniqueConstraint(fields=["event", "queue_no"], name="no_two_at_one_place"),
            models.CheckConstraint(
                name="who_waits_has_a_number",
                condition=~Q(state="waiting") | Q(queue_no__isnull=False),
            ),
            models.CheckConstraint(
                name="an_offer_and_a_hold_end",
                condition=(~Q(state="offered") | Q(offer_until__isnull=False))
                & (~Q(state__in=["held", "unconfirmed"]) | Q(hold_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="who_attended_had_a_seat_or_walked_in",
                # Whoever leaves or is forgotten afterwards keeps the mark, for the numbers.
                condition=Q(attended__isnull=True)
                | Q(state__in=COUNTED_STATES)
                | Q(state="cancelled", confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="who_walked_in_was_there",
                condition=~Q(state="walk-in") | Q(attended=True, attended__isnull=False),
            ),
            models.CheckConstraint(
                name="a_mark_has_its_moment_and_only_presence_has_minutes",
                # A comparison with nothing is unknown, and what is unknown passes a check.
                condition=Q(attended__isnull=False, attended=True, marked_at__isnull=False)
                | Q(
                    attended__isnull=False,
                    attended=False,
                    marked_at__isnull=False,
                    minutes_present__isnull=True,
                )
                | Q(attended__isnull=True, marked_at__isnull=True, minutes_present__isnull=True),
            ),
            models.CheckConstraint(
                name="who_takes_part_can_be_written_to",
                condition=~Q(state__in=ACTIVE_STATES) | Q(contact__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.public_id)

    @property
    def is_active(self) -> bool:
        """It still counts."""
        return self.state in rules.ACTIVE


class RegistrationEvent(models.Model):
    """One change of a registration, or the one look at what only those confirmed may see."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="log")
    before = models.CharField(_("before"), max_length=12, blank=True, choices=Registration.State)
    after = models.CharField(_("after"), max_length=12, choices=Registration.State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.CharField(_("why"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of a registration")
        verbose_name_plural = _("changes of registrations")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} {self.at:%Y-%m-%d %H:%M}"
