"""Messages of organisers to those who take part, and the right to write them."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_roles_at_events"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendeeMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject", models.CharField(max_length=150, verbose_name="subject")),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                ("audience", models.JSONField(default=list, verbose_name="to")),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                ("due_at", models.DateTimeField(verbose_name="to be sent at")),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("recipients", models.PositiveIntegerField(default=0, verbose_name="recipients")),
                ("sent", models.PositiveIntegerField(default=0, verbose_name="sent")),
                (
                    "skipped",
                    models.PositiveIntegerField(default=0, verbose_name="not sent, for a reason"),
                ),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendee_messages",
                        to="events.eventpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "message to attendees",
                "verbose_name_plural": "messages to attendees",
                "ordering": ["-written_at", "-pk"],
                "permissions": [("message_attendees", "Can write to the attendees of events")],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("planned_at__isnull", True)
                        ),
                        fields=["due_at"],
                        name="messages_to_plan",
                    ),
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["planned_at"],
                        name="messages_to_settle",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at__isnull", True),
                            ("planned_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_message_is_planned_before_it_is_settled",
                    )
                ],
            },
        ),
    ]
