"""Who was there: marks of registrations, and the reports of meeting tools."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_messages_to_attendees"),
        ("mail", "0004_since_when_nobody_is_behind_a_consent"),
        ("taxonomy", "0003_vocabularies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendanceReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("digest", models.CharField(max_length=64)),
                ("encoding", models.CharField(blank=True, max_length=40, verbose_name="encoding")),
                ("columns", models.JSONField(default=list, verbose_name="columns")),
                ("counts", models.JSONField(default=dict, verbose_name="rows by fate")),
                (
                    "state",
                    models.CharField(
                        choices=[("tried", "tried"), ("done", "taken over")],
                        default="tried",
                        max_length=5,
                        verbose_name="state",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "done_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken over at"),
                ),
            ],
            options={
                "verbose_name": "report of attendance",
                "verbose_name_plural": "reports of attendance",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="AttendanceRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("matched", "found by e-mail"),
                            ("by-name", "found by name"),
                            ("ambiguous", "several people have this name"),
                            ("no-seat", "registered, but had no seat"),
                            ("unknown", "not registered"),
                            ("not-let-in", "stayed in the waiting room"),
                            ("unreadable", "cannot be read"),
                        ],
                        max_length=10,
                        verbose_name="fate",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                ("address", models.CharField(blank=True, max_length=254, verbose_name="e-mail")),
                ("was_there", models.BooleanField(default=True, verbose_name="was there")),
                (
                    "minutes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="minutes"),
                ),
            ],
            options={
                "verbose_name": "row of a report of attendance",
                "verbose_name_plural": "rows of reports of attendance",
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="registration",
            name="attended",
            field=models.BooleanField(blank=True, null=True, verbose_name="attended"),
        ),
        migrations.AddField(
            model_name="registration",
            name="marked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="marked at"),
        ),
        migrations.AddField(
            model_name="registration",
            name="marked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="marked by",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="minutes_present",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="minutes present"
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="state",
            field=models.CharField(
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
                    ("walk-in", "came without registering"),
                ],
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="registrationevent",
            name="after",
            field=models.CharField(
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
                    ("walk-in", "came without registering"),
                ],
                max_length=12,
                verbose_name="after",
            ),
        ),
        migrations.AlterField(
            model_name="registrationevent",
            name="before",
            field=models.CharField(
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
                    ("walk-in", "came without registering"),
                ],
                max_length=12,
                verbose_name="before",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attended__isnull", True),
                    ("state__in", ["confirmed", "walk-in"]),
                    models.Q(("confirmed_at__isnull", False), ("state", "cancelled")),
                    _connector="OR",
                ),
                name="who_attended_had_a_seat_or_walked_in",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "walk-in"), _negated=True),
                    models.Q(("attended", True), ("attended__isnull", False)),
                    _connector="OR",
                ),
                name="who_walked_in_was_there",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("attended", True),
                        ("attended__isnull", False),
                        ("marked_at__isnull", False),
                    ),
                    models.Q(
                        ("attended", False),
                        ("attended__isnull", False),
                        ("marked_at__isnull", False),
                        ("minutes_present__isnull", True),
                    ),
                    models.Q(
                        ("attended__isnull", True),
                        ("marked_at__isnull", True),
                        ("minutes_present__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_mark_has_its_moment_and_only_presence_has_minutes",
            ),
        ),
        migrations.AddField(
            model_name="attendancereport",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="attendancereport",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendance_reports",
                to="events.eventpage",
            ),
        ),
        migrations.AddField(
            model_name="attendancerow",
            name="registration",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="events.registration",
            ),
        ),
        migrations.AddField(
            model_name="attendancerow",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="events.attendancereport",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("state", "tried")),
                    models.Q(("done_at__isnull", False), ("state", "done")),
                    _connector="OR",
                ),
                name="a_report_is_taken_over_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancerow",
            constraint=models.UniqueConstraint(
                fields=("report", "number"), name="rows_of_a_report_are_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fate__in", ["matched", "by-name"]), _negated=True),
                    ("registration__isnull", False),
                    _connector="OR",
                ),
                name="who_was_found_in_a_report_is_registered",
            ),
        ),
    ]
