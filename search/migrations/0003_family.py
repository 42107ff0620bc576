from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_documents_words_and_usage")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="family",
            field=models.CharField(blank=True, max_length=80, default=""),
            preserve_default=False,
        ),
    ]
