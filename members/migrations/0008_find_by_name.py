"""Indexes for the directory: by name, by country, and on PostgreSQL by the words of names."""

import uuid

from django.db import migrations, models

MAKE = (
    "create index members_by_words on members_member"
    " using gin (to_tsvector('simple', folded_name)) with (fastupdate = off)"
)
DROP = "drop index members_by_words"


def on_postgresql(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("members", "0007_fill_names_and_ids")]

    operations = [
        migrations.AlterField(
            model_name="member",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.RemoveIndex(model_name="member", name="members_by_name"),
        migrations.RemoveIndex(model_name="member", name="members_by_country"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["folded_name", "public_id"], name="members_by_name"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["country", "country_seen"], name="members_by_country"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["state", "country"], name="members_to_count"),
        ),
        migrations.RunPython(on_postgresql(MAKE), on_postgresql(DROP)),
    ]
