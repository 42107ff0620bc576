from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_documents_words_and_usage")]

    operations = [
        migrations.AddField(
            model_name="filetext",
            name="retry_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
