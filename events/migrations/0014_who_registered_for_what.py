from django.db import migrations, models


class Migration(migrations.Migration):
    """Find what somebody had to do with an event without reading everybody who is registered."""

    dependencies = [("events", "0013_recordings_before_notices")]

    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["event", "contact"], name="who_registered_for_what"),
        ),
    ]
