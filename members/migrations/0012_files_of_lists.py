import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0011_members_of_a_theme_or_group")]

    operations = [
        migrations.AlterField(
            model_name="memberimport",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "columns to be chosen"),
                    ("tried", "tried"),
                    ("running", "running"),
                    ("done", "imported"),
                ],
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.BinaryField()),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file",
                        to="members.memberimport",
                    ),
                ),
            ],
        ),
    ]
