"""The ways to follow a calendar: every program has its own kind of link for the same file."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Subscription:
    """What ``components/subscribe.html`` shows; ``others`` are the same events in other forms."""

    address: str
    links: Sequence[dict[str, str]]
    others: Sequence[dict[str, str]] = ()


def subscription(address: str, name: str, others: Sequence[dict[str, str]] = ()) -> Subscription:
    """Return the links to follow the calendar at an absolute address."""
    split = urlsplit(address)
    webcal = split._replace(scheme="webcal").geturl()
    asked = urlencode({"url": address, "name": name})
    google = f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}"
    links = (
        {"label": _("On this device (Apple, Thunderbird and others)"), "url": webcal},
        {"label": "Google Calendar", "url": google},
        {"label": "Outlook.com", "url": f"https://outlook.live.com/calendar/0/addfromweb?{asked}"},
        {
            "label": "Microsoft 365",
            "url": f"https://outlook.office.com/calendar/0/addfromweb?{asked}",
        },
    )
    return Subscription(address, links, others)
