"""The search has documents of its own: on PostgreSQL, Wagtail’s table needs no index for it."""

from django.db import migrations

MAKE = """
    create index search_title_and_body on wagtailsearch_indexentry using gin ((title || body))
"""
DROP = "drop index search_title_and_body"


def on_postgresql(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0009_first_synonyms")]

    operations = [migrations.RunPython(on_postgresql(DROP), on_postgresql(MAKE))]
