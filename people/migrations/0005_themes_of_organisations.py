from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_one_address_per_organisation"),
        ("taxonomy", "0003_vocabularies"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="themes",
            field=models.ManyToManyField(
                blank=True, related_name="organisations", to="taxonomy.theme", verbose_name="themes"
            ),
        ),
    ]
