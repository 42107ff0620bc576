"""The directory: members, the map, and each member’s page.

What it shows depends on who looks, and a member who hides is gone at the next request: no cache of
pages keeps any of it.
"""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.actions.messages import takes_messages
from members.directory import profiles
from members.directory.counts import counted, member_map
from members.directory.finding import directory
from members.directory.listing import listing
from members.directory.viewers import viewer_of
from members.models import Level
from pages.breadcrumbs import Crumb
from pages.metadata import About
from pages.pictures import PORTRAIT_SPECS, picture
from pages.places import home_crumb, join_url
from people.rules import initials

TABS = {
    "directory": gettext_lazy("Members"),
    "institutions": gettext_lazy("Institutions and partners"),
    "directory_map": gettext_lazy("Where members live"),
}


@require_safe
@never_cache
def members(request: HttpRequest) -> HttpResponse:
    """List the members whom the viewer may see, by name, narrowed by filters."""
    now = timezone.now()
    viewer = viewer_of(request.user, now.date())
    shown = listing(viewer, request.GET)
    context = _frame("directory") | {
        "listing": shown,
        "is_stranger": not viewer.is_member,
        "join_url": join_url(),
        "start_again": [{"label": _("Show all members"), "url": "?"}],
        "map": member_map(counted(now)) if shown.is_start else None,
        "about_this": About(
            _("Members"),
            _("Who works on local governance and where, as far as members show it."),
            in_search_engines=shown.is_start,
        ),
    }
    return render(request, "members/directory.html", context)


@require_safe
def on_the_map(request: HttpRequest) -> HttpResponse:
    """Show how many members live in each country, as a map and as a table."""
    shown = member_map(counted(timezone.now()))
    context = _frame("directory_map") | {
        "map": shown,
        "columns": [{"label": _("Country")}, {"label": _("Members"), "numeric": True}],
        "rows": shown.rows,
        "about_this": About(_("Where members live"), _("How many members each country has.")),
    }
    return render(request, "members/map.html", context)


@require_safe
@never_cache
def member(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show what the viewer may see of a member; 404 where that is nothing."""
    viewer = viewer_of(request.user, timezone.localdate())
    found = profiles.with_faces(directory(viewer)).select_related("person", "contact")
    shown = get_object_or_404(found, public_id=public_id)
    fields = profiles.visible_fields(viewer, shown)
    if not fields:
        raise Http404("No such member.")
    context = profile_context(fields) | {
        "is_me": shown.user_id == request.user.pk,
        "person": shown.person if shown.person and shown.person.is_public else None,
        "write_url": _way_to_write(request, shown),
        "breadcrumbs": [home_crumb(), Crumb(_("Members"), reverse("directory"), "")],
        # Metadata are remembered for all viewers alike: nothing in them but the name.
        "about_this": About(shown.name, kind="profile"),
    }
    response = render(request, "members/member.html", context)
    if shown.level != Level.PUBLIC:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def tabs(current: str) -> list[dict]:
    """Return the ways between the lists of the directory and its map."""
    return [
        {"label": label, "url": reverse(name), "current": name == current}
        for name, label in TABS.items()
    ]


def profile_context(fields: dict) -> dict:
    """Return what the page about a member needs of what is visible of them."""
    return {
        "fields": fields,
        "photo": picture(fields.get("photo"), PORTRAIT_SPECS, alt=""),
        "initials": initials(fields["name"]),
        "facts": profiles.facts(fields),
    }


def _way_to_write(request: HttpRequest, shown) -> str:
    """Return where a member writes to this one; empty for strangers and for oneself."""
    may = hasattr(request.user, "member") and shown.user_id != request.user.pk
    return (
        reverse("write_to_member", args=[shown.public_id]) if may and takes_messages(shown) else ""
    )


def _frame(current: str) -> dict:
    """Return what the list of members and the map share."""
    return {
        "tabs": tabs(current),
        "title": TABS[current],
        "breadcrumbs": [home_crumb()],
    }
