"""Seats of events, who takes them, and the way in: beside the pages, not on them."""

import accounts.models
import django.db.models.deletion
import django.db.models.expressions
import events.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_entries_of_the_events_there_are"),
        ("mail", "0003_bounces"),
        ("taxonomy", "0003_vocabularies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EventAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "join_url",
                    events.encryption.SecretTextField(blank=True, verbose_name="link to join"),
                ),
                (
                    "passcode",
                    events.encryption.SecretTextField(blank=True, verbose_name="passcode"),
                ),
                (
                    "dial_in",
                    events.encryption.SecretTextField(
                        blank=True, verbose_name="numbers to dial in"
                    ),
                ),
                (
                    "opens_before_min",
                    models.PositiveSmallIntegerField(
                        default=60, verbose_name="shown so many minutes before"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access",
                        to="events.eventpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to join an event",
                "verbose_name_plural": "links to join events",
            },
        ),
        migrations.CreateModel(
            name="FormVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("questions", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="form_versions",
                        to="events.eventpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "questions of an event",
                "verbose_name_plural": "questions of events",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "French"),
                            ("es", "Spanish"),
                            ("pt", "Portuguese"),
                            ("ar", "Arabic"),
                        ],
                        default="en",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC",
                        max_length=63,
                        validators=[accounts.models.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "not confirmed yet, seat held"),
                            ("unconfirmed", "not confirmed yet"),
                            ("pending", "waits for a decision"),
                            ("confirmed", "confirmed"),
                            ("waiting", "on the waiting list"),
                            ("offered", "was offered a seat"),
                            ("recording", "recording only"),
                            ("expired", "expired"),
                            ("declined", "declined"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "queue_no",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="number in the queue"
                    ),
                ),
                ("submit_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                (
                    "wants_recording",
                    models.BooleanField(default=False, verbose_name="wants only the recording"),
                ),
                ("registered_at", models.DateTimeField(verbose_name="registered at")),
                (
                    "hold_until",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="to be confirmed until"
                    ),
                ),
                ("offers", models.PositiveSmallIntegerField(default=0)),
                (
                    "offer_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="offered until"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("link_sent_at", models.DateTimeField(blank=True, null=True)),
                ("token_version", models.PositiveIntegerField(default=1)),
                ("ics_sequence_sent", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="mail.contact",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="events.eventpage",
                    ),
                ),
                (
                    "form_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="registrations",
                        to="events.formversion",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="registrations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "ordering": ["-registered_at"],
            },
        ),
        migrations.CreateModel(
            name="RegistrationEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "not confirmed yet, seat held"),
                            ("unconfirmed", "not confirmed yet"),
                            ("pending", "waits for a decision"),
                            ("confirmed", "confirmed"),
                            ("waiting", "on the waiting list"),
                            ("offered", "was offered a seat"),
                            ("recording", "recording only"),
                            ("expired", "expired"),
                            ("declined", "declined"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=12,
                        verbose_name="before",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("held", "not confirmed yet, seat held"),
                            ("unconfirmed", "not confirmed yet"),
                            ("pending", "waits for a decision"),
                            ("confirmed", "confirmed"),
                            ("waiting", "on the waiting list"),
                            ("offered", "was offered a seat"),
                            ("recording", "recording only"),
                            ("expired", "expired"),
                            ("declined", "declined"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=12,
                        verbose_name="after",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="why")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="log",
                        to="events.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a registration",
                "verbose_name_plural": "changes of registrations",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EventSeats",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "meeting",
                    models.UUIDField(
                        editable=False, unique=True, verbose_name="translation key of its pages"
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: as many as come.",
                        null=True,
                        verbose_name="seats",
                    ),
                ),
                ("overbook", models.PositiveIntegerField(default=0, editable=False)),
                ("seats_held", models.PositiveIntegerField(default=0, editable=False)),
                ("waiting", models.PositiveIntegerField(default=0, editable=False)),
                ("clock", models.PositiveBigIntegerField(default=0, editable=False)),
                (
                    "opens_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: it is open.",
                        null=True,
                        verbose_name="registration opens",
                    ),
                ),
                (
                    "closes_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: when the event is over.",
                        null=True,
                        verbose_name="registration closes",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everybody", "everybody"),
                            ("members", "members only"),
                            ("group", "members of the working group only"),
                        ],
                        default="everybody",
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                (
                    "members_first_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Until then only members can register.",
                        null=True,
                        verbose_name="members first, until",
                    ),
                ),
                (
                    "approval",
                    models.BooleanField(
                        default=False, verbose_name="somebody decides about each registration"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("auto", "given to the next in line at once"),
                            ("offer", "offered to the next in line for some time"),
                        ],
                        default="auto",
                        max_length=6,
                        verbose_name="a seat that becomes free is",
                    ),
                ),
                (
                    "offer_minutes",
                    models.PositiveIntegerField(
                        default=1440,
                        help_text="On the last day it stands for two hours at most.",
                        verbose_name="an offer stands for, in minutes",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="events.eventpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "seats of an event",
                "verbose_name_plural": "seats of events",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity__isnull", True),
                            (
                                "seats_held__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("capacity"), "+", models.F("overbook")
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="no_more_seats_are_taken_than_there_are",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__isnull", True),
                            ("closes_at__isnull", True),
                            ("opens_at__lt", models.F("closes_at")),
                            _connector="OR",
                        ),
                        name="registration_opens_before_it_closes",
                        violation_error_message="Registration closes before it opens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offer_minutes__gt", 0)),
                        name="an_offer_stands_for_some_time",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="formversion",
            constraint=models.UniqueConstraint(
                fields=("event", "number"), name="versions_of_a_form_are_numbered"
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["event", "state", "queue_no"], name="registrations_in_line"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["contact", "state"], name="registrations_of_a_contact"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("state__in", ["held", "unconfirmed"])),
                fields=["hold_until"],
                name="registrations_to_confirm",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("state", "offered")),
                fields=["offer_until"],
                name="registrations_offered",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "confirmed",
                            "held",
                            "offered",
                            "pending",
                            "recording",
                            "unconfirmed",
                            "waiting",
                        ],
                    )
                ),
                fields=("event", "contact"),
                name="one_active_registration_per_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                fields=("event", "queue_no"), name="no_two_at_one_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), _negated=True),
                    ("queue_no__isnull", False),
                    _connector="OR",
                ),
                name="who_waits_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("state", "offered"), _negated=True),
                        ("offer_until__isnull", False),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("state__in", ["held", "unconfirmed"]), _negated=True),
                        ("hold_until__isnull", False),
                        _connector="OR",
                    ),
                ),
                name="an_offer_and_a_hold_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                "confirmed",
                                "held",
                                "offered",
                                "pending",
                                "recording",
                                "unconfirmed",
                                "waiting",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("contact__isnull", False),
                    _connector="OR",
                ),
                name="who_takes_part_can_be_written_to",
            ),
        ),
    ]
