"""Meetings that come again."""

import accounts.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_the_right_to_take_registrations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title of each meeting")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("group-meeting", "working group meeting"),
                            ("advisory-board", "Advisory Board meeting"),
                            ("webinar", "webinar"),
                            ("roundtable", "roundtable"),
                            ("workshop", "workshop"),
                            ("knowledge-week", "knowledge week"),
                        ],
                        default="group-meeting",
                        max_length=40,
                        verbose_name="kind",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=300, verbose_name="summary")),
                (
                    "nth",
                    models.SmallIntegerField(
                        choices=[
                            (1, "first"),
                            (2, "second"),
                            (3, "third"),
                            (4, "fourth"),
                            (-1, "last"),
                        ],
                        default=1,
                        verbose_name="on the",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=1,
                        verbose_name="weekday",
                    ),
                ),
                (
                    "every_months",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="every so many months"
                    ),
                ),
                (
                    "first_on",
                    models.DateField(help_text="No meeting before this day.", verbose_name="from"),
                ),
                (
                    "until",
                    models.DateField(help_text="No meeting after this day.", verbose_name="until"),
                ),
                ("start_time", models.TimeField(verbose_name="begins at")),
                (
                    "end_time",
                    models.TimeField(
                        help_text="Earlier than it begins: on the next day.", verbose_name="ends at"
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        help_text="The time stays the same on the clocks of this zone, in summer and winter.",
                        max_length=63,
                        validators=[accounts.models.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "fold",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "the first time, before the clocks go back"),
                            (1, "the second time, after the clocks went back"),
                        ],
                        default=0,
                        verbose_name="when the clocks go back",
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
                        default="online",
                        max_length=10,
                        verbose_name="takes place",
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="venue")),
                (
                    "left_out",
                    models.JSONField(blank=True, default=list, verbose_name="days left out"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "series of meetings",
                "verbose_name_plural": "series of meetings",
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="planned on")),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="occurrence",
                        to="events.eventpage",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occurrences",
                        to="events.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting of a series",
                "verbose_name_plural": "meetings of series",
                "ordering": ["planned_on"],
            },
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("first_on"))),
                name="a_series_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_months__gte", 1), ("every_months__lte", 12)),
                name="a_series_comes_again_within_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.UniqueConstraint(
                fields=("series", "planned_on"), name="one_meeting_of_a_series_a_day"
            ),
        ),
    ]
