import uuid

from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_changes_of_institutions"),
        ("pages", "0002_sitepage_is_listed"),
    ]

    operations = [
        migrations.CreateModel(
            name="UpdatesStart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="updates_start_once")
                ],
            },
        ),
        migrations.AlterModelOptions(
            name="item",
            options={
                "ordering": ["-published_at"],
                "verbose_name": "update",
                "verbose_name_plural": "updates",
            },
        ),
        migrations.AlterField(
            model_name="item",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="update_items",
                to="pages.sitepage",
                verbose_name="page",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="family",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="item",
            name="what",
            field=models.CharField(
                choices=[("published", "published"), ("recording", "recording available")],
                default="published",
                max_length=10,
                verbose_name="what is new",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="announced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="told at once at"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("family", "what"), name="one_item_per_family"
            ),
        ),
    ]
