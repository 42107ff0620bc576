from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_retries_of_file_texts")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="family",
            field=models.CharField(blank=True, max_length=80, default=""),
            preserve_default=False,
        ),
    ]
