import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schedule", "0001_when_jobs_ran")]

    operations = [
        migrations.AddField(
            model_name="jobrun",
            name="known_since",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="known since"
            ),
        ),
        migrations.AlterField(
            model_name="jobrun",
            name="started_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="started at"),
        ),
        migrations.AddConstraint(
            model_name="jobrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at", None), ("started_at__isnull", False), _connector="OR"
                ),
                name="a_finished_job_had_started",
            ),
        ),
    ]
