from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_sitepage_tells_followers")]

    operations = [
        migrations.AddField(
            model_name="sitesettings",
            name="postal_address",
            field=models.CharField(
                blank=True,
                help_text="Stands at the end of updates by mail, as many countries ask for.",
                max_length=200,
                verbose_name="postal address",
            ),
        ),
    ]
