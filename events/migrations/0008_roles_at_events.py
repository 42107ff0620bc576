"""Hosts of events, and those who check people in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0007_personal_calendars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EventRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("host", "host"), ("cohost", "co-host"), ("checkin", "check-in")],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="since")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="event_roles",
                        to="events.eventpage",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="event_roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "role at an event",
                "verbose_name_plural": "roles at events",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "user"), name="one_role_per_person_at_an_event"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["host", "cohost", "checkin"])),
                        name="a_role_at_an_event_is_known",
                    ),
                ],
            },
        ),
    ]
