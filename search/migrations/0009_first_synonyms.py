"""The field’s vocabulary in five languages, so that every database starts with it."""

from django.db import migrations

from search.actions import load_synonyms


def load(apps, schema_editor):
    load_synonyms(apps.get_model("search", "Synonyms"))


def unload(apps, schema_editor):
    """Empty the synonyms; the table itself goes with an earlier migration."""
    apps.get_model("search", "Synonyms").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0008_words_of_editors")]
    operations = [migrations.RunPython(load, unload)]
