"""What the front page shows of the rest of the site.

Its lists are remembered until the content changes: the page costs the same with ten posts as with
ten thousand.
"""

from __future__ import annotations

import datetime
from html import unescape
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from blog.models import BlogPage
from events.models import EventPage
from pages import card_lists
from pages.card_lists import whole
from pages.models import SitePage
from pages.places import places
from pages.privacy import is_private
from pages.remembered import remembered, remembered_unless_preview
from people.models import Organisation
from projects.models import ProjectPage
from working_groups.listed import open_groups

if TYPE_CHECKING:
    from .models import HomePage

EVENTS, RECORDINGS, POSTS, PROJECTS = 3, 2, 5, 6


def of_home(home: HomePage, now: datetime.datetime, request: HttpRequest) -> dict:
    """Return the context of the front page."""
    return {
        "lists": card_lists.lists("home:lists", lambda: newest(now), request),
        "groups": group_tiles(),
        "places": places(),
        "partners": remembered("home:partners", partners),
        **ways_in(),
        **remembered_unless_preview(request, home, "home", lambda: parts(home)),
    }


def newest(now: datetime.datetime) -> dict[str, list[SitePage]]:
    """Return what comes next and what is new; recordings stand in where nothing is planned."""
    events = EventPage.objects.for_reader_now().taking_place()
    upcoming = whole(events.upcoming(now), EVENTS)
    return {
        "events": upcoming,
        "recordings": [] if upcoming else whole(events.past(now).recorded(), RECORDINGS),
        "posts": whole(BlogPage.objects.for_reader_now().newest(), POSTS),
        "projects": whole(ProjectPage.objects.for_reader_now().order_by("path"), PROJECTS),
    }


def group_tiles() -> dict[str, list[dict]]:
    """Return the groups by name alone; that one is being formed is said, that one is active not."""
    tiles: dict[str, list[dict]] = {"regional": [], "thematic": []}
    for group in open_groups():
        tiles[group.scope].append(
            {
                "url": group.url,
                "title": group.title,
                "slug": group.slug,
                "language": group.language,
                "status": group.status,
                "status_label": "" if group.status == "active" else group.status_words,
            }
        )
    return tiles


def parts(home: HomePage) -> dict:
    """Return what the editors of the front page put there: programmes and picks."""
    return {
        "programmes": [
            {"title": programme.title, "text": programme.text}
            for programme in home.programmes.all()
        ],
        "picks": picks(home),
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


def picks(home: HomePage) -> list[dict[str, str]]:
    """Return the picked pages as links, in the order of the editors, without what is not live."""
    picked = [pick.picked for pick in home.picks.select_related("picked__locale")]
    return [
        {
            "label": page.title,
            "url": page.get_url() or "",
            "language": page.language,
            "note": capfirst(str(dict(page.specific_class.kinds.choices).get(page.kind, ""))),
        }
        for page in picked
        if page.live and not is_private(page.path)
    ]


def partners() -> list[dict[str, str]]:
    """Return the organisations that carry or support a project, by name."""
    found = Organisation.objects.filter(projects__project__live=True).distinct().order_by("name")
    return [{"label": organisation.name, "url": organisation.url} for organisation in found]
