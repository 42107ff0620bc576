"""Names as they are sorted and searched, and the ids of members in addresses; filled next."""

import uuid

from django.db import migrations, models

import members.models.seen


class Migration(migrations.Migration):
    dependencies = [("members", "0005_who_sees_what")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="folded_name",
            field=members.models.seen.FoldedField(
                default="", editable=False, max_length=200, source="name"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
    ]
