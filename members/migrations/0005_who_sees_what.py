"""The ranks at which the directory shows members and finds them by a part of their profile."""

from django.db import migrations
from django.db.models import Case, F, GeneratedField, SmallIntegerField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Least
from django.db.models.lookups import Exact, IsNull

LEVELS = ("hidden", "groups", "members", "public")


def rank_of(level, *first):
    known = [When(Exact(level, Value(name)), then=Value(rank)) for rank, name in enumerate(LEVELS)]
    return Case(*first, *known, default=Value(0), output_field=SmallIntegerField())


def seen(part=""):
    rank = rank_of(F("level"))
    if part:
        own = KeyTextTransform(part, "field_levels")
        rank = Least(rank, rank_of(own, When(IsNull(own, True), then=Value(4))))
    return GeneratedField(
        expression=Case(
            When(state="active", then=rank), default=Value(0), output_field=SmallIntegerField()
        ),
        output_field=SmallIntegerField(),
        db_persist=True,
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0004_updates_once_per_family")]

    operations = [
        migrations.AddField("member", "seen", seen()),
        migrations.AddField("member", "country_seen", seen("country")),
        migrations.AddField("member", "interests_seen", seen("interests")),
        migrations.AddField("member", "groups_seen", seen("groups")),
    ]
