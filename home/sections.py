"""What the front page shows of the rest of the site.

Its lists are remembered until the content changes: the page costs the same with ten posts as with
ten thousand.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from blog.models import BlogPage
from events.models import EventPage
from pages.models import SitePage
from pages.places import places
from pages.remembered import remembered
from people.models import Organisation
from projects.models import ProjectPage
from working_groups.sections import Tile, tiles

if TYPE_CHECKING:
    from .models import HomePage

EVENTS, RECORDINGS, POSTS, PROJECTS = 3, 2, 5, 6


def of_home(home: HomePage, now: datetime.datetime, *, is_preview: bool = False) -> dict:
    """Return the context of the front page."""
    today = timezone.localdate(now)
    lists = remembered("home:lists", lambda: newest(now))
    own = parts(home) if is_preview else remembered(f"home:{home.pk}", lambda: parts(home))
    return {
        "lists": lists,
        "groups": _short(remembered(f"groups:{today}", lambda: tiles(today))),
        "places": places(),
        "partners": remembered("home:partners", partners),
        **ways_in(),
        **own,
    }


def newest(now: datetime.datetime) -> dict[str, list[int]]:
    """Return the ids of what comes next and of what is new."""
    events = EventPage.objects.for_reader_now().taking_place()
    upcoming = _ids(events.upcoming(now), EVENTS)
    return {
        "events": upcoming,
        "recordings": [] if upcoming else _ids(events.past(now).recorded(), RECORDINGS),
        "posts": _ids(BlogPage.objects.for_reader_now().newest(), POSTS),
        "projects": _ids(ProjectPage.objects.for_reader_now().order_by("path"), PROJECTS),
    }


def _ids(pages, number: int) -> list[int]:
    return list(pages.values_list("pk", flat=True)[:number])


def parts(home: HomePage) -> dict:
    """Return what the editors of the front page put there: programmes and picks."""
    return {
        "programmes": [
            {"title": programme.title, "text": programme.text}
            for programme in home.programmes.all()
        ],
        "picks": picks([pick.picked_id for pick in home.picks.all()]),
        "join_text": unescape(strip_tags(home.join_text)),
    }


def ways_in() -> dict:
    """Return the button and the links under the invitation to join."""
    links = [
        {"label": label, "url": places()[slug]}
        for slug, label in (
            ("membership", _("Become a member")),
            ("about", _("About the Alliance")),
            ("contact", _("Contact")),
        )
        if slug in places()
    ]
    return {"join": links[0] if links else None, "more": links[1:]}


def picks(pks: list[int]) -> list[dict[str, str]]:
    """Return the picked pages as links, in the order of the editors, without what is not live."""
    found = SitePage.objects.live().select_related("locale").in_bulk(pks)
    shown = [found[pk] for pk in pks if pk in found]
    return [
        {
            "label": page.title,
            "url": page.get_url() or "",
            "language": page.language,
            "note": capfirst(str(dict(page.specific_class.kinds.choices).get(page.kind, ""))),
        }
        for page in shown
    ]


def _short(groups: dict[str, list[Tile]]) -> dict[str, list[Tile]]:
    """Return the groups by name alone; that one is active goes without saying here."""
    return {
        part: [
            replace(
                tile,
                text="",
                note="",
                status_label="" if tile.status == "active" else tile.status_label,
            )
            for tile in members
        ]
        for part, members in groups.items()
    }


def partners() -> list[dict[str, str]]:
    """Return the organisations that carry or support a project, by name."""
    found = Organisation.objects.filter(projects__project__live=True).distinct().order_by("name")
    return [{"label": organisation.name, "url": organisation.url} for organisation in found]
