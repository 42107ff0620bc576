"""Regions, themes, sectors and countries, so that every database starts with them."""

from django.db import migrations

from taxonomy.actions import Vocabularies, load_vocabularies

MODELS = ("Region", "Theme", "Sector", "Country")


def load(apps, schema_editor):
    load_vocabularies(Vocabularies(*(apps.get_model("taxonomy", name) for name in MODELS)))


def unload(apps, schema_editor):
    """Empty the vocabularies; the tables themselves go with the migration before."""
    for name in reversed(MODELS):
        apps.get_model("taxonomy", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0002_region_short_names")]
    operations = [migrations.RunPython(load, unload)]
