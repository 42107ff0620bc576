from django.db import migrations
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii


def give_addresses(apps, schema_editor):
    """Make the address of each organisation of its name, numbered where two are alike."""
    Organisation = apps.get_model("people", "Organisation")
    taken = {"apply"}
    for organisation in Organisation.objects.order_by("pk"):
        wanted = slugify(string_to_ascii(organisation.name))[:140].strip("-") or "organisation"
        slug, number = wanted, 2
        while slug in taken:
            slug, number = f"{wanted}-{number}", number + 1
        taken.add(slug)
        Organisation.objects.filter(pk=organisation.pk).update(slug=slug)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_pages_of_organisations")]

    operations = [migrations.RunPython(give_addresses, migrations.RunPython.noop)]
