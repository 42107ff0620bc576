"""Who may take lists of attendees out of the site."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("events", "0004_registration")]

    operations = [
        migrations.AlterModelOptions(
            name="registration",
            options={
                "ordering": ["-registered_at"],
                "permissions": [
                    ("take_registrations", "Can take lists of registrations out of the site")
                ],
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
            },
        ),
    ]
