"""Where each database keeps the words of documents, to search them."""

from django.db import migrations

SQLITE_MAKE = (
    "create virtual table search_words using fts5("
    " title, labels, body, public, tokenize = 'ascii')",
    "create virtual table search_vocabulary using fts5vocab(search_words, col)",
    "create trigger search_words_go_with_their_entry after delete on search_entry"
    " begin delete from search_words where rowid = old.document_id; end",
)
SQLITE_DROP = (
    "drop trigger search_words_go_with_their_entry",
    "drop table search_vocabulary",
    "drop table search_words",
)
# “words” finds, and “lead”, the title with the beginning of the text, says how well: to rank by
# all words, PostgreSQL would have to read them.
POSTGRESQL_MAKE = (
    "alter table search_entry add column words tsvector, add column lead tsvector,"
    " add column public text[]",
    "create index search_entry_words on search_entry using gin (words)",
)
POSTGRESQL_DROP = (
    "drop index search_entry_words",
    "alter table search_entry drop column words, drop column lead, drop column public",
)


def statements(postgresql, sqlite):
    def run(apps, schema_editor):
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        for statement in postgresql if on_postgresql else sqlite:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0005_entries")]

    operations = [
        migrations.RunPython(
            statements(POSTGRESQL_MAKE, SQLITE_MAKE), statements(POSTGRESQL_DROP, SQLITE_DROP)
        )
    ]
