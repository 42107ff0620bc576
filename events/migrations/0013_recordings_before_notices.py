"""Recordings that were there before anybody was written to about them are no news."""

from django.db import migrations
from django.utils import timezone


def take_as_told(apps, schema_editor):
    Registration = apps.get_model("events", "Registration")
    Told = apps.get_model("events", "Told")
    recorded = Registration.objects.filter(event__recording="available", told=None)
    now = timezone.now()
    Told.objects.bulk_create(
        (
            Told(registration_id=pk, recording_at=now)
            for pk in recorded.values_list("pk", flat=True)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0012_notices")]

    operations = [migrations.RunPython(take_as_told, migrations.RunPython.noop)]
