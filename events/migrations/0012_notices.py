"""What meetings said at each time, and what of it people were told."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0011_reminders"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuietRevision",
            fields=[
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of which nobody is told",
                "verbose_name_plural": "versions of which nobody is told",
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="told",
                        serialize=False,
                        to="events.registration",
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="sequence last told of"
                    ),
                ),
                (
                    "recording_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="told of the recording at"
                    ),
                ),
            ],
            options={
                "verbose_name": "what somebody was told",
                "verbose_name_plural": "what people were told",
            },
        ),
        migrations.CreateModel(
            name="ChangeNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "meeting",
                    models.UUIDField(editable=False, verbose_name="translation key of its pages"),
                ),
                ("opened_at", models.DateTimeField(verbose_name="changed first at")),
                ("settles_at", models.DateTimeField(verbose_name="goes out at")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "waits until nothing changes any more"),
                            ("told", "told"),
                            ("nothing", "nothing was left to tell, or nobody to be told"),
                            ("stopped", "stopped; nobody was told"),
                        ],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="sequence that it tells of"
                    ),
                ),
                ("recipients", models.PositiveIntegerField(default=0, verbose_name="people told")),
            ],
            options={
                "verbose_name": "notice of a change",
                "verbose_name_plural": "notices of changes",
                "ordering": ["-opened_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["settles_at"],
                        name="notices_to_settle",
                    ),
                    models.Index(fields=["meeting", "sequence"], name="notices_of_a_meeting"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("meeting",),
                        name="one_open_notice_per_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_notice_has_an_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingFacts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "meeting",
                    models.UUIDField(editable=False, verbose_name="translation key of its pages"),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(verbose_name="how often it was moved or changed"),
                ),
                ("starts_at", models.DateTimeField(null=True, verbose_name="begins (UTC)")),
                ("ends_at", models.DateTimeField(null=True, verbose_name="ends (UTC)")),
                (
                    "time_zone",
                    models.CharField(blank=True, max_length=63, verbose_name="time zone"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("scheduled", "scheduled"),
                            ("save-the-date", "save the date"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("in-person", "in person"),
                            ("hybrid", "online and in person"),
                        ],
                        max_length=10,
                        verbose_name="takes place",
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="venue")),
                ("said_at", models.DateTimeField(verbose_name="said since")),
                (
                    "is_told",
                    models.BooleanField(
                        default=False, verbose_name="those who are registered are told"
                    ),
                ),
            ],
            options={
                "verbose_name": "what a meeting said",
                "verbose_name_plural": "what meetings said",
                "ordering": ["meeting", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "sequence"), name="a_meeting_says_one_thing_at_a_time"
                    )
                ],
            },
        ),
    ]
