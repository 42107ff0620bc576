"""What a project’s page shows beside its text."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pages import card_lists
from pages.card_lists import whole
from pages.facts import Fact, stated
from pages.models import SitePage
from pages.remembered import remembered_unless_preview
from working_groups.listed import group_label

if TYPE_CHECKING:
    from .models import ProjectPage

NEWEST = 6


def of_project(project: ProjectPage, request: HttpRequest) -> dict:
    """Return the context of a project’s page."""
    name = f"project:{project.translation_key}"
    return {
        "lists": card_lists.lists(name, lambda: work(project), request),
        "facts": remembered_unless_preview(
            request, project, "project-facts", lambda: facts(project)
        ),
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


def facts(project: ProjectPage) -> list[Fact]:
    """Return who carries the project, which groups are close to it, and when it runs."""
    partners = list(project.partners.select_related("organisation"))
    parts = project.partners.model.Part
    address = project.contact_email
    labels = [label for label in (group_label(group.pk) for group in project.groups.all()) if label]
    return stated(
        Fact(_("Period"), period(project.starts_on, project.ends_on)),
        Fact(
            _("In partnership with"),
            entries=[_organisation(line) for line in partners if line.part == parts.PARTNER],
        ),
        Fact(
            _("Supported by"),
            entries=[_organisation(line) for line in partners if line.part == parts.SUPPORTER],
        ),
        Fact(
            _("Working groups"),
            entries=[
                {"value": label.label, "url": label.url, "language": label.language}
                for label in labels
            ],
        ),
        Fact(_("Contact"), address, f"mailto:{address}"),
    )


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
