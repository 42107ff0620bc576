from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0012_files_of_lists"),
        ("taxonomy", "0003_vocabularies"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="themes",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="taxonomy.theme", verbose_name="themes"
            ),
        ),
    ]
