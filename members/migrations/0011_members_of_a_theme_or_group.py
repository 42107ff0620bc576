"""Indexes that hold whole answers: who has a theme, a region, a group."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0010_imports_row_by_row_and_merges")]

    operations = [
        migrations.AddIndex(
            model_name="groupmembership",
            index=models.Index(fields=["group", "member"], name="members_of_groups"),
        ),
        migrations.RunSQL(
            "create index members_of_themes on members_member_themes (theme_id, member_id)",
            "drop index members_of_themes",
        ),
        migrations.RunSQL(
            "create index members_of_regions on members_member_regions (region_id, member_id)",
            "drop index members_of_regions",
        ),
    ]
