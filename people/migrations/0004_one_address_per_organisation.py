from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_addresses_of_organisations")]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text="Left empty, it is made of the name.",
                max_length=150,
                unique=True,
                verbose_name="address",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "apply"), _negated=True),
                name="no_organisation_stands_where_a_form_is",
                violation_error_message="This address is taken.",
            ),
        ),
    ]
