"""Give the members of today their name as it is searched, and an id of their own."""

import uuid

from django.db import migrations

BATCH = 2_000


def fill(apps, schema_editor):
    Member = apps.get_model("members", "Member")
    every = Member.objects.only("pk", "name").order_by("pk")
    batch = []
    for member in every.iterator(BATCH):
        member.public_id = uuid.uuid4()
        batch.append(member)
        if len(batch) == BATCH:
            write(Member, batch)
            batch = []
    write(Member, batch)


def write(model, batch):
    folded = model._meta.get_field("folded_name")
    for member in batch:
        folded.pre_save(member, False)
    model.objects.bulk_update(batch, ["public_id", "folded_name"])


class Migration(migrations.Migration):
    dependencies = [("members", "0006_names_to_search")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
