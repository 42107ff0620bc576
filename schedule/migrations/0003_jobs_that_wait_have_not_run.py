"""Jobs that waited for their first night were kept as runs without any length."""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce


def say_that_they_wait(apps, schema_editor):
    rows = apps.get_model("schedule", "JobRun").objects.all()
    rows.update(known_since=F("started_at"))
    rows.filter(finished_at=F("started_at")).update(started_at=None, finished_at=None)


def write_them_as_runs(apps, schema_editor):
    rows = apps.get_model("schedule", "JobRun").objects.filter(started_at=None)
    rows.update(finished_at=Coalesce("finished_at", "known_since"), started_at=F("known_since"))


class Migration(migrations.Migration):
    dependencies = [("schedule", "0002_jobs_that_have_not_run_yet")]

    operations = [migrations.RunPython(say_that_they_wait, write_them_as_runs)]
