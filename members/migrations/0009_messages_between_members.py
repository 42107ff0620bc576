from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0008_find_by_name")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="takes_messages",
            field=models.BooleanField(
                default=True,
                help_text="Through a form here. Nobody sees your address unless you answer.",
                verbose_name="other members may write to me",
            ),
        )
    ]
