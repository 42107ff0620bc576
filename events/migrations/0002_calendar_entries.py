"""What calendars elsewhere were told of each meeting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EventState",
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
                    "ical_uid",
                    models.CharField(
                        max_length=255, unique=True, verbose_name="name for calendars"
                    ),
                ),
                (
                    "ical_sequence",
                    models.PositiveIntegerField(
                        default=0, verbose_name="how often it was moved or changed"
                    ),
                ),
                (
                    "starts_utc_published",
                    models.DateTimeField(null=True, verbose_name="begins (UTC)"),
                ),
                ("ends_utc_published", models.DateTimeField(null=True, verbose_name="ends (UTC)")),
                (
                    "zone_published",
                    models.CharField(blank=True, max_length=63, verbose_name="time zone"),
                ),
                (
                    "status_published",
                    models.CharField(blank=True, max_length=15, verbose_name="status"),
                ),
                (
                    "place_published",
                    models.CharField(blank=True, max_length=220, verbose_name="place"),
                ),
                (
                    "previous_starts_utc",
                    models.DateTimeField(null=True, verbose_name="began before the last move"),
                ),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={"verbose_name": "calendar entry", "verbose_name_plural": "calendar entries"},
        ),
    ]
