"""What a project’s page shows beside its text."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pages import card_lists
from pages.card_lists import whole
from pages.models import SitePage
from pages.remembered import remembered

if TYPE_CHECKING:
    from .models import ProjectPage

NEWEST = 6


def of_project(project: ProjectPage, request: HttpRequest) -> dict:
    """Return the context of a project’s page."""
    name = f"project:{project.translation_key}"
    lists = card_lists.lists(name, lambda: work(project), request)
    if getattr(request, "is_preview", False) or not project.pk:
        return {"lists": lists, "facts": facts(project)}
    return {
        "lists": lists,
        "facts": remembered(f"project:{project.pk}:facts", lambda: facts(project)),
    }


def work(project: ProjectPage) -> dict[str, list[SitePage]]:
    """Return the newest outputs, posts and events of the project, by type."""
    versions = type(project).objects.filter(translation_key=project.translation_key).values("pk")
    posts, outputs, events = (
        project._meta.get_field(name)
        .related_model.objects.for_reader_now()
        .filter(project__in=versions)
        .newest()
        for name in ("posts", "products", "events")
    )
    return {
        "post": whole(posts, NEWEST),
        "product": whole(outputs.current(), NEWEST),
        "event": whole(events, NEWEST),
    }


def facts(project: ProjectPage) -> list[dict]:
    """Return who carries the project, which groups are close to it, and when it runs."""
    partners = list(project.partners.select_related("organisation"))
    parts = project.partners.model.Part
    groups = project.groups.all()
    found = [
        {"label": _("Period"), "value": period(project.starts_on, project.ends_on)},
        {
            "label": _("In partnership with"),
            "entries": [_organisation(line) for line in partners if line.part == parts.PARTNER],
        },
        {
            "label": _("Supported by"),
            "entries": [_organisation(line) for line in partners if line.part == parts.SUPPORTER],
        },
        {
            "label": _("Working groups"),
            "entries": [
                {"value": group.title, "url": group.get_url() or "", "language": group.language}
                for group in groups
                if group.live
            ],
        },
    ]
    if address := project.contact_email:
        found.append({"label": _("Contact"), "value": address, "url": f"mailto:{address}"})
    return [fact for fact in found if fact.get("value") or fact.get("entries")]


def _organisation(line) -> dict[str, str]:
    return {"value": line.organisation.name, "url": line.organisation.url}


def period(starts_on: datetime.date | None, ends_on: datetime.date | None) -> str:
    """Return when a project runs, as far as it is known; empty when nothing is."""
    if starts_on and ends_on:
        return f"{date_format(starts_on, 'F Y')} – {date_format(ends_on, 'F Y')}"
    if starts_on:
        return _("Since %(month)s") % {"month": date_format(starts_on, "YEAR_MONTH_FORMAT")}
    if ends_on:
        return _("Until %(month)s") % {"month": date_format(ends_on, "YEAR_MONTH_FORMAT")}
    return ""
