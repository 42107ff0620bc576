"""In how many documents each word stands, as SQLite’s own index of words knows it."""

from django.db import migrations

MAKE = "create virtual table search_tokens using fts5vocab(search_words, row)"
DROP = "drop table search_tokens"


def on_sqlite(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0011_room_for_long_addresses")]

    operations = [migrations.RunPython(on_sqlite(MAKE), on_sqlite(DROP))]
