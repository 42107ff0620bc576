from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_sitepage_is_listed")]

    operations = [
        migrations.AddField(
            model_name="sitepage",
            name="tells_followers",
            field=models.BooleanField(
                default=True,
                help_text="Counts once, ten minutes after this went live for the first time.",
                verbose_name="tell those who follow it",
            ),
        ),
    ]
