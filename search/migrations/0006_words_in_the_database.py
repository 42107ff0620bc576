"""Where each database keeps the words of documents, to search them."""

from django.db import migrations

# The words come as they shall be found, with spaces between them: “ascii” cuts nowhere else. Titles
# are asked for while somebody types, words of public titles and summaries for better spellings.
SQLITE_MAKE = (
    "create virtual table search_words using fts5(title, labels, body, tokenize = 'ascii')",
    "create virtual table search_titles using fts5("
    " title, tokenize = 'ascii', prefix = '1 2 3', detail = none)",
    "create virtual table search_spelling using fts5(words, tokenize = 'ascii', detail = none)",
    "create virtual table search_vocabulary using fts5vocab(search_spelling, row)",
    "create trigger search_words_go_with_their_entry after delete on search_entry begin"
    " delete from search_words where rowid = old.document_id;"
    " delete from search_titles where rowid = old.document_id;"
    " delete from search_spelling where rowid = old.document_id;"
    " end",
)
SQLITE_DROP = (
    "drop trigger search_words_go_with_their_entry",
    "drop table search_vocabulary",
    "drop table search_spelling",
    "drop table search_titles",
    "drop table search_words",
)
# “words” finds, without being read: the index knows it all. What is read of each result stays in
# its row (“main”): “title” and “lead”, the title with the beginning of the text, by which it ranks.
POSTGRESQL_MAKE = (
    "alter table search_entry add column words tsvector, add column lead tsvector,"
    " add column title tsvector, add column spelling text[],"
    " alter column lead set storage main, alter column title set storage main,"
    " alter column name set storage main, alter column facets set storage main",
    "create index search_entry_words on search_entry using gin (words)",
    "create index search_entry_title on search_entry using gin (title)",
)
POSTGRESQL_DROP = (
    "drop index search_entry_title",
    "drop index search_entry_words",
    "alter table search_entry drop column words, drop column lead, drop column title,"
    " drop column spelling",
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
