from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="slug",
            field=models.SlugField(
                blank=True,
                default="",
                db_index=False,
                help_text="Left empty, it is made of the name.",
                max_length=150,
                verbose_name="address",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organisation",
            name="about",
            field=models.TextField(blank=True, max_length=1500, verbose_name="what it does"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="member_since",
            field=models.DateField(
                blank=True,
                help_text="Empty for what is no member.",
                null=True,
                verbose_name="member since",
            ),
        ),
    ]
