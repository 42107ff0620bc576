import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_family")]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="search.document",
                    ),
                ),
                ("entity", models.CharField(max_length=40)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("date", models.DateField(null=True)),
                ("is_public", models.BooleanField()),
                ("name", models.TextField(blank=True)),
                ("facets", models.TextField(blank=True)),
            ],
        ),
    ]
