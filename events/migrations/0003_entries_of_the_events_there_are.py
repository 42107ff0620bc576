"""Give every published meeting its calendar entry under the name that its file had before."""

from django.db import migrations

DOMAIN = "decentralization.net"


def enter(apps, schema_editor):
    EventPage = apps.get_model("events", "EventPage")
    EventState = apps.get_model("events", "EventState")
    entries = {}
    for event in EventPage.objects.filter(live=True).order_by("pk").defer("body").iterator():
        if event.translation_key in entries:
            continue
        entries[event.translation_key] = EventState(
            meeting=event.translation_key,
            ical_uid=f"{event.translation_key}@{DOMAIN}",
            starts_utc_published=event.starts_at,
            ends_utc_published=event.ends_at,
            zone_published=event.time_zone,
            status_published=event.status,
            place_published=f"{event.mode}: {event.venue}".rstrip(": "),
            changed_at=event.last_published_at
            or event.latest_revision_created_at
            or event.starts_at
            or event.first_published_at,
        )
    EventState.objects.bulk_create(
        [entry for entry in entries.values() if entry.changed_at], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0002_calendar_entries")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
