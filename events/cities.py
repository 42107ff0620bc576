"""Cities that stand for a time zone, in the reader’s language, and where the audiences live."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAMES = {
    "Africa/Abidjan": _("Abidjan"),
    "Africa/Accra": _("Accra"),
    "Africa/Addis_Ababa": _("Addis Ababa"),
    "Africa/Cairo": _("Cairo"),
    "Africa/Casablanca": _("Casablanca"),
    "Africa/Dakar": _("Dakar"),
    "Africa/Johannesburg": _("Johannesburg"),
    "Africa/Lagos": _("Lagos"),
    "Africa/Nairobi": _("Nairobi"),
    "Africa/Tunis": _("Tunis"),
    "America/Argentina/Buenos_Aires": _("Buenos Aires"),
    "America/Bogota": _("Bogotá"),
    "America/Lima": _("Lima"),
    "America/Los_Angeles": _("Los Angeles"),
    "America/Mexico_City": _("Mexico City"),
    "America/New_York": _("New York"),
    "America/Santiago": pgettext_lazy("the capital of Chile", "Santiago"),
    "America/Sao_Paulo": _("São Paulo"),
    "Asia/Amman": _("Amman"),
    "Asia/Bangkok": _("Bangkok"),
    "Asia/Beirut": _("Beirut"),
    "Asia/Dhaka": _("Dhaka"),
    "Asia/Dubai": _("Dubai"),
    "Asia/Jakarta": _("Jakarta"),
    "Asia/Karachi": _("Karachi"),
    "Asia/Kathmandu": _("Kathmandu"),
    "Asia/Kolkata": _("Kolkata"),
    "Asia/Manila": _("Manila"),
    "Asia/Riyadh": _("Riyadh"),
    "Asia/Tashkent": _("Tashkent"),
    "Asia/Tbilisi": _("Tbilisi"),
    "Asia/Tokyo": _("Tokyo"),
    "Australia/Sydney": _("Sydney"),
    "Europe/Belgrade": _("Belgrade"),
    "Europe/Budapest": _("Budapest"),
    "Europe/Istanbul": _("Istanbul"),
    "Europe/London": _("London"),
    "Europe/Paris": _("Paris"),
    "Pacific/Auckland": _("Auckland"),
    "Pacific/Fiji": pgettext_lazy("the time zone", "Fiji"),
    "UTC": pgettext_lazy("the time zone", "UTC"),
}

# What the switch offers, by part of the world.
OFFERED = (
    (
        _("Africa"),
        (
            "Africa/Abidjan",
            "Africa/Accra",
            "Africa/Addis_Ababa",
            "Africa/Dakar",
            "Africa/Johannesburg",
            "Africa/Lagos",
            "Africa/Nairobi",
        ),
    ),
    (
        _("Asia and the Pacific"),
        (
            "Asia/Bangkok",
            "Asia/Dhaka",
            "Asia/Jakarta",
            "Asia/Karachi",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Asia/Manila",
            "Asia/Tokyo",
            "Australia/Sydney",
            "Pacific/Auckland",
            "Pacific/Fiji",
        ),
    ),
    (
        _("Europe and Central Asia"),
        (
            "Europe/Belgrade",
            "Europe/Budapest",
            "Europe/Istanbul",
            "Europe/London",
            "Europe/Paris",
            "Asia/Tashkent",
            "Asia/Tbilisi",
        ),
    ),
    (
        _("Latin America and the Caribbean"),
        (
            "America/Bogota",
            "America/Argentina/Buenos_Aires",
            "America/Lima",
            "America/Mexico_City",
            "America/Santiago",
            "America/Sao_Paulo",
        ),
    ),
    (
        _("Middle East and North Africa"),
        (
            "Asia/Amman",
            "Asia/Beirut",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Asia/Dubai",
            "Asia/Riyadh",
            "Africa/Tunis",
        ),
    ),
    (_("North America"), ("America/Los_Angeles", "America/New_York")),
)

# Cities whose clocks tell the people of a region what they need to know, from west to east.
AUDIENCES = {
    "africa": ("Africa/Dakar", "Africa/Lagos", "Africa/Johannesburg", "Africa/Nairobi"),
    "asia": ("Asia/Karachi", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok", "Asia/Manila"),
    "eca": ("Europe/Belgrade", "Europe/Budapest", "Asia/Tbilisi", "Asia/Tashkent"),
    "lac": ("America/Mexico_City", "America/Bogota", "America/Santiago", "America/Sao_Paulo"),
    "mena": ("Africa/Casablanca", "Africa/Tunis", "Africa/Cairo", "Asia/Amman"),
}
EVERYBODY = (
    "America/New_York",
    "America/Bogota",
    "Africa/Dakar",
    "Europe/Budapest",
    "Africa/Nairobi",
    "Asia/Kolkata",
    "Asia/Manila",
)


def city(zone: datetime.tzinfo) -> str:
    """Return the city after which a zone is named, in the reader’s language where we have it."""
    key = getattr(zone, "key", "") or str(zone)
    return str(NAMES.get(key) or key.rpartition("/")[2].replace("_", " "))


def audience(regions: Iterable[str]) -> tuple[str, ...]:
    """Return the zones in which people of these regions read a time; of no region, everywhere."""
    known = [AUDIENCES[slug] for slug in regions if slug in AUDIENCES]
    if not known or len(known) > 2:
        return EVERYBODY
    return tuple(dict.fromkeys(zone for zones in known for zone in zones))
