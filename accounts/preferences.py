"""The time zone in which somebody reads the site."""

import functools
import zoneinfo

from django.http import HttpRequest

COOKIE = "tz"


@functools.cache
def known_time_zones() -> frozenset[str]:
    """Return the IANA names this machine knows; reading the disk once is enough."""
    return frozenset(zoneinfo.available_timezones())


def zone(name: str | None) -> zoneinfo.ZoneInfo | None:
    """Return the zone of this name, or ``None`` for an unknown, empty or hostile name."""
    return zoneinfo.ZoneInfo(name) if name in known_time_zones() else None


def reader_zone(request: HttpRequest | None) -> zoneinfo.ZoneInfo | None:
    """Return the zone in which this reader sees times; ``None`` where we do not know it."""
    return getattr(request, "time_zone", None)


def time_zone_choices() -> list[tuple[str, str]]:
    """Return ``(name, words)`` of every place-like zone, for a list to choose from."""
    places = sorted(name for name in known_time_zones() if "/" in name and _is_a_place(name))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]


def _is_a_place(name: str) -> bool:
    return not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
